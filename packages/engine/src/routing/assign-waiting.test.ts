import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Decline, Guid } from '../conversation/conversation.ts';
import { assignWaiting } from './assign-waiting.ts';
import type { AssignmentResult } from './assignment.ts';
import type { Queue, WorkStream } from './configuration.ts';
import { explainNow } from './dry-run.ts';
import type { Explanation } from './explanation.ts';
import {
  agentOf,
  type Cycle,
  configurationOf,
  cycleOf,
  noLoad,
  now,
  policy,
  profileOf,
  queueOf,
  waitingOf,
  workStreamOf,
} from './routing-harness.ts';

function assign(cycle: Cycle): AssignmentResult {
  return assignWaiting(cycleOf(cycle));
}

function pairs({ assignments }: AssignmentResult): readonly string[] {
  return assignments.map(({ conversationId, agentId }) => `${conversationId}>${agentId}`);
}

function explanationOf({ assignments, unassigned }: AssignmentResult, id: Guid): Explanation {
  const found = [...assignments, ...unassigned].find(({ conversationId }) => conversationId === id);
  assert.ok(found !== undefined);
  return found.explanation;
}

function reasonsOf(result: AssignmentResult, id: Guid): Readonly<Record<string, string>> {
  return Object.fromEntries(explanationOf(result, id).candidates.map(({ agentId, reason }) => [agentId, reason]));
}

function orders(agentIds: readonly Guid[], part: Partial<Queue> = {}): Queue {
  return queueOf('orders', agentIds, part);
}

function streams(part: Partial<WorkStream>): readonly WorkStream[] {
  return [workStreamOf(part)];
}

