import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type {
  OperatingHours,
  OverflowRule,
  Queue,
  RouteRule,
  RoutingFacts,
  Subject,
  WorkStream,
} from './configuration.ts';
import { hashToPercent } from './percentage.ts';
import { type RouteConversationResult, routeConversation } from './route-conversation.ts';
import { configurationOf, is, noLoad, now, queueOf, waitingOf, workStreamOf } from './routing-harness.ts';

const subject: Subject = { conversation: { priority: 0, locale: 'de-DE' }, context: { topic: 'order' } };
/** Closed at the test's time, which is a Tuesday at 10:00 UTC. */
const evenings: OperatingHours = {
  id: 'evenings',
  name: 'Evenings',
  timeZone: 'UTC',
  weekly: Array.from({ length: 7 }, () => [{ from: 18 * 60, to: 22 * 60 }]),
  holidays: [],
};
const noons: OperatingHours = {
  ...evenings,
  id: 'noons',
  weekly: Array.from({ length: 7 }, () => [{ from: 12 * 60, to: 13 * 60 }]),
};

type Scene = {
  readonly workStream?: Partial<WorkStream>;
  readonly queues?: readonly Queue[];
  readonly facts?: RoutingFacts;
  readonly subject?: Subject;
  readonly seed?: string;
};

const orders = queueOf('orders', ['ada']);
const returns = queueOf('returns', ['bob']);

function route(scene: Scene, previous = false): RouteConversationResult {
  return routeConversation({
    conversation: null,
    workStream: workStreamOf(scene.workStream),
    subject: scene.subject ?? subject,
    configuration: configurationOf({ queues: scene.queues ?? [orders, returns], hours: [evenings, noons] }),
    facts: scene.facts ?? noLoad,
    seed: scene.seed ?? 'conversation-1',
    ...(previous
      ? {
          previous: waitingOf('conversation-1', 0, {
            priority: 7,
            skills: [{ skillId: 'german', rating: 0.5 }],
            isOverflowChecked: true,
          }).routing,
        }
      : {}),
  });
}

function to(queueId: string, part: Partial<RouteRule> = {}): RouteRule {
  return { name: `to ${queueId}`, when: { kind: 'always' }, queues: [{ queueId, percent: 100 }], ...part };
}

function queueIdOf({ outcome }: RouteConversationResult): string | null {
  return outcome.kind === 'queued' ? outcome.queueId : `${outcome.kind}: ${outcome.cause}`;
}

function loads(entries: Readonly<Record<string, number>>, averageWaitSeconds: number | null = null): RoutingFacts {
  return {
    now,
    loads: new Map(Object.entries(entries).map(([id, waiting]) => [id, { waiting, averageWaitSeconds }])),
  };
}

const atTwo = (action: OverflowRule['action']): OverflowRule => ({
  name: 'Too many',
  when: { kind: 'queueLength', atLeast: 2 },
  action,
});

describe('classification', () => {
  const workStream: Partial<WorkStream> = {
    demand: { units: 30, profileIds: ['chats'] },
    contextVariables: { score: 'number' },
    classification: [
      {
        id: '1',
        name: 'Urgency',
        rules: [
          { name: 'Returns', when: is('context.topic', 'return'), set: { priority: 1 } },
          {
            name: 'Orders',
            when: is('context.topic', 'ORDER'),
            set: { priority: 9, context: { tier: 2, score: '4' } },
          },
          { name: 'Rest', when: { kind: 'always' }, set: { priority: 2 } },
        ],
      },
      {
        id: '2',
        name: 'Skills',
        rules: [
          {
            name: 'Urgent ones',
            when: { kind: 'and', conditions: [is('conversation.priority', 9), is('context.tier', '2')] },
            set: { skills: [{ skillId: 'orders' }], units: 60, profileIds: ['orders'], preferredAgentIds: ['ada'] },
          },
        ],
      },
      { id: '3', name: 'Nothing', rules: [{ name: 'Never', when: is('context.topic', 'x'), set: { priority: 0 } }] },
    ],
    routes: [to('orders', { when: is('context.score', 4) })],
  };

  it('fires the first matching rule of each set, and later sets and routes see what it set', () => {
    const { outcome } = route({ workStream });
    assert.deepEqual(outcome, {
      kind: 'queued',
      queueId: 'orders',
      priority: 9,
      skills: [{ skillId: 'orders' }],
      demand: { units: 60, profileIds: ['chats', 'orders'] },
      preferredAgentIds: ['ada'],
      context: { tier: '2', score: 4 },
      isOverflow: false,
    });
  });

  it('says which rules fired and which sets did nothing', () => {
    const { explanation } = route({ workStream });
    assert.deepEqual(
      explanation.rules.map(({ stage, ruleSet, rule, looked }) => [stage, ruleSet, rule, looked]),
      [
        ['classification', 'Urgency', 'Orders', 1],
        ['classification', 'Skills', 'Urgent ones', 0],
        ['classification', 'Nothing', null, 1],
        ['route', undefined, 'to orders', 0],
      ],
    );
    assert.equal(explanation.summary, 'Waits in queue orders with priority 9 and 1 skill.');
    assert.equal(explanation.candidateCount, 0);
  });

  it('adds skills to those it already has when it is routed again, and keeps its priority unless a rule sets one', () => {
    const { outcome } = route({ workStream }, true);
    assert.ok(outcome.kind === 'queued');
    assert.deepEqual(outcome.skills, [{ skillId: 'german', rating: 0.5 }, { skillId: 'orders' }]);
    const plain = route({}, true).outcome;
    assert.ok(plain.kind === 'queued');
    assert.equal(plain.priority, 7);
  });
});

