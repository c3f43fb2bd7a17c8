/** What the tables of agent states show of an agent: msdyn_agentstatus, and msdyn_agentstatushistory for each stretch of one presence (behaviour reference, section 4.5). */
import type { AgentEventBody } from '@parley/protocol';
import type { Guid, Instant } from '../conversation/conversation.ts';
import { derivedId } from '../conversation/derived-id.ts';
import { type Cells, type RowChange, timeText } from '../conversation/row-change.ts';
import type { AgentChange } from '../decision.ts';
import type { AgentProfile } from './agent.ts';
import { availableOfProfile, availableUnits } from './capacity.ts';

export type AgentRowContext = {
  readonly now: Instant;
  readonly profile: AgentProfile;
  readonly businessUnitId: Guid;
  readonly systemUserId: Guid;
};

export type AgentRows = {
  /** Columns of the agent's row of msdyn_agentstatus, without its id; the stamps of capacity only when capacity changed. */
  readonly status: Cells;
  /** Null: presence and sign-in are as before. Else the open stretch of the agent ends at `endedOn` and a new one begins. */
  readonly history: { readonly endedOn: string; readonly insert: RowChange } | null;
};

const eventNames = {
  login: 192350003,
  reconnect: 192350004,
  logout: 192350005,
  setPresence: 192350006,
  missed: 192350007,
  rejected: 192350008,
  other: 192350009,
  resetMissed: 192350010,
  sessionAssigned: 192350012,
  sessionClosed: 192350013,
} as const;

const eventNameOfCause: Readonly<Record<string, number>> = {
  signIn: eventNames.login,
  signOut: eventNames.logout,
  disconnect: eventNames.logout,
  reconnect: eventNames.reconnect,
  agent: eventNames.setPresence,
  supervisor: eventNames.setPresence,
  missedOffer: eventNames.missed,
  rejectedOffer: eventNames.rejected,
  resetMissed: eventNames.resetMissed,
};

/** Whole rows from the state after the change; the shell finds the id of the status row, which may have been there before. */
export function agentRows(change: AgentChange, context: AgentRowContext): AgentRows {
  const { before, after, events } = change;
  const { now, profile, businessUnitId, systemUserId } = context;
  const fact = { state: after, profile };
  const isBlocked = Object.entries(profile.capacityProfiles).some(
    ([id, { isBlocking }]) => isBlocking && availableOfProfile(fact, id, now) < 1,
  );
  const owner = { ownerid: after.id, ownerid_table: 'systemuser', owningbusinessunit: businessUnitId };
  const stamps = { modifiedon: timeText(now), modifiedby: systemUserId };
  const capacityOn = events.some(({ type }) => type === 'CapacityChanged') ? now : null;
  const status: Cells = {
    msdyn_agentid: after.id,
    msdyn_name: profile.name.slice(0, 100),
    msdyn_currentpresenceid: after.presenceId,
    msdyn_availableunitscapacity: availableUnits(fact),
    msdyn_assignedconversationcount: after.conversationCount,
    msdyn_isagentloggedin: after.isSignedIn,
    msdyn_isblockedbysomeprofile: isBlocked,
    msdyn_eventname: eventName(change),
    msdyn_presencemodifiedon: timeText(after.presenceSince),
    msdyn_presencemodifiedonwithmilliseconds: new Date(after.presenceSince).toISOString(),
    msdyn_presencemodifiedbyuserid: after.presenceSetBy,
    ...(capacityOn === null ? {} : capacityStamps(capacityOn)),
    ...owner,
    ...stamps,
  };
  const isSame = before.presenceId === after.presenceId && before.isSignedIn === after.isSignedIn;
  if (isSame) return { status, history: null };
  const id = derivedId(after.id, 'agentStatusHistory', after.sequence, now);
  const values: Cells = {
    msdyn_agentstatushistoryid: id,
    msdyn_name: profile.name.slice(0, 100),
    msdyn_agentid: after.id,
    msdyn_presenceid: after.presenceId,
    msdyn_isagentloggedin: after.isSignedIn,
    msdyn_availablecapacity: availableUnits(fact),
    msdyn_starttime: timeText(now),
    msdyn_endtime: null,
    createdon: timeText(now),
    createdby: systemUserId,
    ...owner,
    ...stamps,
  };
  const insert: RowChange = { table: 'msdyn_agentstatushistory', operation: 'insert', id, values };
  return { status, history: { endedOn: timeText(now), insert } };
}

function capacityStamps(now: Instant): Cells {
  return {
    msdyn_capacitymodifiedon: timeText(now),
    msdyn_capacitymodifiedonwithmilliseconds: new Date(now).toISOString(),
  };
}

/** What changed the status: signing in or out before a presence, a presence before capacity. */
function eventName({ before, after, events }: AgentChange): number {
  if (events.some(({ type }) => type === 'AgentSignedIn')) return eventNames.login;
  if (events.some(({ type }) => type === 'AgentSignedOut')) return eventNames.logout;
  const presence = events.findLast((event) => event.type === 'PresenceChanged');
  const named = presence === undefined ? undefined : eventNameOfCause[causeOf(presence)];
  if (named !== undefined) return named;
  if (after.conversationCount > before.conversationCount) return eventNames.sessionAssigned;
  if (after.conversationCount < before.conversationCount) return eventNames.sessionClosed;
  return eventNames.other;
}

function causeOf(event: AgentEventBody): string {
  return event.type === 'PresenceChanged' ? event.cause : '';
}