describe('who may be chosen', () => {
  it('counts one reason for everybody who cannot take it', () => {
    const names = ['free', 'full', 'away', 'gone', 'disabled', 'sessions', 'unskilled', 'profile'];
    const able = { skills: { german: 0.8 }, capacityProfiles: {} };
    const result = assign({
      queues: [orders(names)],
      profiles: names.map((name) =>
        profileOf(name, {
          ...able,
          isEnabled: name !== 'disabled',
          skills: { german: name === 'unskilled' ? 0.3 : 0.8 },
          capacityProfiles: { chats: { limit: name === 'profile' ? 0 : 5, reset: 'immediate', isBlocking: false } },
        }),
      ),
      agents: [
        agentOf('free'),
        agentOf('full', { unitsUsed: 80 }),
        agentOf('away', {}, 'away'),
        agentOf('disabled'),
        agentOf('sessions', { conversationCount: 10 }),
        agentOf('unskilled'),
        agentOf('profile'),
      ],
      waiting: {
        orders: [
          waitingOf('c', 5, {
            skills: [{ skillId: 'german', rating: 0.5 }],
            demand: { units: 30, profileIds: ['chats'] },
          }),
        ],
      },
    });
    assert.deepEqual(pairs(result), ['c>free']);
    assert.deepEqual(reasonsOf(result, 'c'), {
      free: 'chosen',
      unskilled: 'skill',
      full: 'units',
      away: 'presence',
      sessions: 'sessionLimit',
      profile: 'profile',
      gone: 'notSignedIn',
      disabled: 'disabled',
    });
    const { candidates, rejected, candidateCount, summary } = explanationOf(result, 'c');
    assert.equal(candidateCount, 8);
    assert.equal(
      Object.values(rejected).reduce((sum, count) => sum + count),
      7,
    );
    assert.equal(candidates.find(({ agentId }) => agentId === 'full')?.detail, 'units 20 of 100 free, 30 asked');
    assert.equal(candidates.find(({ agentId }) => agentId === 'unskilled')?.detail, 'German 0.3 of 0.5');
    assert.equal(summary, 'free: most free capacity, 100 units free; 1 of 8 agents could take it.');
  });

  it('gives nothing to an agent whom a full blocking profile stops', () => {
    const result = assign({
      queues: [orders(['ada'])],
      profiles: [profileOf('ada', { capacityProfiles: { calls: { limit: 1, reset: 'immediate', isBlocking: true } } })],
      agents: [agentOf('ada', { profiles: { calls: { used: 1, resetOn: null } } })],
      waiting: { orders: [waitingOf('c', 5)] },
    });
    assert.deepEqual(reasonsOf(result, 'c'), { ada: 'profile' });
  });

  it('counts a daily profile anew once its day is over', () => {
    const scene = (resetOn: number): Cycle => ({
      queues: [orders(['ada'])],
      profiles: [profileOf('ada', { capacityProfiles: { chats: { limit: 2, reset: 'daily', isBlocking: false } } })],
      agents: [agentOf('ada', { profiles: { chats: { used: 2, resetOn } } })],
      waiting: { orders: [waitingOf('c', 5, { demand: { units: 0, profileIds: ['chats'] } })] },
    });
    assert.deepEqual(pairs(assign(scene(now + 1))), []);
    assert.deepEqual(pairs(assign(scene(now))), ['c>ada']);
  });

  it('offers nothing to who is offline, even where a work stream allows it', () => {
    const result = assign({
      queues: [orders(['ada'])],
      workStreams: streams({ allowedPresences: ['available', 'offline'] }),
      agents: [{ ...agentOf('ada', {}, 'offline'), isSignedIn: true }],
      waiting: { orders: [waitingOf('c', 5)] },
    });
    assert.deepEqual(reasonsOf(result, 'c'), { ada: 'presence' });
  });

  it('asks for less after relaxation', () => {
    const scene = (relaxationStep: number): Cycle => ({
      queues: [orders(['ada'])],
      workStreams: streams({ relaxation: [{ afterSeconds: 30, dropSkills: 'all' }] }),
      waiting: { orders: [waitingOf('c', 60, { skills: [{ skillId: 'german' }], relaxationStep })] },
    });
    assert.deepEqual(pairs(assign(scene(0))), []);
    const relaxed = assign(scene(1));
    assert.deepEqual(pairs(relaxed), ['c>ada']);
    assert.equal(explanationOf(relaxed, 'c').rules[0]?.effect, 'asks for 0 of 1 skills');
  });

  it('ignores skills where the work stream does not match them', () => {
    const result = assign({
      queues: [orders(['ada'])],
      workStreams: streams({ matching: 'none' }),
      waiting: { orders: [waitingOf('c', 5, { skills: [{ skillId: 'german' }] })] },
    });
    assert.deepEqual(pairs(result), ['c>ada']);
  });

  it('names at most twenty and counts all', () => {
    const ids = Array.from({ length: 50 }, (_, index) => `agent-${index}`);
    const result = assign({ queues: [orders(ids)], waiting: { orders: [waitingOf('c', 5)] } });
    const { candidates, rejected, candidateCount } = explanationOf(result, 'c');
    assert.equal(candidates.length, 20);
    assert.equal(candidates[0]?.reason, 'chosen');
    assert.deepEqual(rejected, { rankedLower: 49 });
    assert.equal(candidateCount, 50);
  });
});

