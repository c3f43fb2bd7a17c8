/** How the demo's contact centre is set up: people, skills, queues, work streams, channels, quick replies. */
import { stableGuid } from '../model/stable-guid.ts';
import type { Row, RowBatch } from '../organization/insert-rows.ts';
import { defaultTeamId, languageIds, presenceIds, rootBusinessUnitId } from '../organization/organization-ids.ts';
import { queueBatches, userSettingsRow } from '../organization/seed-organization.ts';
import {
  type DemoPerson,
  type DemoPersonName,
  type DemoWorkStream,
  demoPeople,
  demoPersistentWidgetId,
  demoPerson,
  demoQueues,
  demoWidgetId,
  demoWorkStreams,
} from './demo-ids.ts';
import { routingBatches } from './demo-routing.ts';

const utcTimeZoneCode = 92;
/** Unit capacity of an agent who has nothing to do. */
const fullCapacity = 100;

/** People, their roles, teams and queues; then everything they work with. In an order that satisfies the foreign keys. */
export function configurationBatches(): RowBatch[] {
  return [
    ...peopleBatches(),
    ...queueRows(),
    ...workStreamBatches(),
    ...skillBatches(),
    ...routingBatches(),
    quickReplies(),
  ];
}

/**
 * Presence and capacity of everybody who handles conversations: offline, with what their active ones leave them.
 * @param active units and number of active conversations of each person
 */
export function agentStatusBatch(active: ReadonlyMap<DemoPersonName, { units: number; count: number }>): RowBatch {
  const rows = conversationHandlers().map(([name, person]) => ({
    msdyn_agentstatusid: stableGuid(`demo:agentstatus:${person.email}`),
    msdyn_name: fullName(person),
    msdyn_agentid: person.systemUserId,
    msdyn_currentpresenceid: presenceIds.offline,
    msdyn_isagentloggedin: false,
    msdyn_isblockedbysomeprofile: false,
    msdyn_availableunitscapacity: fullCapacity - (active.get(name)?.units ?? 0),
    msdyn_assignedconversationcount: active.get(name)?.count ?? 0,
    ownerid: person.systemUserId,
    ownerid_table: 'systemuser',
  }));
  return { table: 'msdyn_agentstatus', rows };
}

function conversationHandlers(): (readonly [DemoPersonName, DemoPerson])[] {
  // Object.entries forgets that the keys are exactly the names.
  const entries = Object.entries(demoPerson) as [DemoPersonName, DemoPerson][];
  return entries.filter(([, person]) => person.skills !== undefined);
}

function fullName(person: DemoPerson): string {
  return `${person.firstName} ${person.lastName}`;
}

function peopleBatches(): RowBatch[] {
  return [
    { table: 'systemuser', rows: demoPeople.map(personRow) },
    { table: 'usersettings', rows: demoPeople.map((person) => userSettingsRow(person.systemUserId)) },
    {
      table: 'systemuserroles',
      rows: demoPeople.map((person) => ({
        systemuserroleid: stableGuid(`demo:userrole:${person.email}`),
        systemuserid: person.systemUserId,
        roleid: person.role.id,
      })),
    },
    {
      table: 'teammembership',
      rows: demoPeople.map((person) => ({
        teammembershipid: stableGuid(`demo:teammember:${person.email}`),
        systemuserid: person.systemUserId,
        teamid: defaultTeamId,
      })),
    },
  ];
}

function personRow(person: DemoPerson): Row {
  return {
    systemuserid: person.systemUserId,
    azureactivedirectoryobjectid: person.directoryObjectId,
    firstname: person.firstName,
    lastname: person.lastName,
    domainname: person.email,
    internalemailaddress: person.email,
    jobtitle: person.jobTitle,
    businessunitid: rootBusinessUnitId,
    parentsystemuserid: person.role.id === demoPerson.agent1.role.id ? demoPerson.supervisor.systemUserId : null,
    accessmode: 0,
    caltype: 10,
    userlicensetype: 0,
    isdisabled: false,
    islicensed: true,
    isintegrationuser: false,
    issyncwithdirectory: false,
    setupuser: false,
    invitestatuscode: 4,
  };
}

function queueRows(): RowBatch[] {
  const workshop = queueBatches({
    ...demoQueues.workshop,
    description: 'Repairs, spare parts and warranty questions.',
    type: 'messaging',
    isDefault: false,
    priority: 2,
  });
  const members = Object.values(demoQueues).flatMap((queue) => queue.agents.map((name) => ({ queue, name })));
  return [
    ...workshop,
    {
      table: 'queuemembership',
      rows: members.map(({ queue, name }) => ({
        queuemembershipid: stableGuid(`demo:queuemember:${queue.id}:${name}`),
        queueid: queue.id,
        systemuserid: demoPerson[name].systemUserId,
      })),
    },
  ];
}

