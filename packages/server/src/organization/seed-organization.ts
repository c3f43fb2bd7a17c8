/**
 * The rows that every organisation starts with: the organisation, its currency, root unit and default team, the system
 * user, privileges and roles, base presences, languages and default queues. Values follow the behaviour reference
 * (sections 4.2, 4.5 and 9) and the Web API reference (section 11).
 */
import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import type { TableModel } from '../model/table-model.ts';
import { channelStateBatches } from './channel-states.ts';
import { insertRows, type Row, type RowBatch } from './insert-rows.ts';
import {
  baseCurrencyId,
  defaultTeamId,
  languageIds,
  omnichannelConfigurationId,
  presenceIds,
  queueIds,
  rootBusinessUnitId,
  systemUserId,
} from './organization-ids.ts';
import { roleDefinitions } from './role-definitions.ts';
import { privilegeRows, rolePrivilegeRows, roleRows } from './security-rows.ts';
import { lockSeeds, readSeedVersion, writeSeedVersion } from './seed-state.ts';

export type OrganizationIdentity = {
  readonly organizationId: string;
  readonly tenantId: string;
  /** Friendly name; also the name of the root business unit and of its default team. */
  readonly name: string;
  readonly uniqueName: string;
};

const seedName = 'organization';
/** Raise it when privilege or role rows are derived in another way from the same model and definitions. */
const seedRevision = 1;
const quarterlyFiscalPeriod = 2002;
/** Settings start in UTC and English (contract), not in the columns' own default zone. */
const utcTimeZoneCode = 92;

/** The organisation that this database holds, or undefined while it is empty. */
export async function findOrganization(client: ClientBase): Promise<OrganizationIdentity | undefined> {
  const result = await client.query<OrganizationIdentity>(
    `SELECT p.organizationid AS "organizationId", p.tenantid AS "tenantId", o.name, p.uniquename AS "uniqueName"
     FROM parley.organization p JOIN data.organization o USING (organizationid)`,
  );
  return result.rows[0];
}

/**
 * Puts the starting rows into the database; rows that are there stay as they are. Reads one row when nothing is new.
 * Runs in the caller's transaction.
 * @throws Error when the database holds another organisation
 */
export async function seedOrganization(
  client: ClientBase,
  model: TableModel,
  options: OrganizationIdentity,
): Promise<void> {
  const version = seedVersion(model, options);
  if ((await readSeedVersion(client, seedName)) === version) return;
  await lockSeeds(client);
  if ((await readSeedVersion(client, seedName)) === version) return;
  const held = await findOrganization(client);
  if (held !== undefined && held.organizationId !== options.organizationId) {
    throw new Error(`The database holds organization ${held.organizationId}, not ${options.organizationId}`);
  }
  await insertRows(client, model, options.organizationId, [
    ...organizationBatches(options),
    ...securityBatches(model),
    ...settingsBatches,
  ]);
  await client.query(
    'UPDATE data.organization SET basecurrencyid = $1 WHERE organizationid = $2 AND basecurrencyid IS NULL',
    [baseCurrencyId, options.organizationId],
  );
  await client.query(
    'INSERT INTO parley.organization (organizationid, tenantid, uniquename) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
    [options.organizationId, options.tenantId, options.uniqueName],
  );
  await writeSeedVersion(client, seedName, version);
}

/** Settings of a new user. */
export function userSettingsRow(userId: string): Row {
  return {
    systemuserid: userId,
    businessunitid: rootBusinessUnitId,
    timezonecode: utcTimeZoneCode,
    uilanguageid: 1033,
    localeid: 1033,
    paginglimit: 50,
  };
}

/** A queue under both of its tables, with one id. */
export function queueBatches(queue: {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly type: 'messaging' | 'entity';
  readonly isDefault: boolean;
  /** Smaller is served first. */
  readonly priority: number;
}): RowBatch[] {
  return [
    {
      table: 'queue',
      rows: [
        {
          queueid: queue.id,
          name: queue.name,
          description: queue.description,
          businessunitid: rootBusinessUnitId,
          msdyn_isomnichannelqueue: true,
          msdyn_isdefaultqueue: queue.isDefault,
          msdyn_queuetype: queue.type === 'messaging' ? 192350000 : 192350001,
          msdyn_assignmentstrategy: 192350000,
          msdyn_priority: queue.priority,
          queueviewtype: 0,
          queuetypecode: 1,
          emailrouteraccessapproval: 0,
          incomingemaildeliverymethod: 0,
          incomingemailfilteringmethod: 0,
          outgoingemaildeliverymethod: 0,
        },
      ],
    },
    {
      table: 'msdyn_omnichannelqueue',
      rows: [
        {
          msdyn_omnichannelqueueid: queue.id,
          msdyn_name: queue.name,
          msdyn_isdefaultqueue: queue.isDefault,
          msdyn_priority: queue.priority,
        },
      ],
    },
  ];
}

/** Covers everything that the rows are made from, without making them: privileges and roles are some thousand rows. */
function seedVersion(model: TableModel, options: OrganizationIdentity): string {
  const sources = [
    seedRevision,
    model.version,
    options,
    roleDefinitions,
    organizationBatches(options),
    settingsBatches,
  ];
  return createHash('sha256').update(JSON.stringify(sources)).digest('hex').slice(0, 16);
}

function organizationBatches(options: OrganizationIdentity): RowBatch[] {
  return [
    { table: 'organization', rows: [organizationRow(options)] },
    { table: 'transactioncurrency', rows: [currencyRow] },
    { table: 'businessunit', rows: [{ businessunitid: rootBusinessUnitId, name: options.name, isdisabled: false }] },
    { table: 'systemuser', rows: [systemUserRow] },
    { table: 'usersettings', rows: [userSettingsRow(systemUserId)] },
    { table: 'team', rows: [defaultTeamRow(options.name)] },
  ];
}