describe('highest capacity', () => {
  it('takes who has most, and in turn where they are equal', () => {
    const result = assign({
      queues: [orders(['ada', 'bob', 'cy'])],
      agents: [agentOf('ada', { unitsUsed: 30 }), agentOf('bob'), agentOf('cy')],
      waiting: { orders: ['1', '2', '3', '4', '5'].map((id) => waitingOf(id, 10 - Number(id))) },
    });
    // Bob and Cy have 100, then all have 70: Ada was never assigned anything, Bob was before Cy.
    assert.deepEqual(pairs(result), ['1>bob', '2>cy', '3>ada', '4>bob', '5>cy']);
  });

  it('compares free work items where an item takes a profile and no units', () => {
    const chats = (limit: number) => ({ chats: { limit, reset: 'immediate', isBlocking: false } as const });
    const result = assign({
      queues: [orders(['ada', 'bob'])],
      profiles: [
        profileOf('ada', { unitCapacity: 100, capacityProfiles: chats(1) }),
        profileOf('bob', { unitCapacity: 0, capacityProfiles: chats(2) }),
      ],
      waiting: { orders: [waitingOf('c', 5, { demand: { units: 0, profileIds: ['chats'] } })] },
    });
    assert.deepEqual(pairs(result), ['c>bob']);
    assert.match(explanationOf(result, 'c').summary, /2 of the profile free/);
  });

  it('gives way to closeness, and hits the same agent again', () => {
    const result = assign({
      queues: [orders(['none', 'some', 'more', 'exact'])],
      workStreams: streams({ matching: 'closest', demand: { units: 50, profileIds: [] } }),
      profiles: [
        profileOf('none'),
        profileOf('some', { skills: { german: 1 } }),
        profileOf('more', { skills: { german: 1, orders: 1, returns: 1 } }),
        profileOf('exact', { skills: { german: 1, orders: 1 } }),
      ],
      waiting: {
        orders: Array.from({ length: 8 }, (_, index) =>
          waitingOf(`${index}`, 10 - index, {
            skills: [{ skillId: 'german' }, { skillId: 'orders', rating: 0.5 }],
            demand: { units: 50, profileIds: [] },
          }),
        ),
      },
    });
    assert.deepEqual(
      result.assignments.map(({ agentId }) => agentId),
      ['exact', 'exact', 'more', 'more', 'some', 'some', 'none', 'none'],
    );
  });
});

describe('advanced round robin', () => {
  const method = { kind: 'roundRobin' } as const;

  it('starts in the order of being added and goes on with who waited longest in this queue', () => {
    const result = assign({
      queues: [orders(['ada', 'bob', 'cy'], { method })],
      agents: [
        agentOf('ada', { lastAssignedOn: { orders: now - 10, other: now - 99_999 } }),
        agentOf('bob', { lastAssignedOn: { orders: now - 20, other: now } }),
        agentOf('cy', { lastAssignedOn: { other: now } }),
      ],
      waiting: { orders: ['1', '2', '3', '4', '5'].map((id) => waitingOf(id, 10 - Number(id))) },
    });
    assert.deepEqual(pairs(result), ['1>cy', '2>bob', '3>ada', '4>cy', '5>bob']);
  });
});

describe('least active', () => {
  it('takes who never released anything, then who has been idle longest', () => {
    const result = assign({
      queues: [orders(['ada', 'bob', 'cy'], { method: { kind: 'leastActive' } })],
      workStreams: streams({ allowedPresences: ['available'] }),
      agents: [
        agentOf('ada', { lastReleasedOn: now - 10 }),
        agentOf('bob', { lastReleasedOn: now - 20 }),
        agentOf('cy', { lastReleasedOn: null }),
      ],
      waiting: { orders: ['1', '2', '3', '4'].map((id) => waitingOf(id, 10 - Number(id))) },
    });
    // Whoever has something to do is busy, which this work stream does not allow: the fourth waits.
    assert.deepEqual(pairs(result), ['1>cy', '2>bob', '3>ada']);
    assert.deepEqual(explanationOf(result, '4').rejected, { presence: 3 });
  });
});

