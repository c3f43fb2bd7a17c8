/** What a work stream and its channel say about the life of a conversation. Behaviour reference, sections 1.7, 1.8, 3 and 5.1. */
import type { ConversationKind, ConversationPolicy, RelaxationStep, WrapUpCapacity } from '@parley/engine';
import { reconnectSeconds } from './build-presences.ts';
import { type ConfigurationSource, readChoices, readFlag, readWhole, type SourceRow } from './configuration-source.ts';

export const policyColumns = [
  'msdyn_streamsource',
  'msdyn_conversationmode',
  'msdyn_workdistributionmode',
  'msdyn_screenpoptimeout_optionSet',
  'msdyn_notification',
  'msdyn_blockcapacityforwrapup',
  'msdyn_blockcapacityforwrapupinseconds',
  'msdyn_blockcapacityforconsult',
  'msdyn_autocloseafterinactivity',
  'msdyn_followupafterwaiting',
  'msdyn_handlingtimethreshold',
  'msdyn_enableagentaffinity',
  'msdyn_enableselectingfrompushbasedworkstreams',
  'msdyn_requiredispositioncodeforworkstreamconversations',
  'msdyn_useglobalsettingsforrequiringdispositioncode',
  'parley_autoaccept',
  'parley_mayreject',
] as const;

export type PolicyRow = SourceRow<(typeof policyColumns)[number]>;

const defaultOfferSeconds = 120;
const declinerLimit = 100;
/** A customer of a live channel who lost the connection has three minutes, unless the widget says otherwise. */
const defaultReturnSeconds = 180;
const rerouteSeconds = 300;
const pushMode = '192350000';
const openSessionDirectly = '100000000';
const chatConsult = 192350001;
const voiceConsult = 192350002;

/** In the numbering of `msdyn_liveconversation.statecode`. */
const stateNames = { open: '0', active: '1', waiting: '2', wrapUp: '4' } as const;

export type PolicyParts = {
  /** Minutes by channel, mode (empty: any) and state. */
  readonly closing: ReadonlyMap<string, number | null>;
  /** Seconds by work stream. */
  readonly customerReturn: ReadonlyMap<string, number>;
};

export async function readPolicyParts(source: ConfigurationSource): Promise<PolicyParts> {
  const states = await source.query(
    `SELECT c.msdyn_streamsource, s.parley_conversationmode, s.msdyn_ocliveworkitemstate, s.msdyn_autocloseliveworkitemafter
     FROM data.msdyn_occhannelstateconfiguration s
     JOIN data.msdyn_occhannelconfiguration c ON c.msdyn_occhannelconfigurationid = s.msdyn_occhannelconfigurationid
     WHERE s.statecode = 0 AND c.statecode = 0 ORDER BY s.msdyn_occhannelstateconfigurationid`,
  );
  const widgets = await source.table('msdyn_livechatconfig', [
    'msdyn_livechatconfigid',
    'msdyn_liveworkstreamid',
    'msdyn_enablechatreconnect',
    'msdyn_timetoreconnectwithpreviousagent',
  ]);
  const customerReturn = new Map<string, number>();
  for (const widget of widgets) {
    const minutes = readWhole(widget.msdyn_timetoreconnectwithpreviousagent) ?? 0;
    if (!readFlag(widget.msdyn_enablechatreconnect) || minutes === 0) continue;
    const id = widget.msdyn_liveworkstreamid ?? '';
    customerReturn.set(id, Math.max(customerReturn.get(id) ?? 0, minutes * 60));
  }
  return {
    closing: new Map(
      states.map(([channel, mode, state, minutes]) => [
        closingKey(channel ?? null, mode ?? null, state ?? null),
        readWhole(minutes ?? null),
      ]),
    ),
    customerReturn,
  };
}

function closingKey(channel: string | null, mode: string | null, state: string | null): string {
  return `${channel} ${mode ?? ''} ${state}`;
}

export type PolicyFacts = {
  readonly id: string;
  readonly kind: ConversationKind;
  readonly declineLimit: number;
  readonly relaxation: readonly RelaxationStep[];
};

