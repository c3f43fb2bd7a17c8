/**
 * The demo organisation's past conversations, made up by a seeded generator: the same on every machine but for the day
 * that they end on. States, reasons and times follow the life cycle of the behaviour reference (sections 1 and 2).
 * Pure: no clock, no database.
 */
import { stableGuid } from '../model/stable-guid.ts';
import { queueIds } from '../organization/organization-ids.ts';
import {
  begin,
  type Course,
  choose,
  closeSession,
  converse,
  decline,
  finish,
  join,
  leaveWaiting,
  overflow,
  type Start,
  transfer,
  wait,
} from './conversation-course.ts';
import { type ConversationStatus, closures, type DemoConversation, statusReasons } from './demo-conversation.ts';
import { type DemoCustomer, demoCustomers } from './demo-customers.ts';
import { type DemoWorkStreamName, demoQueues, demoWorkStreams } from './demo-ids.ts';
import { demoTopics, topicGroupOfStream } from './demo-topics.ts';
import { createRandom, type Random } from './random.ts';

const day = 86_400;
const minute = 60;
const hour = 3600;

const pickStreams = ['custom', 'whatsApp', 'facebook', 'line', 'weChat', 'twitter', 'teams', 'records'] as const;
const messagingStreams = [
  'sms',
  'persistentChat',
  'custom',
  'whatsApp',
  'facebook',
  'line',
  'weChat',
  'twitter',
] as const;
const frequentStreams = [
  'liveChat',
  'liveChat',
  'liveChat',
  'liveChat',
  'persistentChat',
  'sms',
  'sms',
  'custom',
] as const;
const allStreams: readonly DemoWorkStreamName[] = [
  ...frequentStreams,
  ...frequentStreams,
  ...pickStreams,
  'voice',
  'voice',
];
/** Joined by a live chat that turns into a call: voice, video, co-browse, screen sharing. */
const addedChannels = [192370000, 192380000, 192390000, 192400000];

/** How many conversations end up in each status. Few hold an agent's capacity, so that the demo's agents are free. */
const counts: Readonly<Record<ConversationStatus, number>> = {
  Open: 14,
  Active: 14,
  Waiting: 20,
  Closed: 184,
  'Wrap-up': 8,
};

/** @param baseDate the past ends before this moment */
export function generateHistory(baseDate: Date): readonly DemoConversation[] {
  const random = createRandom(20_251);
  const base = Math.floor(baseDate.getTime() / 1000);
  let number = 0;
  const times = (
    count: number,
    make: (index: number, start: (stream: DemoWorkStreamName) => Start) => DemoConversation,
  ) => Array.from({ length: count }, (_, index) => make(index, (stream) => chooseStart(random, stream, number++)));
  return [
    ...times(counts.Closed, (index, start) => closedConversation(random, base, index, start)),
    ...times(counts.Waiting, (index, start) =>
      waitingConversation(random, base, index, start(choose(messagingStreams, index))),
    ),
    ...times(counts['Wrap-up'], (index, start) => wrapUpConversation(random, base, index, start)),
    ...times(counts.Active, (index, start) => activeConversation(random, base, index, start)),
    ...times(counts.Open, (index, start) => openConversation(random, base, index, start(choose(pickStreams, index)))),
  ];
}

function chooseStart(random: Random, stream: DemoWorkStreamName, number: number): Start {
  const channel = demoWorkStreams[stream].channel;
  const id = stableGuid(`demo:conversation:${number}`);
  const added = stream === 'liveChat' && number % 9 === 0 ? [choose(addedChannels, number / 9)] : [];
  const channels = [channel, ...added];
  if (stream === 'records') {
    const issue = random.pick(demoCustomers.cases);
    const topic = issue.title;
    return {
      id,
      stream,
      channels,
      topic,
      customer: issue.contact,
      issue,
      isOutbound: false,
      queueId: queueIds.defaultEntity,
    };
  }
  const isWorkshop = random.chance(30) && topicGroupOfStream[stream] === undefined;
  const group = topicGroupOfStream[stream] ?? (isWorkshop ? 'workshop' : 'shop');
  const customer = chooseCustomer(random, stream);
  const issue = demoCustomers.cases.find((one) => one.contact.id === customer?.id) ?? null;
  return {
    id,
    stream,
    channels,
    topic: random.pick(demoTopics[group]),
    customer,
    issue,
    isOutbound: stream === 'sms' && random.chance(15),
    queueId: isWorkshop ? demoQueues.workshop.id : demoQueues.default.id,
  };
}

/** Who is signed in is known; of the others some stay nameless. */
function chooseCustomer(random: Random, stream: DemoWorkStreamName): DemoCustomer | null {
  const share = random.between(1, 100);
  if (stream === 'custom' || (share <= 8 && stream !== 'persistentChat')) return random.pick(demoCustomers.accounts);
  if (share <= 18 && stream !== 'persistentChat' && stream !== 'teams') return null;
  return random.pick(demoCustomers.contacts);
}

type ClosedKind = 'handled' | 'waitedTooLong' | 'leftQueue' | 'systemClosed' | 'overflow' | 'forced' | 'bot';

/** Of every 20 closed conversations, fourteen were simply handled. */
const closedKinds: Readonly<Record<number, ClosedKind>> = {
  1: 'waitedTooLong',
  4: 'leftQueue',
  9: 'systemClosed',
  12: 'overflow',
  15: 'forced',
  18: 'bot',
};