describe('who comes first', () => {
  const demand = { units: 100, profileIds: [] };

  it('takes higher priority first and then the oldest', () => {
    const result = assign({
      queues: [orders(['ada', 'bob'])],
      waiting: {
        orders: [
          waitingOf('old', 100, { demand }),
          waitingOf('new and urgent', 1, { demand, priority: 5 }),
          waitingOf('older', 200, { demand }),
        ],
      },
    });
    assert.deepEqual(pairs(result), ['new and urgent>ada', 'older>bob']);
  });

  it('lets a later one have an agent whom the earlier one cannot use', () => {
    const result = assign({
      queues: [orders(['ada'])],
      waiting: { orders: [waitingOf('1', 9, { skills: [{ skillId: 'german' }] }), waitingOf('2', 5)] },
    });
    assert.deepEqual(pairs(result), ['2>ada']);
  });

  it('takes queues by group, default queues by age before others by name', () => {
    const agents = Array.from({ length: 6 }, (_, index) => `agent-${index}`);
    const result = assign({
      queues: [
        queueOf('later group', agents, { priority: 2, isDefault: true }),
        queueOf('b', agents),
        queueOf('a', agents),
        queueOf('default 1', agents, { isDefault: true }),
        queueOf('default 2', agents, { isDefault: true }),
      ],
      waiting: {
        'later group': [waitingOf('6', 999, { demand })],
        b: [waitingOf('5', 500, { demand })],
        a: [waitingOf('4', 1, { demand })],
        'default 1': [waitingOf('1', 30, { demand }), waitingOf('3', 10, { demand })],
        'default 2': [waitingOf('2', 20, { demand })],
      },
    });
    assert.deepEqual(
      result.assignments.map(({ conversationId }) => conversationId),
      ['1', '2', '3', '4', '5', '6'],
    );
  });

  it('uses up capacity across queues', () => {
    const result = assign({
      queues: [queueOf('a', ['ada']), queueOf('b', ['ada'])],
      waiting: { a: [waitingOf('1', 1, { demand })], b: [waitingOf('2', 9, { demand })] },
    });
    assert.deepEqual(pairs(result), ['1>ada']);
    assert.deepEqual(explanationOf(result, '2').rejected, { presence: 1 });
  });
});

describe('keep same agent', () => {
  it('goes back before everything else, whatever presence and capacity', () => {
    const result = assign({
      queues: [orders(['ada'])],
      agents: [agentOf('ada', { unitsUsed: 90 }, 'doNotDisturb')],
      waiting: { orders: [waitingOf('urgent', 50, { priority: 9 }), waitingOf('back', 5, { affinityAgentId: 'ada' })] },
    });
    assert.deepEqual(pairs(result), ['back>ada']);
    assert.equal(result.assignments[0]?.reason, 'affinity');
    assert.deepEqual(explanationOf(result, 'back').candidates, [{ agentId: 'ada', reason: 'chosen' }]);
  });

  it('is routed like any other when the agent is gone, left the queue or declined', () => {
    const declines: readonly Decline[] = [{ agentId: 'ada', count: 1, lastOn: now }];
    const result = assign({
      queues: [orders(['ada', 'bob', 'cy', 'di'])],
      agents: [agentOf('ada'), agentOf('bob'), agentOf('cy'), agentOf('elsewhere')],
      waiting: {
        orders: [
          waitingOf('1', 9, { affinityAgentId: 'di' }),
          waitingOf('2', 8, { affinityAgentId: 'elsewhere' }),
          waitingOf('3', 7, { affinityAgentId: 'ada', declines }),
        ],
      },
    });
    assert.deepEqual(pairs(result), ['1>ada', '2>bob', '3>cy']);
    assert.ok(result.assignments.every(({ reason }) => reason === 'routing'));
  });
});

describe('preferred agents', () => {
  it('come first in their order when they can take it', () => {
    const result = assign({
      queues: [orders(['ada', 'bob', 'cy'])],
      agents: [agentOf('ada'), agentOf('bob', { unitsUsed: 50 }), agentOf('cy', {}, 'away')],
      waiting: { orders: [waitingOf('c', 5, { preferredAgentIds: ['cy', 'nobody', 'bob', 'ada'] })] },
    });
    assert.deepEqual(pairs(result), ['c>bob']);
    assert.match(explanationOf(result, 'c').summary, /preferred agent/);
    assert.deepEqual(reasonsOf(result, 'c'), { bob: 'chosen', ada: 'rankedLower', cy: 'presence' });
  });
});

