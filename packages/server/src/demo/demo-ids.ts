/**
 * The demo organisation's fixed identifiers and its people, as `GET /demo/org.json` shows them (outside contract).
 * The shop, its people and its customers are invented.
 */
import { queueIds, roleIds, rootBusinessUnitId } from '../organization/organization-ids.ts';

/** What `seedOrganization` makes the demo organisation from. */
export const demoOrganization = {
  organizationId: '9c9af7d2-6cc5-48e7-a4a2-84e6e2e7647a',
  tenantId: '01fe2a11-6345-4748-913b-a8ec9c2f42ed',
  name: 'Larkspoke Cycles',
  uniqueName: 'larkspoke',
} as const;

/** Every demo person's password. The sign-in part stores it; no row of the seed holds it. */
export const demoPassword = 'parley-demo';

export const demoWidgetId = 'aebc7f34-c52e-4d4c-8065-b3f08197a5da';
/** The widget of the persistent chat, for signed-in customers. */
export const demoPersistentWidgetId = '0e764835-d47f-4f4c-be37-f6d2f865f046';

export type DemoPerson = {
  readonly systemUserId: string;
  readonly directoryObjectId: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly jobTitle: string;
  readonly role: { readonly id: string; readonly name: string };
  /** Agents and supervisors handle conversations and have skills, capacity and a presence. */
  readonly skills: readonly { readonly skill: DemoSkill; readonly rating: 1 | 2 | 3 }[] | undefined;
};

type DemoSkill = 'Bicycle fitting' | 'Workshop' | 'Returns' | 'Orders' | 'German' | 'Spanish' | 'French';

const administrator = { id: roleIds.systemAdministrator, name: 'System Administrator' };
const supervisor = { id: roleIds.omnichannelSupervisor, name: 'Omnichannel supervisor' };
const agent = { id: roleIds.omnichannelAgent, name: 'Omnichannel agent' };

export type DemoPersonName = 'admin' | 'supervisor' | 'agent1' | 'agent2' | 'agent3' | 'agent4';

export const demoPerson: Readonly<Record<DemoPersonName, DemoPerson>> = {
  admin: {
    systemUserId: '86dd49f3-6000-4787-a37f-c0c27cce71a3',
    directoryObjectId: '94500d79-e5b6-4627-9d90-94e33f58c838',
    firstName: 'Mara',
    lastName: 'Lindgard',
    email: 'admin@parley.demo',
    jobTitle: 'Systems administrator',
    role: administrator,
    skills: undefined,
  },
  supervisor: {
    systemUserId: '1e997864-12c2-4c53-9f03-38d5c96a58c7',
    directoryObjectId: 'ddfac1e1-4d3a-4bfd-ba8b-3033f2bdc3cd',
    firstName: 'Tomasz',
    lastName: 'Oyelaran',
    email: 'supervisor@parley.demo',
    jobTitle: 'Customer care lead',
    role: supervisor,
    skills: [
      { skill: 'Returns', rating: 3 },
      { skill: 'Orders', rating: 3 },
    ],
  },
  agent1: {
    systemUserId: '2b330c52-6844-4d36-8e05-03c78c9681dc',
    directoryObjectId: '21561e4f-4d22-4435-a20e-d70d5b0cd6c3',
    firstName: 'Ines',
    lastName: 'Carvalheira',
    email: 'agent1@parley.demo',
    jobTitle: 'Customer advisor',
    role: agent,
    skills: [
      { skill: 'Orders', rating: 3 },
      { skill: 'Spanish', rating: 3 },
    ],
  },
  agent2: {
    systemUserId: 'eb521f27-91a9-428a-a507-02b4a2030cdc',
    directoryObjectId: 'c5121588-8385-4438-9cb2-b90c83adb9ab',
    firstName: 'Jonas',
    lastName: 'Brandtner',
    email: 'agent2@parley.demo',
    jobTitle: 'Customer advisor',
    role: agent,
    skills: [
      { skill: 'Returns', rating: 2 },
      { skill: 'German', rating: 3 },
    ],
  },
  agent3: {
    systemUserId: '2181b03e-b7fd-4c20-b53f-c9cc2983e28e',
    directoryObjectId: '1a106bad-9d2c-4297-be2d-d29acf124a9c',
    firstName: 'Priya',
    lastName: 'Varmani',
    email: 'agent3@parley.demo',
    jobTitle: 'Customer advisor',
    role: agent,
    skills: [
      { skill: 'Bicycle fitting', rating: 3 },
      { skill: 'Orders', rating: 2 },
    ],
  },
  agent4: {
    systemUserId: 'df1d6324-e5e5-491b-9764-cdcf4ab30c06',
    directoryObjectId: '4b4d503c-d0f9-4427-bca5-4f97c786653b',
    firstName: 'Luc',
    lastName: 'Verani',
    email: 'agent4@parley.demo',
    jobTitle: 'Workshop technician',
    role: agent,
    skills: [
      { skill: 'Workshop', rating: 3 },
      { skill: 'French', rating: 3 },
    ],
  },
};

