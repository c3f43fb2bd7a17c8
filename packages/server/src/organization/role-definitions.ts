/**
 * What each built-in security role may do, as data. It restates the role table of the behaviour reference (section 9)
 * and the outside contract (agents Basic, supervisors Deep, administrators Global on conversations).
 * Depth: Basic = own, their teams' and shared rows; Local = their unit; Deep = unit and below; Global = all.
 */
import { type Depth, type PrivilegeKind, privilegeKinds, systemPrivileges } from '../security/privileges.ts';
import { roleIds } from './organization-ids.ts';

/** Kinds of right by depth, on each of the tables. Kinds that a table does not have are passed over. */
export type Grant = { readonly on: readonly string[] } & { readonly [D in Depth]?: readonly PrivilegeKind[] };

export type RoleDefinition = {
  readonly id: string;
  readonly name: string;
  /** Id of the template that Dataverse makes the role from, where clients look for it. */
  readonly templateId: string | null;
  /** `everything`: each privilege that exists, at its widest depth. */
  readonly grants: readonly Grant[] | 'everything';
  /** Privileges that belong to no table; always Global. */
  readonly systemPrivileges: readonly string[];
};

/** Stands for all activities (conversations of `msdyn_ocliveworkitem`, sessions, tasks): they share one set of privileges. */
const activities = 'activitypointer';
const conversations = ['msdyn_liveconversation', activities];

/** Rows that the server writes about a conversation; nobody edits them by hand. */
const conversationDetails = [
  'msdyn_chatquestionnaireresponse',
  'msdyn_chatquestionnaireresponseitem',
  'msdyn_conversationmessageblock',
  'msdyn_ocexternalcontext',
  'msdyn_ocliveworkitemcapacityprofile',
  'msdyn_ocliveworkitemcharacteristic',
  'msdyn_ocliveworkitemcontextitem',
  'msdyn_ocliveworkitemparticipant',
  'msdyn_ocliveworkitemsentiment',
  'msdyn_ocsessioncharacteristic',
  'msdyn_ocsessionparticipantevent',
  'msdyn_ocsessionsentiment',
  'msdyn_sessionevent',
  'msdyn_sessionparticipant',
  'msdyn_transcript',
];

const customers = ['account', 'contact', 'incident', 'socialprofile'];

/** Who works here, and in what money. */
const directory = ['businessunit', 'organization', 'role', 'systemuser', 'team', 'transactioncurrency'];
const memberships = [
  'privilege',
  'queuemembership',
  'roleprivileges',
  'systemuserroles',
  'teammembership',
  'teamroles',
];

const queues = ['msdyn_omnichannelqueue', 'queue'];
const quickReplies = ['msdyn_cannedmessage', 'msdyn_octag'];

/** Skills and capacity of people. */
const capacity = ['bookableresource', 'bookableresourcecharacteristic', 'msdyn_bookableresourcecapacityprofile'];

/** Set up by administrators, needed by everybody who handles conversations. Holds no secrets. */
const workSettings = [
  ...queues,
  ...quickReplies,
  'characteristic',
  'msdyn_capacityprofile',
  'msdyn_channelinstance',
  'msdyn_chatansweroption',
  'msdyn_conversationaction',
  'msdyn_livechatconfig',
  'msdyn_liveworkstream',
  'msdyn_liveworkstreamcapacityprofile',
  'msdyn_occhannelconfiguration',
  'msdyn_occhannelstateconfiguration',
  'msdyn_oclanguage',
  'msdyn_ocliveworkstreamcontextvariable',
  'msdyn_ocsystemmessage',
  'msdyn_omnichannelconfiguration',
  'msdyn_presence',
  'msdyn_questionsequence',
  'msdyn_surveyquestion',
  'ratingmodel',
  'ratingvalue',
];

/** Set up by administrators and seen by them only: routing rules, channel accounts (with their secrets). */
const administratorSettings = [
  'calendar',
  'calendarrule',
  'msdyn_assignmentconfiguration',
  'msdyn_assignmentconfigurationstep',
  'msdyn_authenticationsettings',
  'msdyn_decisioncontract',
  'msdyn_decisionruleset',
  'msdyn_livechatwidgetlocation',
  'msdyn_ocbotchannelregistration',
  'msdyn_occustommessagingchannel',
  'msdyn_ocfbapplication',
  'msdyn_ocfbpage',
  'msdyn_oclinechannelconfig',
  'msdyn_ocphonenumber',
  'msdyn_ocsmschannelsetting',
  'msdyn_octeamschannelconfig',
  'msdyn_octwitterapplication',
  'msdyn_octwitterhandle',
  'msdyn_ocwechatchannelconfig',
  'msdyn_ocwhatsappchannelaccount',
  'msdyn_ocwhatsappchannelnumber',
  'msdyn_operatinghour',
  'msdyn_overflowactionconfig',
  'msdyn_routingconfiguration',
  'msdyn_routingconfigurationstep',
];