export function buildPolicy(row: PolicyRow, facts: PolicyFacts, parts: PolicyParts): ConversationPolicy {
  const { kind } = facts;
  const isPush = row.msdyn_workdistributionmode === pushMode;
  const isAutoAccepted = readFlag(row.parley_autoaccept) || row.msdyn_notification === openSessionDirectly;
  const wrapUpCapacity = wrapUpOf(row);
  const followUp = positive(row.msdyn_followupafterwaiting);
  const handling = positive(row.msdyn_handlingtimethreshold);
  const consult = kind === 'voice' ? voiceConsult : chatConsult;
  const asksItself = row.msdyn_useglobalsettingsforrequiringdispositioncode === 'f';
  return {
    offerSeconds: positive(row.msdyn_screenpoptimeout_optionSet) ?? defaultOfferSeconds,
    isAutoAccepted,
    // Records cannot be rejected (section 5.1), and what opens by itself neither.
    mayReject: row.parley_mayreject !== 'f' && !isAutoAccepted && kind !== 'record',
    declineLimit: facts.declineLimit,
    declinerLimit,
    wrapUpCapacity,
    autoClose: closingOf(row, kind, wrapUpCapacity, parts.closing),
    ...(followUp === undefined ? {} : { followUpSeconds: followUp * 60 }),
    ...(handling === undefined ? {} : { handlingThresholdSeconds: handling * 60 }),
    customerReturnSeconds: parts.customerReturn.get(facts.id) ?? defaultReturnSeconds,
    agentReturnSeconds: reconnectSeconds,
    keepsAgent: isPush && readFlag(row.msdyn_enableagentaffinity),
    mayPickFromPush: readFlag(row.msdyn_enableselectingfrompushbasedworkstreams),
    isConsultCharged: readChoices(row.msdyn_blockcapacityforconsult).includes(consult),
    relaxAfterSeconds: facts.relaxation.map((step) => step.afterSeconds),
    rerouteSeconds,
    requiresDisposition: asksItself && readFlag(row.msdyn_requiredispositioncodeforworkstreamconversations),
  };
}

function positive(text: string | null): number | undefined {
  const number = readWhole(text);
  return number === null || number <= 0 ? undefined : number;
}

/** Nothing said: taken until the wrap-up ends. Nought: free at once. Seconds win over minutes. */
function wrapUpOf(row: PolicyRow): WrapUpCapacity {
  const minutes = readWhole(row.msdyn_blockcapacityforwrapup);
  const seconds = readWhole(row.msdyn_blockcapacityforwrapupinseconds) ?? (minutes === null ? null : minutes * 60);
  if (seconds === null) return { kind: 'block' };
  return seconds <= 0 ? { kind: 'free' } : { kind: 'timed', seconds };
}

function closingOf(
  row: PolicyRow,
  kind: ConversationKind,
  wrapUpCapacity: WrapUpCapacity,
  closing: PolicyParts['closing'],
): ConversationPolicy['autoClose'] {
  if (kind === 'record') return {};
  const secondsIn = (state: keyof typeof stateNames): number | undefined => {
    const channel = row.msdyn_streamsource;
    const own = closing.get(closingKey(channel, row.msdyn_conversationmode, stateNames[state]));
    const minutes = own === undefined ? closing.get(closingKey(channel, null, stateNames[state])) : own;
    return minutes === undefined || minutes === null ? undefined : minutes * 60;
  };
  const inactivity = positive(row.msdyn_autocloseafterinactivity);
  const waiting = kind !== 'persistent' ? undefined : inactivity === undefined ? secondsIn('waiting') : inactivity * 60;
  const [open, active, wrapUp] = [secondsIn('open'), secondsIn('active'), secondsIn('wrapUp')];
  // Capacity that stays taken for longer keeps the wrap-up open for as long (live chat, section 1.7).
  const held = kind === 'live' && wrapUpCapacity.kind === 'timed' ? wrapUpCapacity.seconds : 0;
  return {
    ...(open === undefined ? {} : { open }),
    ...(active === undefined ? {} : { active }),
    ...(waiting === undefined ? {} : { waiting }),
    ...(wrapUp === undefined ? {} : { wrapUp: Math.max(wrapUp, held) }),
  };
}