function closedConversation(
  random: Random,
  base: number,
  index: number,
  chooseFor: (stream: DemoWorkStreamName) => Start,
): DemoConversation {
  const usualKind = closedKinds[index % 20] ?? 'handled';
  const stream = usualKind === 'waitedTooLong' ? random.pick(messagingStreams) : choose(allStreams, index);
  const kind = possibleKind(usualKind, stream);
  const start = chooseFor(stream);
  const isSlow = kind === 'waitedTooLong' || (kind === 'systemClosed' && stream !== 'liveChat');
  const daysAgo = isSlow ? random.between(40, 120) : random.between(1, 90);
  const course = begin(random, start, base - daysAgo * day + random.between(7 * hour, 19 * hour));
  if (kind === 'handled') return handle(course);
  if (kind === 'waitedTooLong') {
    converse(course);
    leaveWaiting(course);
    course.time += 28 * day + random.between(0, 5 * minute);
    return finish(course, 'Closed', statusReasons.autoClosedFromWaiting);
  }
  if (kind === 'forced') {
    converse(course);
    closeSession(course, closures.forceClose);
    return finish(course, 'Closed', statusReasons.forceClosed);
  }
  wait(course);
  if (kind === 'leftQueue')
    return endInQueue(course, [20, 400], closures.customerDisconnect, statusReasons.customerLeftOpen);
  if (kind === 'overflow')
    return endInQueue(course, [1, 2], closures.overflowEndConversation, statusReasons.closedDueToOverflow);
  if (kind === 'bot') return endInQueue(course, [60, 600], closures.botEndConversation, statusReasons.endedByBot);
  const limit: readonly [number, number] = isSlow ? [30 * day, 30 * day + 300] : [20 * minute, 25 * minute];
  return endInQueue(course, limit, closures.autoClose, statusReasons.autoClosedBySystem);
}

/** Records wait for ever, and nobody stays on the telephone until the system ends the call. */
function possibleKind(kind: ClosedKind, stream: DemoWorkStreamName): ClosedKind {
  if (stream === 'records') return 'handled';
  return stream === 'voice' && kind === 'systemClosed' ? 'leftQueue' : kind;
}

function waitingConversation(random: Random, base: number, index: number, start: Start): DemoConversation {
  const course = begin(random, start, base - random.between(1, 20) * day + random.between(7 * hour, 19 * hour));
  converse(course, index);
  leaveWaiting(course);
  return finish(course, 'Waiting', statusReasons.awaitingCustomer);
}

function wrapUpConversation(
  random: Random,
  base: number,
  index: number,
  chooseFor: (stream: DemoWorkStreamName) => Start,
): DemoConversation {
  const course = begin(random, chooseFor(choose(messagingStreams, index)), base - random.between(4 * hour, 9 * hour));
  converse(course, index);
  const reason = index % 4 === 0 ? statusReasons.customerMovedToWrapUp : statusReasons.agentMovedToWrapUp;
  return finish(course, 'Wrap-up', reason, course.time);
}

/** Either picked just now, or taken up again after waiting for the customer. */
function activeConversation(
  random: Random,
  base: number,
  index: number,
  chooseFor: (stream: DemoWorkStreamName) => Start,
): DemoConversation {
  const isPicked = index % 2 === 0;
  const stream = isPicked ? choose(pickStreams, index / 2) : choose(messagingStreams, (index - 1) / 2);
  const course = begin(random, chooseFor(stream), base - random.between(isPicked ? 2 : 26, isPicked ? 8 : 200) * hour);
  converse(course, index);
  if (isPicked) {
    // Still talking: what `converse` ended goes on.
    return finish(
      course,
      'Active',
      statusReasons.inConversation,
      null,
      course.sessions.at(-1)?.acceptedOn ?? course.time,
    );
  }
  leaveWaiting(course);
  course.time = Math.max(course.time + minute, base - random.between(2 * hour, 8 * hour));
  join(course, 'AgentConversationRejoin', 0, 0);
  return finish(course, 'Active', statusReasons.inConversation);
}

/** Untouched in its queue, or put back into it by an agent. */
function openConversation(random: Random, base: number, index: number, start: Start): DemoConversation {
  const course = begin(random, start, base - random.between(2 * hour, 9 * hour));
  if (index % 4 === 3) {
    converse(course);
    closeSession(course, closures.agentTransferToQueue);
    course.transferCount++;
    course.agent = null;
  }
  wait(course);
  return finish(course, 'Open', statusReasons.awaitingAssignment);
}

/** The usual course: perhaps declined, overflowed or transferred on the way, ended by one side, wrapped up, closed. */
function handle(course: Course): DemoConversation {
  const { random, start } = course;
  const isPush = demoWorkStreams[start.stream].distribution === 'push';
  if (isPush && random.chance(5) && course.queueId === demoQueues.default.id) overflow(course);
  if (isPush && random.chance(12)) decline(course);
  converse(course);
  if (start.stream !== 'records' && random.chance(22)) transfer(course);
  const isEndedByCustomer = start.stream === 'liveChat' && random.chance(35);
  const wrapUpOn = course.time;
  course.time += random.between(15, 300);
  closeSession(course, isEndedByCustomer ? closures.customerEndConversation : closures.agentEndConversation);
  return finish(course, 'Closed', statusReasons.endedByAgent, wrapUpOn);
}

function endInQueue(
  course: Course,
  [shortest, longest]: readonly [number, number],
  closureReason: number,
  statusReason: number,
): DemoConversation {
  course.time += course.random.between(shortest, longest);
  closeSession(course, closureReason);
  return finish(course, 'Closed', statusReason);
}