describe('route to queue', () => {
  it('takes the first rule that matches', () => {
    const routes = [to('returns', { when: is('context.topic', 'return') }), to('orders'), to('returns')];
    assert.equal(queueIdOf(route({ workStream: { routes } })), 'orders');
  });

  it('falls back when no rule matches, whatever overflow the fallback queue has', () => {
    const fallback = queueOf('fallback', ['eve'], { preQueueOverflow: [atTwo({ kind: 'end' })] });
    const scene = { queues: [fallback], facts: loads({ fallback: 50 }) };
    assert.equal(queueIdOf(route(scene)), 'fallback');
  });

  it('passes over a rule whose queue is gone or for another kind of work', () => {
    const calls = queueOf('calls', ['cy'], { kind: 'voice' });
    const routes = [to('gone'), to('calls'), to('orders')];
    assert.equal(queueIdOf(route({ workStream: { routes }, queues: [calls, orders] })), 'orders');
  });

  it('ends messaging and calls that would wait where nobody is, and lets records wait', () => {
    const empty = (kind: Queue['kind']) => [queueOf('empty', [], { kind })];
    const routes = [to('empty')];
    const chat = route({ workStream: { routes }, queues: empty('messaging') });
    assert.deepEqual(chat.outcome, { kind: 'ended', cause: 'failure', queueId: 'empty' });
    const call = route({ workStream: { routes, kind: 'voice' }, queues: empty('voice') });
    assert.equal(call.outcome.kind, 'ended');
    const record = route({ workStream: { routes, kind: 'record' }, queues: empty('record') });
    assert.equal(queueIdOf(record), 'empty');
  });

  it('ends what has no queue at all', () => {
    const { outcome } = route({ workStream: { fallbackQueueId: 'gone' } });
    assert.deepEqual(outcome, { kind: 'ended', cause: 'failure', queueId: null });
  });
});

