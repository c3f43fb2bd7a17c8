/** What CCaaS_GetPresence tells of an agent (behaviour reference, section 10.2). */
import {
  type Agent,
  channelCodes,
  type Guid,
  type Instant,
  type RoutingConfiguration,
  type WorkStream,
} from '@parley/engine';

export type PresenceDescription = {
  /** Browsers and other devices that the agent is signed in on. */
  readonly ActiveBrowserSessions: number;
  readonly AgentId: Guid;
  readonly AgentName: string;
  /** When they signed in: seconds since 1970; 0 while signed out. */
  readonly Timestamp: number;
  /** Channels of which they may be given conversations in their present presence, and those of which they may not. */
  readonly AllowedChannels: readonly string[];
  readonly DisabledChannels: readonly string[];
  /** Name of the presence, as people see it. */
  readonly CurrentPresenceStatusInfo: string;
  readonly PresenceId: Guid;
};

const channelNames: Readonly<Record<keyof typeof channelCodes, string>> = {
  teams: 'msteams',
  whatsApp: 'whatsapp',
  line: 'line',
  weChat: 'wechat',
  facebook: 'facebook',
  sms: 'sms',
  records: 'records',
  twitter: 'twitter',
  custom: 'custom',
  liveChat: 'lcw',
  voice: 'phonecall',
  voiceCall: 'phonecall',
};
const nameOfCode: ReadonlyMap<number, string> = new Map(
  // The table above has exactly these keys.
  Object.entries(channelCodes).map(([key, code]) => [code, channelNames[key as keyof typeof channelCodes]]),
);

export function describePresence(agent: Agent, configuration: RoutingConfiguration): PresenceDescription {
  const allowed = new Set<string>();
  const all = new Set<string>();
  for (const workStream of workStreamsOf(agent.id, configuration)) {
    const name = nameOfCode.get(workStream.channel) ?? String(workStream.channel);
    all.add(name);
    if (workStream.allowedPresences.includes(agent.basePresence)) allowed.add(name);
  }
  return {
    ActiveBrowserSessions: agent.devices.length,
    AgentId: agent.id,
    AgentName: configuration.agents.get(agent.id)?.name ?? '',
    Timestamp: Math.floor(signedInOn(agent) / 1000),
    AllowedChannels: [...allowed].sort(),
    DisabledChannels: [...all].filter((name) => !allowed.has(name)).sort(),
    CurrentPresenceStatusInfo: configuration.presences.definitions.get(agent.presenceId)?.text ?? '',
    PresenceId: agent.presenceId,
  };
}

/** Work streams whose conversations can come to a queue that the agent is in. */
function workStreamsOf(agentId: Guid, configuration: RoutingConfiguration): WorkStream[] {
  const isMember = (queueId: Guid): boolean => configuration.queues.get(queueId)?.agentIds.includes(agentId) ?? false;
  return [...configuration.workStreams.values()].filter(
    ({ fallbackQueueId, routes }) =>
      isMember(fallbackQueueId) || routes.some(({ queues }) => queues.some(({ queueId }) => isMember(queueId))),
  );
}

function signedInOn({ devices, isSignedIn, presenceSince }: Agent): Instant {
  if (!isSignedIn) return 0;
  return devices.length === 0 ? presenceSince : Math.min(...devices.map(({ since }) => since));
}