function workStreamBatches(): RowBatch[] {
  const { liveChat, persistentChat, sms, custom } = demoWorkStreams;
  const phoneNumberId = stableGuid('demo:phonenumber');
  const registrationId = stableGuid('demo:botchannelregistration');
  return [
    { table: 'msdyn_liveworkstream', rows: Object.values(demoWorkStreams).map(workStreamRow) },
    {
      table: 'msdyn_livechatconfig',
      rows: [
        widgetRow(demoWidgetId, 'Web shop', liveChat),
        widgetRow(demoPersistentWidgetId, 'Customer account', persistentChat),
      ],
    },
    {
      table: 'msdyn_ocliveworkstreamcontextvariable',
      rows: [
        contextVariable(liveChat, 'OrderNumber', 'Order number'),
        contextVariable(liveChat, 'PageTitle', 'Page'),
        contextVariable(liveChat, 'Topic', 'Topic'),
        contextVariable(liveChat, 'Language', 'Language'),
      ],
    },
    {
      table: 'msdyn_ocphonenumber',
      rows: [
        {
          msdyn_ocphonenumberid: phoneNumberId,
          msdyn_name: 'Larkspoke text messages',
          msdyn_phonenumber: '+15550100',
          msdyn_formattedphonenumber: '+1 555 0100',
          msdyn_countryisocode: 'US',
          msdyn_smsinboundenabled: true,
          msdyn_smsoutboundenabled: true,
          msdyn_type: 192350000,
        },
      ],
    },
    {
      table: 'msdyn_ocsmschannelsetting',
      rows: [
        {
          msdyn_ocsmschannelsettingid: stableGuid('demo:smschannelsetting'),
          msdyn_name: 'Larkspoke text messages',
          msdyn_liveworkstreamid: sms.id,
          msdyn_phonenumberid: phoneNumberId,
          msdyn_language: languageIds.english,
        },
      ],
    },
    {
      table: 'msdyn_ocbotchannelregistration',
      rows: [
        {
          msdyn_ocbotchannelregistrationid: registrationId,
          msdyn_name: 'Partner portal',
          msdyn_msappid: stableGuid('demo:botchannelregistration:app'),
        },
      ],
    },
    {
      table: 'msdyn_occustommessagingchannel',
      rows: [
        {
          msdyn_occustommessagingchannelid: stableGuid('demo:custommessagingchannel'),
          msdyn_name: 'Partner portal',
          msdyn_liveworkstreamid: custom.id,
          msdyn_custombotchannelregistration: registrationId,
          msdyn_occustomchannelid: 192350000,
          msdyn_ocwidgetlanguage: languageIds.english,
        },
      ],
    },
  ];
}

/** Defaults of the behaviour reference, section 3, for what a stream does not say itself. */
function workStreamRow(stream: DemoWorkStream): Row {
  const isPersistent = stream.mode === 'persistent';
  return {
    msdyn_liveworkstreamid: stream.id,
    msdyn_name: stream.name,
    msdyn_streamsource: stream.channel,
    msdyn_direction: 0,
    msdyn_mode: 717210001,
    msdyn_workdistributionmode: stream.distribution === 'push' ? 192350000 : 192350001,
    msdyn_allowedpresences: [192360000, 192360001],
    msdyn_capacityformat: 192350000,
    msdyn_capacityrequired: stream.capacity,
    msdyn_matchinglogic: 192350001,
    // Affinity works for pushed work only.
    msdyn_conversationmode: isPersistent ? 192350001 : 192350000,
    msdyn_enableagentaffinity: isPersistent && stream.distribution === 'push',
    // Minutes: 28 days. Live channels never wait, so that it does not matter to them.
    msdyn_autocloseafterinactivity: 40_320,
    // Nothing set means that capacity stays taken until the wrap-up ends; zero frees it at once.
    msdyn_blockcapacityforwrapup: isPersistent ? 0 : null,
    msdyn_defaultqueue: stream === demoWorkStreams.records ? null : demoQueues.default.id,
    msdyn_screenpoptimeout_optionSet: 120,
    msdyn_fallbacklanguage: 'en-US',
    msdyn_isdefault: false,
  };
}

/** A wheel, as an address that needs no server. */
const avatar =
  'data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 viewBox=%220 0 32 32%22 fill=%22none%22 stroke=%22teal%22 ' +
  'stroke-width=%223%22%3E%3Ccircle cx=%2216%22 cy=%2216%22 r=%2213%22/%3E%3Cpath d=%22M16 3v26M3 16h26%22/%3E%3C/svg%3E';

function widgetRow(id: string, name: string, stream: DemoWorkStream): Row {
  return {
    msdyn_livechatconfigid: id,
    msdyn_widgetappid: id,
    msdyn_name: name,
    msdyn_liveworkstreamid: stream.id,
    msdyn_ocwidgetlanguage: languageIds.english,
    msdyn_language: 192360014,
    msdyn_avatarurl: avatar,
    msdyn_widgettitle: 'Larkspoke Cycles',
    msdyn_widgetsubtitle: 'We usually answer within two minutes',
    msdyn_widgetthemecolor: 192360017,
    msdyn_widgetposition: 192236010,
    msdyn_offlinewidgettitle: 'We are closed at the moment',
    msdyn_offlinewidgetsubtitle: 'Leave a message and we come back to you',
    msdyn_offlinewidgetthemecolor: 192350003,
    msdyn_showwidgetduringofflinehours: true,
    msdyn_callingoptions: 192350000,
    msdyn_agentdisplayname: 192350001,
    msdyn_showagentname: true,
    msdyn_positioninqueue_enabled: stream.mode === 'live',
    msdyn_averagewaittime_enabled: stream.mode === 'live',
    msdyn_enablechatreconnect: stream.mode === 'live',
    // Minutes.
    msdyn_timetoreconnectwithpreviousagent: stream.mode === 'live' ? 3 : null,
    msdyn_enablechattranscriptdownload: true,
    msdyn_enablechattranscriptemail: true,
    msdyn_enablefileattachmentsforagents: true,
    msdyn_enablefileattachmentsforcustomers: true,
    msdyn_autodetectlanguage: false,
  };
}

