/** The rows that the acceptance cases share and do not change, and the people who call. */
import type { Api, TestServer } from '../../support/server.ts';
import { addPerson, addRole } from '../people.ts';

/** Variables of the wire cases: ids of the shared rows, `{api}` and the people. */
export async function prepareFixture(server: TestServer, api: Api): Promise<Map<string, string>> {
  const agents = server.org.users.filter((user) => user.email.startsWith('agent'));
  const contact = await api.create('contacts', { firstname: 'Ada', lastname: 'Okoye' });
  const account = await api.create('accounts', {
    name: 'Alder',
    'primarycontactid@odata.bind': `/contacts(${contact})`,
  });
  await api.update(`contacts(${contact})`, { 'parentcustomerid_account@odata.bind': `/accounts(${account})` });
  const conversation = await api.create('msdyn_liveconversations', {
    msdyn_subject: 'Shared conversation',
    msdyn_channel: '192360000',
    'msdyn_customer_msdyn_liveconversation_account@odata.bind': `/accounts(${account})`,
  });
  const team = await api.create('teams', { name: `Owners ${contact}`, teamtype: 0 });
  const reader = await addRole(api, 'Reader', {
    prvReadmsdyn_liveconversation: 'Basic',
    prvWritemsdyn_liveconversation: 'Basic',
    prvCreatemsdyn_liveconversation: 'Basic',
    prvAppendmsdyn_liveconversation: 'Basic',
    prvAssignmsdyn_liveconversation: 'Basic',
    prvReadAccount: 'Global',
  });
  const delegate = (await api.list("roles?$select=roleid&$filter=name eq 'Delegate'"))[0];
  const variables = new Map<string, string>([
    ['api', server.apiRoot],
    ['origin', server.origin],
    ['admin', String((await api.read('WhoAmI'))['UserId'])],
    ['root', server.org.businessUnitId],
    ['A', account],
    ['C', contact],
    ['L', conversation],
    ['T', team],
    ['nobodyRole', await addPerson(api, [])],
    ['reader', await addPerson(api, [reader])],
    ['otherReader', await addPerson(api, [reader])],
    ['delegateRole', String(delegate?.['roleid'])],
  ]);
  for (const [index, agent] of agents.entries()) variables.set(`agent${index + 1}`, agent.systemUserId);
  return variables;
}