describe('after a decline', () => {
  const decline = (agentId: Guid, count: number, lastOn = now): Decline => ({ agentId, count, lastOn });

  it('goes to somebody else first', () => {
    const result = assign({
      queues: [orders(['ada', 'bob'])],
      agents: [agentOf('ada'), agentOf('bob', { unitsUsed: 60 })],
      waiting: { orders: [waitingOf('c', 5, { declines: [decline('ada', 1)] })] },
    });
    assert.deepEqual(pairs(result), ['c>bob']);
    assert.deepEqual(reasonsOf(result, 'c'), { bob: 'chosen', ada: 'declined' });
  });

  it('comes back when nobody else can take it: fewest declines first, then the one longest ago', () => {
    const scene = (declines: readonly Decline[]): Cycle => ({
      queues: [orders(['ada', 'bob', 'cy'])],
      waiting: { orders: [waitingOf('c', 5, { declines })] },
    });
    const all = [decline('ada', 2), decline('bob', 1), decline('cy', 1, now - 1)];
    const result = assign(scene(all));
    assert.deepEqual(pairs(result), ['c>cy']);
    assert.equal(explanationOf(result, 'c').rejected.declined, 2);
  });

  it('never comes back to who declined as often as one may', () => {
    const result = assign({
      queues: [orders(['ada'])],
      workStreams: streams({ policy: { ...policy, declineLimit: 2 } }),
      waiting: { orders: [waitingOf('c', 5, { declines: [decline('ada', 2)] })] },
    });
    assert.deepEqual(pairs(result), []);
    assert.deepEqual(explanationOf(result, 'c').rejected, { declined: 1 });
    assert.equal(explanationOf(result, 'c').summary, 'Nobody of 1 agents can take it: 1 declined it.');
  });
});

describe('what the router leaves to people', () => {
  it('leaves alone what too many declined, what is picked and what no method assigns', () => {
    const result = assign({
      queues: [orders(['ada']), queueOf('manual', ['ada'], { method: { kind: 'none' } })],
      waiting: {
        orders: [waitingOf('1', 9, { isManualOnly: true }), waitingOf('2', 8, {}, { distribution: 'pick' })],
        manual: [waitingOf('3', 7)],
      },
    });
    assert.deepEqual(pairs(result), []);
    for (const id of ['1', '2', '3']) {
      assert.equal(explanationOf(result, id).kind, 'manual');
      assert.equal(explanationOf(result, id).candidateCount, 0);
    }
  });

  it('explains what it cannot place because its work stream is gone, and skips queues that are gone', () => {
    const result = assign({
      queues: [orders(['ada'])],
      waiting: { orders: [waitingOf('1', 9, {}, { workStreamId: 'gone' })], gone: [waitingOf('2', 9)] },
    });
    assert.deepEqual(
      result.unassigned.map(({ conversationId, explanation }) => [conversationId, explanation.summary]),
      [['1', 'Its work stream does not exist.']],
    );
  });
});

describe('explainNow', () => {
  const queue = orders(['ada'], {
    inQueueOverflow: [{ name: 'Long', when: { kind: 'waitingLonger', seconds: 600 }, action: { kind: 'end' } }],
  });
  const routes = [
    { name: 'All', when: { kind: 'always' } as const, queues: [{ queueId: 'orders', percent: 100 }] },
  ] as const;

  it('tells of every stage and changes nothing', () => {
    const { configuration, agents } = cycleOf({ queues: [queue], workStreams: streams({ routes }), waiting: {} });
    const conversation = waitingOf('c', 60);
    const before = structuredClone({ conversation, agents });
    const ask = { conversation, subject: {}, facts: noLoad, assignment: { now, configuration, agents } };
    const explanations = explainNow(ask);
    assert.deepEqual(
      explanations.map(({ kind }) => kind),
      ['route', 'overflow', 'assign'],
    );
    assert.deepEqual({ conversation, agents }, before);
    assert.deepEqual(explainNow(ask), explanations);
  });

  it('says nothing about a work stream that is gone', () => {
    const configuration = configurationOf({});
    const conversation = waitingOf('c', 60, {}, { workStreamId: 'gone' });
    const assignment = { now, configuration, agents: new Map() };
    assert.deepEqual(explainNow({ conversation, subject: {}, facts: noLoad, assignment }), []);
  });
});