describe('percentage split', () => {
  const split: RouteRule = {
    name: 'Split',
    when: { kind: 'always' },
    queues: [
      { queueId: 'orders', percent: 70 },
      { queueId: 'returns', percent: 30 },
    ],
  };

  it('gives each queue its share and the same conversation the same queue', () => {
    let inOrders = 0;
    for (let index = 0; index < 5000; index += 1) {
      const scene = { workStream: { routes: [split] }, seed: `conversation-${index}` };
      const queueId = queueIdOf(route(scene));
      if (index % 500 === 0) assert.equal(queueIdOf(route(scene)), queueId);
      if (queueId === 'orders') inOrders += 1;
    }
    assert.ok(Math.abs(inOrders / 5000 - 0.7) < 0.03, `${inOrders} of 5000`);
  });

  it('knows more than two queues', () => {
    const shares = [50, 30, 20];
    const queues = shares.map((_, index) => queueOf(`queue ${index}`, ['ada']));
    const routes: readonly RouteRule[] = [
      { ...split, queues: shares.map((percent, index) => ({ queueId: `queue ${index}`, percent })) },
    ];
    const found = new Map<string | null, number>();
    for (let index = 0; index < 3000; index += 1) {
      const queueId = queueIdOf(route({ workStream: { routes }, queues, seed: `conversation-${index}` }));
      found.set(queueId, (found.get(queueId) ?? 0) + 1);
    }
    for (const [index, percent] of shares.entries()) {
      const count = found.get(`queue ${index}`) ?? 0;
      assert.ok(Math.abs(count / 30 - percent) < 4, `${count} of 3000 for ${percent} percent`);
    }
  });

  it('gives the share of a queue that is gone to the others', () => {
    for (const seed of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) {
      const queues = [returns];
      assert.equal(queueIdOf(route({ workStream: { routes: [split] }, queues, seed })), 'returns');
    }
  });

  it('spreads ids that differ in one character evenly', () => {
    const tenths = new Array<number>(10).fill(0);
    for (let index = 0; index < 10_000; index += 1) {
      const tenth = Math.floor(hashToPercent(`00000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}`) / 10);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    for (const count of tenths) assert.ok(count > 850 && count < 1150, tenths.join());
  });
});

describe('overflow before queueing', () => {
  const full = queueOf('orders', ['ada'], { preQueueOverflow: [atTwo({ kind: 'transfer', queueId: 'returns' })] });
  const facts = loads({ orders: 2 });
  const routes = [to('orders')];

  it('goes on to the next rule while a queue overflows', () => {
    const found = route({ workStream: { routes: [...routes, to('returns')] }, queues: [full, returns], facts });
    assert.ok(found.outcome.kind === 'queued');
    assert.equal(found.outcome.queueId, 'returns');
    assert.equal(found.outcome.isOverflow, false);
  });

  it('acts where every queue overflows', () => {
    const found = route({ workStream: { routes }, queues: [full, returns], facts });
    assert.ok(found.outcome.kind === 'queued');
    assert.equal(found.outcome.queueId, 'returns');
    assert.equal(found.outcome.isOverflow, true);
    assert.equal(found.explanation.rules.at(-1)?.effect, 'move to queue returns');
  });

  it('ends it where the rule says so', () => {
    const queue = queueOf('orders', ['ada'], { preQueueOverflow: [atTwo({ kind: 'end' })] });
    const found = route({ workStream: { routes }, queues: [queue], facts });
    assert.deepEqual(found.outcome, { kind: 'ended', cause: 'overflow', queueId: 'orders' });
    assert.equal(found.explanation.kind, 'overflow');
  });

  it('knows average waiting', () => {
    const rule: OverflowRule = {
      name: 'Slow',
      when: { kind: 'averageWait', atLeastSeconds: 60 },
      action: { kind: 'end' },
    };
    const queues = [queueOf('orders', ['ada'], { preQueueOverflow: [rule] })];
    assert.equal(queueIdOf(route({ workStream: { routes }, queues, facts: loads({ orders: 1 }, 59) })), 'orders');
    assert.equal(
      queueIdOf(route({ workStream: { routes }, queues, facts: loads({ orders: 1 }, 60) })),
      'ended: overflow',
    );
  });

  it('is not asked again, nor for a rule that ignores it', () => {
    assert.equal(queueIdOf(route({ workStream: { routes }, queues: [full, returns], facts }, true)), 'orders');
    const ignoring = [to('orders', { ignoresOverflow: true })];
    assert.equal(queueIdOf(route({ workStream: { routes: ignoring }, queues: [full, returns], facts })), 'orders');
  });

  it('prefers the queue that works now, else the one that opens first', () => {
    const closed = (id: string, operatingHourId: string): Queue => queueOf(id, ['x'], { operatingHourId });
    const late = closed('late', 'evenings');
    const soon = closed('soon', 'noons');
    assert.equal(queueIdOf(route({ workStream: { routes: [to('late'), to('soon')] }, queues: [late, soon] })), 'soon');
    const open = queueOf('open', ['x'], { preQueueOverflow: [atTwo({ kind: 'assignAnyway' })] });
    const scene = { workStream: { routes: [to('late'), to('open')] }, queues: [late, open], facts: loads({ open: 9 }) };
    assert.equal(queueIdOf(route(scene)), 'open');
  });

  it('acts on closed hours before anything listed earlier', () => {
    const hoursRule: OverflowRule = { name: 'Closed', when: { kind: 'outsideHours' }, action: { kind: 'end' } };
    const queue = queueOf('orders', ['ada'], {
      operatingHourId: 'evenings',
      preQueueOverflow: [atTwo({ kind: 'assignAnyway' }), hoursRule],
    });
    const found = route({ workStream: { routes }, queues: [queue], facts });
    assert.equal(found.explanation.rules.at(-1)?.rule, 'Closed');
  });

  it('queues anyway what cannot be moved or ended', () => {
    for (const action of [
      { kind: 'transfer', queueId: 'gone' },
      { kind: 'transfer', queueId: 'orders' },
    ] as const) {
      const queue = queueOf('orders', ['ada'], { preQueueOverflow: [atTwo(action)] });
      const found = route({ workStream: { routes }, queues: [queue], facts });
      assert.equal(queueIdOf(found), 'orders');
      assert.match(found.explanation.rules.at(-1)?.effect ?? '', /cannot act/);
    }
    const records = queueOf('orders', ['ada'], { kind: 'record', preQueueOverflow: [atTwo({ kind: 'end' })] });
    assert.equal(queueIdOf(route({ workStream: { routes, kind: 'record' }, queues: [records], facts })), 'orders');
  });
});
