/** What the router hands to the engine, and what it gets back. */
import type { Agent } from '../agent/agent.ts';
import type { Conversation, Guid, Instant } from '../conversation/conversation.ts';
import type { RoutingConfiguration, Subject } from './configuration.ts';
import type { Explanation } from './explanation.ts';

export type QueueWork = {
  readonly queueId: Guid;
  /** Waiting conversations of the queue, by priority (higher first), then queuedOn, then id. At most a block of them. */
  readonly waiting: readonly Conversation[];
};

export type AssignmentInput = {
  readonly now: Instant;
  readonly configuration: RoutingConfiguration;
  readonly queues: readonly QueueWork[];
  /** State of every member of those queues who is signed in; who is missing is offline. */
  readonly agents: ReadonlyMap<Guid, Agent>;
  /** Answers `agent.isWorking`; absent: everybody is. */
  readonly working?: ReadonlySet<Guid>;
  /** Facts of conversations for custom assignment, by id; absent: what the conversation itself knows (`describeSubject`). */
  readonly subjects?: ReadonlyMap<Guid, Subject>;
  /** Conversations whose waiting is to be explained where nobody can take them; absent: all. Assignments always are. */
  readonly explain?: ReadonlySet<Guid>;
};

export type Assignment = {
  readonly conversationId: Guid;
  readonly queueId: Guid;
  readonly agentId: Guid;
  readonly reason: 'routing' | 'affinity';
  readonly explanation: Explanation;
};

export type AssignmentResult = {
  /** In the order of decision. */
  readonly assignments: readonly Assignment[];
  /** Looked at, nobody found: for the explanation of why it waits. */
  readonly unassigned: readonly {
    readonly conversationId: Guid;
    readonly queueId: Guid;
    readonly explanation: Explanation;
  }[];
  /** Looked at, nobody found, and no explanation asked for, in the order of decision. */
  readonly unexplained: readonly Guid[];
};
