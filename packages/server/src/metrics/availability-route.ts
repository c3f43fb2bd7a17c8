/**
 * Which queue a conversation would go to, asked before it is routed: classification and the first matching route, without overflow
 * and without percentages (behaviour reference, section 10.2).
 */
import {
  type CapacityDemand,
  type ContextValue,
  type Guid,
  type RequiredSkill,
  type RoutingConfiguration,
  routeConversation,
  type Subject,
  type SubjectSource,
  type WorkStream,
} from '@parley/engine';
import { WebApiError } from '@parley/protocol';
import type { Database } from '../db/database.ts';

/** The facts of routing; the same function that routing itself uses. */
export type BuildSubject = (
  database: Database,
  source: SubjectSource,
  workStream: WorkStream,
  now: number,
) => Promise<Subject>;

export type ExpectedRoute = {
  readonly queueId: Guid;
  readonly demand: CapacityDemand;
  readonly skills: readonly RequiredSkill[];
};

export type ContextItems = Readonly<Record<string, ContextValue>>;

const maximumContextItems = 100;
const textType = '192350000';
const wholeNumberType = '192350001';

/** @throws WebApiError rowNotFound when the work stream has no queue at all for it */
export function planRoute(
  configuration: RoutingConfiguration,
  workStream: WorkStream,
  subject: Subject,
  now: number,
): ExpectedRoute {
  const routes = workStream.routes.map((route) => ({
    ...route,
    queues: route.queues.slice(0, 1).map(({ queueId }) => ({ queueId, percent: 100 })),
    ignoresOverflow: true,
  }));
  const { outcome } = routeConversation({
    conversation: null,
    workStream: { ...workStream, routes },
    subject,
    configuration,
    facts: { now, loads: new Map() },
    seed: workStream.id,
  });
  if (outcome.queueId === null)
    throw new WebApiError('rowNotFound', { table: 'queue', id: workStream.fallbackQueueId });
  return outcome.kind === 'queued'
    ? outcome
    : // Nobody is in that queue, which is what the caller wants to know.
      { queueId: outcome.queueId, demand: workStream.demand, skills: [] };
}

/** What is known of a conversation that would start now on this work stream. */
export function describeNewcomer(workStream: WorkStream, context: ContextItems): SubjectSource {
  return {
    channel: workStream.channel,
    kind: workStream.kind,
    workStreamId: workStream.id,
    isOutbound: workStream.isOutbound,
    subject: '',
    locale: null,
    customer: null,
    customerName: null,
    context,
  };
}

/**
 * `CustomContextItems`: a JSON object of name to `{ value, isDisplayable, datatype }`.
 * @throws WebApiError invalidArgument
 */
export function parseContextItems(text: string | null | undefined): ContextItems {
  const items = Object.entries(parseObject('CustomContextItems', text));
  if (items.length > maximumContextItems)
    throw refuse(`CustomContextItems holds ${items.length} values; at most ${maximumContextItems} are possible.`);
  return Object.fromEntries(items.map(([name, item]) => [name, parseItem(name, item)]));
}

function parseItem(name: string, item: unknown): ContextValue {
  const { value, datatype }: { readonly value?: unknown; readonly datatype?: unknown } = isObject(item) ? item : {};
  const type = datatype === undefined ? textType : String(datatype);
  if (type !== textType && type !== wholeNumberType)
    throw refuse(`The datatype of '${name.slice(0, 100)}' is neither ${textType} nor ${wholeNumberType}.`);
  if (type === wholeNumberType) {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (Number.isSafeInteger(number)) return Number(number);
    throw refuse(`The value of '${name.slice(0, 100)}' is not a whole number.`);
  }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw refuse(`The value of '${name.slice(0, 100)}' is missing or not a text.`);
}

/**
 * `ChannelEngagementContext`: a JSON object of column to value. Rules reach the values as context.
 * @throws WebApiError invalidArgument
 */
export function parseEngagement(text: string | null | undefined): ContextItems {
  const plain: Record<string, ContextValue> = {};
  for (const [name, value] of Object.entries(parseObject('ChannelEngagementContext', text))) {
    if (typeof value === 'string' || typeof value === 'number') plain[name] = value;
    else if (typeof value === 'boolean') plain[name] = String(value);
  }
  return plain;
}

function parseObject(name: string, text: string | null | undefined): Readonly<Record<string, unknown>> {
  if (text === null || text === undefined || text === '') return {};
  const parsed = parseJson(text);
  if (isObject(parsed)) return parsed;
  throw refuse(`${name} is not a JSON object.`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refuse(detail: string): WebApiError {
  return new WebApiError('invalidArgument', { detail });
}
