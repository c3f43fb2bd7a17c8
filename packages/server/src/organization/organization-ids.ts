/** Identifiers of the rows that every organisation starts with. The same in every database, and never changed. */

/** Owner of everything that the system itself creates; nobody can sign in as it. */
export const systemUserId = 'e3e43411-c7ec-4cf3-82c2-31189ac4c272';
export const rootBusinessUnitId = 'f1893272-d451-4d23-b652-ff1b1c94d5b3';
/** Default team of the root business unit: every user of the unit belongs to it. */
export const defaultTeamId = '1345289a-81ad-41be-b8b8-2d7552745fc0';
export const baseCurrencyId = 'c20a9935-ccc6-4074-a68e-e474473109be';

export const roleIds = {
  systemAdministrator: '17bce49d-b528-4595-a261-50a880ebcf58',
  omnichannelAdministrator: '7b5607fe-8a15-422c-8c86-1357f4dc9f58',
  omnichannelSupervisor: '9d66c556-d694-48db-9c2e-7bc4b0cd81e9',
  omnichannelAgent: '819e08be-c735-4b6e-aa86-82fea1799e2c',
  delegate: '4ad2f577-92ed-44dd-afcc-09f55b099676',
} as const;

/** A queue has one id under both of its tables, `queue` and `msdyn_omnichannelqueue`. */
export const queueIds = {
  defaultMessaging: '7360dabe-ed5b-42f8-b24b-3783c275a1b6',
  defaultEntity: '6953b9a1-d11a-484e-b48d-354a4795b6c8',
} as const;

/** Out-of-box presences: the ids that Dataverse documents (behaviour reference, section 4.5). */
export const presenceIds = {
  available: 'f523f628-c07a-e811-8162-000d3aa11f50',
  busy: 'efdeb843-c07a-e811-8162-000d3aa11f50',
  doNotDisturb: '08971864-c07a-e811-8162-000d3aa11f50',
  away: '3dacae76-c07a-e811-8162-000d3aa11f50',
  offline: '70139190-c07a-e811-8162-000d3aa11f50',
  /** Set by the system only, after a missed offer. Dataverse documents no id for it: this one is Parley's. */
  inactive: 'c6a29c5a-5a1f-4f3e-9d2b-7b1f0e6c4d38',
} as const;

/** The one row of `msdyn_omnichannelconfiguration`: the id that Dataverse documents. */
export const omnichannelConfigurationId = 'd4d91600-6f21-467b-81fe-6757a2791fa1';

export const languageIds = {
  english: 'cb313634-290e-425d-a983-235fc0886ca1',
  german: '2b37e6e6-86a5-4312-bff4-ad03cb5ff693',
  spanish: 'a5b7e93a-8727-4640-b08e-171f887ac4cf',
  french: '298f4df0-681c-40ea-8bc3-663f9ed77818',
  arabic: '3ca3919f-ce31-415a-824f-cb679ade9e74',
  japanese: '2b408af5-ae33-42e4-a1f5-373077fd3510',
} as const;