/** What every person needs to work at all. */
const everybody: readonly Grant[] = [
  { on: directory, Global: ['Read', 'AppendTo'] },
  { on: memberships, Global: ['Read'] },
  { on: workSettings, Global: ['Read', 'AppendTo'] },
  { on: capacity, Global: ['Read'] },
  { on: ['msdyn_agentstatus'], Global: ['Read'] },
  { on: ['usersettings'], Basic: ['Read', 'Write'] },
];

const agent: readonly Grant[] = [
  ...everybody,
  // Accept, pick, consult and transfer their own. No Assign and no Delete: those are the supervisor's and the administrator's.
  { on: conversations, Basic: ['Create', 'Read', 'Write', 'Append', 'AppendTo', 'Share'] },
  { on: conversationDetails, Basic: ['Read', 'Append', 'AppendTo'] },
  { on: ['annotation'], Basic: ['Create', 'Read', 'Write', 'Delete', 'Append', 'AppendTo'] },
  // Any customer may get in touch, so all can be looked up and linked.
  { on: customers, Global: ['Read', 'AppendTo'], Local: ['Create', 'Write', 'Append'] },
  { on: ['incident'], Basic: ['Assign', 'Share'] },
  { on: ['queueitem'], Global: ['Read', 'Write'] },
  { on: ['msdyn_personalmessage'], Basic: ['Create', 'Read', 'Write', 'Delete', 'Append', 'AppendTo', 'Share'] },
];

const supervisor: readonly Grant[] = [
  ...everybody,
  { on: conversations, Deep: ['Create', 'Read', 'Write', 'Append', 'AppendTo', 'Assign', 'Share'] },
  { on: conversationDetails, Deep: ['Read', 'Append', 'AppendTo'] },
  { on: ['annotation'], Deep: ['Read', 'Append', 'AppendTo'], Basic: ['Create', 'Write', 'Delete'] },
  { on: customers, Global: ['Read', 'AppendTo'], Deep: ['Create', 'Write', 'Append', 'Assign', 'Share'] },
  { on: ['queueitem'], Global: ['Create', 'Read', 'Write', 'Delete', 'Append', 'AppendTo'] },
  { on: ['msdyn_personalmessage'], Basic: ['Create', 'Read', 'Write', 'Delete', 'Append', 'AppendTo', 'Share'] },
  // Set a person's presence, skills and capacity, and put people into queues.
  { on: ['msdyn_agentstatus'], Deep: ['Write', 'Append', 'AppendTo'] },
  { on: ['msdyn_agentstatushistory'], Deep: ['Read'] },
  { on: capacity, Deep: ['Create', 'Write', 'Delete', 'Append', 'AppendTo', 'Assign', 'Share'] },
  { on: ['queue', 'systemuser'], Global: ['Append'] },
  { on: ['queuemembership'], Global: ['Create', 'Delete'] },
  { on: quickReplies, Global: ['Create', 'Write', 'Delete', 'Append'] },
  { on: ['msdyn_operatinghour', 'parley_routingdecision'], Global: ['Read'] },
];

const omnichannelAdministrator: readonly Grant[] = [
  ...everybody,
  { on: [...workSettings, ...administratorSettings, ...capacity], Global: privilegeKinds },
  { on: ['systemuser'], Global: ['Append'] },
  { on: ['queuemembership'], Global: ['Create', 'Delete'] },
  // Reads and deletes conversations but takes no part in them: no Write, Assign or Share.
  { on: [...conversations, 'parley_routingdecision'], Global: ['Read', 'Delete'] },
  {
    on: [...conversationDetails, ...customers, 'annotation', 'queueitem', 'msdyn_agentstatushistory'],
    Global: ['Read'],
  },
];

export const roleDefinitions: readonly RoleDefinition[] = [
  {
    id: roleIds.systemAdministrator,
    name: 'System Administrator',
    templateId: '627090ff-40a3-4053-8790-584edc5be201',
    grants: 'everything',
    systemPrivileges,
  },
  {
    id: roleIds.omnichannelAdministrator,
    name: 'Omnichannel administrator',
    templateId: null,
    grants: omnichannelAdministrator,
    systemPrivileges: [],
  },
  {
    id: roleIds.omnichannelSupervisor,
    name: 'Omnichannel supervisor',
    templateId: null,
    grants: supervisor,
    systemPrivileges: [],
  },
  { id: roleIds.omnichannelAgent, name: 'Omnichannel agent', templateId: null, grants: agent, systemPrivileges: [] },
  {
    id: roleIds.delegate,
    name: 'Delegate',
    templateId: null,
    grants: [],
    systemPrivileges: ['prvActOnBehalfOfAnotherUser'],
  },
];
