/** The steps that a made-up conversation takes one after the other, each moving its clock forward. */
import { stableGuid } from '../model/stable-guid.ts';
import { type ConversationStatus, closures, type DemoConversation, type DemoSession } from './demo-conversation.ts';
import { type DemoPersonName, demoQueues, demoWorkStreams } from './demo-ids.ts';
import type { Random } from './random.ts';

const notAvailable = 0;
/** From Very negative to Very positive, the middle ones more often. */
const sentiments = [7, 8, 8, 9, 9, 9, 10, 10, 10, 10, 10, 10, 11, 11, 11, 11, 12, 12, 12, 12, 13, 13];

/** What is known before the course of the conversation is made up. */
export type Start = Pick<
  DemoConversation,
  'id' | 'stream' | 'channels' | 'topic' | 'customer' | 'issue' | 'isOutbound'
> & {
  readonly queueId: string;
};

/** The course of a conversation while it is made up: a clock that only moves forward, and what happened. */
export type Course = {
  readonly start: Start;
  readonly random: Random;
  readonly createdOn: number;
  time: number;
  queueId: string;
  agent: DemoPersonName | null;
  transferCount: number;
  escalationCount: number;
  overflowCount: number;
  readonly sessions: DemoSession[];
};

const minute = 60;

export function begin(random: Random, start: Start, createdOn: number): Course {
  return {
    start,
    random,
    createdOn,
    time: createdOn,
    queueId: start.queueId,
    agent: null,
    transferCount: 0,
    escalationCount: 0,
    overflowCount: 0,
    sessions: [],
  };
}

function addSession(
  course: Course,
  session: Omit<DemoSession, 'id' | 'queueId' | 'createdOn' | 'closedOn' | 'closureReason'>,
): void {
  course.sessions.push({
    id: stableGuid(`demo:session:${course.start.id}:${course.sessions.length}`),
    queueId: course.queueId,
    createdOn: course.time,
    closedOn: null,
    closureReason: null,
    ...session,
  });
}

/** A session in the queue, without an agent. */
export function wait(course: Course): void {
  addSession(course, { agent: null, assignedOn: null, acceptedOn: null, assignReason: '' });
}

/** A session with the course's agent, offered and accepted after so many seconds. */
export function join(course: Course, assignReason: string, offeredAfter: number, acceptedAfter: number): void {
  const assignedOn = course.time + offeredAfter;
  addSession(course, { agent: course.agent, assignedOn, acceptedOn: assignedOn + acceptedAfter, assignReason });
  course.time = assignedOn + acceptedAfter;
}

export function closeSession(course: Course, closureReason: number): void {
  const last = course.sessions.pop();
  if (last !== undefined) course.sessions.push({ ...last, closedOn: course.time, closureReason });
}

/** An agent of the queue takes the conversation and talks for a while: the one whose turn it is, or any. */
export function converse(course: Course, turn?: number): void {
  const { random, start } = course;
  const agents = agentsOf(course.queueId);
  course.agent = turn === undefined ? random.pick(agents) : choose(agents, turn);
  const isPicked = demoWorkStreams[start.stream].distribution === 'pick';
  if (isPicked) join(course, 'AgentPick', random.between(20, 900), 0);
  else join(course, 'Push', random.between(2, 180), random.between(3, 40));
  course.time += random.between(90, 20 * minute);
}

export function decline(course: Course): void {
  const { random } = course;
  const isTimeout = random.chance(40);
  const assignedOn = course.time + random.between(2, 60);
  addSession(course, {
    agent: random.pick(agentsOf(course.queueId)),
    assignedOn,
    acceptedOn: null,
    assignReason: 'Push',
  });
  course.time = assignedOn + (isTimeout ? 120 : random.between(3, 60));
  closeSession(course, isTimeout ? closures.agentTimeout : closures.agentReject);
}

export function overflow(course: Course): void {
  wait(course);
  course.time += course.random.between(60, 300);
  closeSession(course, closures.overflowQueueTransfer);
  course.queueId = demoQueues.workshop.id;
  course.overflowCount++;
}

/** To a colleague, to the supervisor (an escalation), or to the other queue. */
export function transfer(course: Course): void {
  const { random } = course;
  const colleagues = agentsOf(course.queueId).filter((name) => name !== course.agent);
  const isToQueue = random.chance(35);
  closeSession(course, isToQueue ? closures.agentTransferToQueue : closures.agentTransferred);
  course.transferCount++;
  if (isToQueue) {
    course.queueId = course.queueId === demoQueues.default.id ? demoQueues.workshop.id : demoQueues.default.id;
    converse(course);
    return;
  }
  if (colleagues.length === 0 || random.chance(40)) {
    course.agent = 'supervisor';
    course.escalationCount++;
  } else course.agent = random.pick(colleagues);
  join(course, 'AgentTransfer', random.between(1, 20), random.between(3, 30));
  course.time += random.between(60, 12 * minute);
}

/** The agent closes the tab without ending the conversation. */
export function leaveWaiting(course: Course): void {
  closeSession(course, closures.agentClosed);
}

export function finish(
  course: Course,
  status: ConversationStatus,
  statusReason: number,
  wrapUpOn: number | null = null,
  statusUpdatedOn: number = course.sessions.length === 1 && status === 'Open' ? course.createdOn : course.time,
): DemoConversation {
  const { queueId: _, ...start } = course.start;
  const wasAccepted = course.sessions.some((session) => session.acceptedOn !== null);
  return {
    ...start,
    status,
    statusReason,
    sentiment: wasAccepted && start.stream !== 'records' ? course.random.pick(sentiments) : notAvailable,
    createdOn: course.createdOn,
    statusUpdatedOn,
    wrapUpOn,
    closedOn: status === 'Closed' ? course.time : null,
    transferCount: course.transferCount,
    escalationCount: course.escalationCount,
    overflowCount: course.overflowCount,
    sessions: course.sessions,
  };
}

/** Routed records are shared out among all agents. */
function agentsOf(queueId: string): readonly DemoPersonName[] {
  const queue = Object.values(demoQueues).find((one) => one.id === queueId);
  return queue?.agents ?? ['agent1', 'agent2', 'agent3', 'agent4'];
}

export function choose<T>(entries: readonly T[], index: number): T {
  const entry = entries[index % entries.length];
  if (entry === undefined) throw new Error(`No entry ${index}`);
  return entry;
}