export const demoPeople: readonly DemoPerson[] = Object.values(demoPerson);

type DemoQueue = { readonly id: string; readonly name: string; readonly agents: readonly DemoPersonName[] };

/** Messaging queues. Routed records wait in the organisation's default record queue. */
export const demoQueues: Readonly<Record<'default' | 'workshop', DemoQueue>> = {
  default: { id: queueIds.defaultMessaging, name: 'Default messaging queue', agents: ['agent1', 'agent2', 'agent3'] },
  workshop: {
    id: '5a051bff-d7d5-43c5-a2d7-5397b82c2eb0',
    name: 'Workshop and warranty',
    agents: ['agent4'],
  },
};

export type DemoWorkStream = {
  readonly id: string;
  readonly name: string;
  /** `msdyn_streamsource`, also the conversation's channel. */
  readonly channel: number;
  readonly distribution: 'push' | 'pick';
  readonly mode: 'live' | 'persistent';
  /** Units that one conversation takes of an agent's 100. */
  readonly capacity: number;
};

export type DemoWorkStreamName =
  | 'liveChat'
  | 'persistentChat'
  | 'sms'
  | 'custom'
  | 'whatsApp'
  | 'facebook'
  | 'line'
  | 'weChat'
  | 'twitter'
  | 'teams'
  | 'voice'
  | 'records';

export const demoWorkStreams: Readonly<Record<DemoWorkStreamName, DemoWorkStream>> = {
  liveChat: stream('97b87187-347e-470b-92dd-431138080765', 'Live chat', 192360000, 'push', 'live', 25),
  persistentChat: stream(
    '246b5718-4432-4044-b2de-36372fb049b4',
    'Persistent chat',
    192360000,
    'push',
    'persistent',
    10,
  ),
  sms: stream('65ee2833-15ad-4d63-b2c3-728630e94f6d', 'SMS', 192340000, 'push', 'persistent', 10),
  custom: stream('560d2611-19d8-4c3d-8020-a4317818c560', 'Custom messaging', 192350002, 'pick', 'persistent', 5),
  whatsApp: stream('0f0ab804-6093-45d4-979d-135289fc0cbc', 'WhatsApp', 192300000, 'pick', 'persistent', 5),
  facebook: stream('9c0d2f8c-45d5-4d02-9981-79c17bed2dc0', 'Facebook', 192330000, 'pick', 'persistent', 5),
  line: stream('36b206db-aa59-4c84-b8dd-5cf1ad8fc89b', 'LINE', 192310000, 'pick', 'persistent', 5),
  weChat: stream('d54015f0-9765-4130-b3c9-9d74d56f50c4', 'WeChat', 192320000, 'pick', 'persistent', 5),
  twitter: stream('1bc08154-6840-49e3-9e81-4450432e2cf8', 'Twitter', 192350001, 'pick', 'persistent', 5),
  teams: stream('7c5f17ac-a4c2-4290-9bec-9adef4bef782', 'Microsoft Teams', 19241000, 'pick', 'persistent', 5),
  voice: stream('92e5f098-7718-400d-a09d-a5f37bc80c40', 'Voice', 192370000, 'push', 'live', 50),
  records: stream('6b0de148-5408-4a97-b5ce-45d628fd5de9', 'Cases', 192350000, 'pick', 'live', 10),
};

function stream(
  id: string,
  name: string,
  channel: number,
  distribution: 'push' | 'pick',
  mode: 'live' | 'persistent',
  capacity: number,
): DemoWorkStream {
  return { id, name, channel, distribution, mode, capacity };
}

/** What `GET /demo/org.json` answers. */
type DemoOrgDocument = {
  readonly tenantId: string;
  readonly organizationId: string;
  readonly businessUnitId: string;
  readonly widgetId: string;
  readonly workStreams: Readonly<Record<string, string>>;
  readonly queues: Readonly<Record<string, string>>;
  readonly users: readonly {
    readonly name: string;
    readonly email: string;
    readonly systemUserId: string;
    readonly roles: readonly string[];
  }[];
};

export function demoOrgDocument(): DemoOrgDocument {
  const idsByName = (things: readonly { readonly name: string; readonly id: string }[]) =>
    Object.fromEntries(things.map((thing) => [thing.name, thing.id]));
  return {
    tenantId: demoOrganization.tenantId,
    organizationId: demoOrganization.organizationId,
    businessUnitId: rootBusinessUnitId,
    widgetId: demoWidgetId,
    workStreams: idsByName(Object.values(demoWorkStreams)),
    queues: idsByName(Object.values(demoQueues)),
    users: demoPeople.map((person) => ({
      name: `${person.firstName} ${person.lastName}`,
      email: person.email,
      systemUserId: person.systemUserId,
      roles: [person.role.name],
    })),
  };
}