function contextVariable(stream: DemoWorkStream, name: string, displayName: string): Row {
  return {
    msdyn_ocliveworkstreamcontextvariableid: stableGuid(`demo:contextvariable:${stream.id}:${name}`),
    msdyn_liveworkstreamid: stream.id,
    msdyn_name: name,
    msdyn_displayname: displayName,
    msdyn_datatype: 192350000,
  };
}

const ratingNames = ['Learning', 'Confident', 'Expert'];

function skillBatches(): RowBatch[] {
  const ratingModelId = stableGuid('demo:ratingmodel');
  const people = conversationHandlers().map(([, person]) => person);
  const skills = new Set(people.flatMap((person) => (person.skills ?? []).map(({ skill }) => skill)));
  const ratings = people.flatMap((person) => (person.skills ?? []).map((entry) => ({ person, ...entry })));
  return [
    {
      table: 'ratingmodel',
      rows: [{ ratingmodelid: ratingModelId, name: 'Proficiency', minratingvalue: 1, maxratingvalue: 3 }],
    },
    {
      table: 'ratingvalue',
      rows: ratingNames.map((name, index) => ({
        ratingvalueid: ratingValueId(index + 1),
        ratingmodel: ratingModelId,
        name,
        value: index + 1,
      })),
    },
    {
      table: 'characteristic',
      rows: [...skills].map((skill) => ({ characteristicid: skillId(skill), name: skill, characteristictype: 1 })),
    },
    {
      table: 'bookableresource',
      rows: people.map((person) => ({
        bookableresourceid: resourceId(person),
        name: fullName(person),
        resourcetype: 3,
        userid: person.systemUserId,
        timezone: utcTimeZoneCode,
      })),
    },
    {
      table: 'bookableresourcecharacteristic',
      rows: ratings.map(({ person, skill, rating }) => ({
        bookableresourcecharacteristicid: stableGuid(`demo:resourceskill:${person.email}:${skill}`),
        name: `${fullName(person)}: ${skill}`,
        resource: resourceId(person),
        characteristic: skillId(skill),
        ratingvalue: ratingValueId(rating),
      })),
    },
  ];
}

function resourceId(person: DemoPerson): string {
  return stableGuid(`demo:resource:${person.email}`);
}

function skillId(skill: string): string {
  return stableGuid(`demo:skill:${skill}`);
}

function ratingValueId(value: number): string {
  return stableGuid(`demo:ratingvalue:${value}`);
}

/** title, language, tags, text */
const quickReplyFacts: readonly (readonly [string, number, string, string])[] = [
  [
    'Greeting',
    1033,
    'hello',
    'Hello {FirstName{Customer}}, this is {FirstName{Agent}} from Larkspoke. What can I do for you?',
  ],
  [
    'Order number',
    1033,
    'order',
    'Could you tell me your order number? It starts with LC and is in the confirmation e-mail.',
  ],
  ['One moment', 1033, 'hello', 'Give me a moment, I am looking that up.'],
  [
    'Return label',
    1033,
    'return',
    'I have sent a return label to your e-mail address. You can hand the box in at any parcel shop.',
  ],
  [
    'Workshop times',
    1033,
    'workshop',
    'A repair takes about five working days at the moment. Shall I book a place for you?',
  ],
  ['Goodbye', 1033, 'bye', 'Thank you for writing to us, {FirstName{Customer}}. Have a safe ride!'],
  [
    'Begrüßung',
    1031,
    'hello',
    'Guten Tag {FullName{Customer}}, hier ist {FirstName{Agent}} von Larkspoke. Wie kann ich helfen?',
  ],
  ['Saludo', 3082, 'hello', 'Hola {FirstName{Customer}}, soy {FirstName{Agent}} de Larkspoke. ¿En qué puedo ayudarte?'],
  [
    'Bienvenue',
    1036,
    'hello',
    'Bonjour {FullName{Customer}}, ici {FirstName{Agent}} de Larkspoke. Que puis-je faire pour vous ?',
  ],
];

function quickReplies(): RowBatch {
  const rows = quickReplyFacts.map(([title, locale, tags, message]) => ({
    msdyn_cannedmessageid: stableGuid(`demo:quickreply:${title}`),
    msdyn_title: title,
    msdyn_locale_field: locale,
    msdyn_tagscontrolfield: tags,
    msdyn_message: message,
  }));
  return { table: 'msdyn_cannedmessage', rows };
}