function securityBatches(model: TableModel): RowBatch[] {
  return [
    { table: 'privilege', rows: privilegeRows(model) },
    { table: 'role', rows: roleRows() },
    { table: 'roleprivileges', rows: rolePrivilegeRows(model) },
  ];
}

function organizationRow(options: OrganizationIdentity): Row {
  return {
    organizationid: options.organizationId,
    name: options.name,
    systemuserid: systemUserId,
    isdisabled: false,
    schemanameprefix: 'new',
    languagecode: 1033,
    localeid: 1033,
    weekstartdaycode: 0,
    dateformatstring: 'M/d/yyyy',
    timeformatstring: 'h:mm tt',
    numberformat: 'us',
    fullnameconventioncode: 1,
    pricingdecimalprecision: 2,
    basecurrencyprecision: 2,
    basecurrencysymbol: '$',
    // Bytes: 128 MiB, the largest attachment that a chat can be set to allow.
    maxuploadfilesize: 134_217_728,
    // Only the day and month count.
    fiscalcalendarstart: '2000-01-01',
    fiscalperiodtype: quarterlyFiscalPeriod,
  };
}

const currencyRow: Row = {
  transactioncurrencyid: baseCurrencyId,
  currencyname: 'US Dollar',
  isocurrencycode: 'USD',
  currencysymbol: '$',
  currencyprecision: 2,
  exchangerate: 1,
};

const systemUserRow: Row = {
  systemuserid: systemUserId,
  lastname: 'SYSTEM',
  domainname: 'SYSTEM',
  businessunitid: rootBusinessUnitId,
  // Support user, and disabled: it owns and creates, but nobody signs in as it.
  accessmode: 3,
  isdisabled: true,
  islicensed: false,
  isintegrationuser: false,
  issyncwithdirectory: false,
  setupuser: false,
  invitestatuscode: 0,
};

function defaultTeamRow(name: string): Row {
  return {
    teamid: defaultTeamId,
    name,
    description: 'Default team of the business unit: everybody who works in it.',
    businessunitid: rootBusinessUnitId,
    administratorid: systemUserId,
    isdefault: true,
    systemmanaged: true,
    teamtype: 0,
    membershiptype: 0,
  };
}

const presenceRows: readonly Row[] = [
  presenceRow(presenceIds.available, 'Available', 192360000, true),
  presenceRow(presenceIds.busy, 'Busy', 192360001, true),
  presenceRow(presenceIds.doNotDisturb, 'Do not disturb', 192360002, true),
  presenceRow(presenceIds.away, 'Appear away', 192360003, true),
  presenceRow(presenceIds.offline, 'Offline', 192360004, true),
  presenceRow(presenceIds.inactive, 'Inactive', 192360003, false),
];

function presenceRow(id: string, name: string, baseStatus: number, canUserSet: boolean): Row {
  return {
    msdyn_presenceid: id,
    msdyn_name: name,
    msdyn_presencestatustext: name,
    msdyn_basepresencestatus: baseStatus,
    msdyn_canuserset: canUserSet,
  };
}

const languageRows: readonly Row[] = [
  languageRow(languageIds.english, 'English - United States', 'en-US', 1033),
  languageRow(languageIds.german, 'German - Germany', 'de-DE', 1031),
  languageRow(languageIds.french, 'French - France', 'fr-FR', 1036),
  languageRow(languageIds.spanish, 'Spanish - Spain', 'es-ES', 3082),
  languageRow(languageIds.arabic, 'Arabic - Saudi Arabia', 'ar-SA', 1025),
  languageRow(languageIds.japanese, 'Japanese - Japan', 'ja-JP', 1041),
];

function languageRow(id: string, name: string, localeCode: string, localeId: number): Row {
  return {
    msdyn_oclanguageid: id,
    msdyn_languagename: name,
    msdyn_localecode: localeCode,
    msdyn_localeid: localeId,
  };
}

/** Number of declines: empty, which means three. Switches: as Dataverse has them when nobody touched them. */
const omnichannelConfigurationRow: Row = {
  msdyn_omnichannelconfigurationid: omnichannelConfigurationId,
  msdyn_name: 'Omnichannel configuration',
  msdyn_number_of_declines_allowed: null,
  msdyn_enable_missed_notifications: false,
  msdyn_enable_agent_reject_notifications: false,
  msdyn_inactive_presence_lookup: presenceIds.inactive,
  msdyn_dnd_presence_lookup: presenceIds.doNotDisturb,
  parley_autoawayafter: null,
  parley_devicesilence: null,
  parley_explanationretentiondays: 30,
  parley_conversationretentiondays: null,
};

const settingsBatches: readonly RowBatch[] = [
  { table: 'msdyn_presence', rows: presenceRows },
  { table: 'msdyn_omnichannelconfiguration', rows: [omnichannelConfigurationRow] },
  ...channelStateBatches(),
  { table: 'msdyn_oclanguage', rows: languageRows },
  ...queueBatches({
    id: queueIds.defaultMessaging,
    name: 'Default messaging queue',
    description: 'Takes every chat and message that no routing rule sends elsewhere.',
    type: 'messaging',
    isDefault: true,
    priority: 1,
  }),
  ...queueBatches({
    id: queueIds.defaultEntity,
    name: 'Default record queue',
    description: 'Takes every routed record that no routing rule sends elsewhere.',
    type: 'entity',
    isDefault: true,
    priority: 1,
  }),
];
