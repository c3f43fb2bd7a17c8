import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { assignWaiting } from './assign-waiting.ts';
import type { Condition, WorkStream } from './configuration.ts';
import { routeConversation } from './route-conversation.ts';
import {
  agentOf,
  configurationOf,
  is,
  noLoad,
  now,
  profileOf,
  queueOf,
  waitingOf,
  workStreamOf,
} from './routing-harness.ts';
import { describeSubject } from './subject.ts';

function asks(word: string): Condition {
  return { kind: 'compare', path: 'context.question', operator: 'contains', value: word };
}

const workStream: WorkStream = workStreamOf({
  classification: [
    {
      id: '1',
      name: 'Topic',
      rules: [
        { name: 'Complaints', when: asks('reklamation'), set: { priority: 10 } },
        { name: 'Orders', when: asks('bestellung'), set: { priority: 5, context: { topic: 'order' } } },
      ],
    },
    {
      id: '2',
      name: 'Language',
      rules: [
        {
          name: 'German',
          when: { kind: 'compare', path: 'conversation.locale', operator: 'startsWith', value: 'de' },
          set: { skills: [{ skillId: 'german', rating: 0.5 }] },
        },
      ],
    },
  ],
  routes: [
    { name: 'Returns', when: is('context.topic', 'return'), queues: [{ queueId: 'returns', percent: 100 }] },
    { name: 'Orders', when: is('context.topic', 'order'), queues: [{ queueId: 'orders', percent: 100 }] },
  ],
});

const configuration = configurationOf({
  workStreams: [workStream],
  queues: [queueOf('orders', ['ada', 'bob'], { name: 'Orders' }), queueOf('returns', ['ada'], { name: 'Returns' })],
  profiles: [
    profileOf('ada', { name: 'Ada', skills: { german: 0.3 } }),
    profileOf('bob', { name: 'Bob', skills: { german: 0.8 } }),
  ],
});

describe('the worked example of docs/routing.md', () => {
  it('is what really happens', async () => {
    const asked = waitingOf('order', 0, {}, { context: { question: 'Wo ist meine Bestellung?' } });
    const { outcome, explanation } = routeConversation({
      conversation: null,
      workStream,
      subject: describeSubject(asked, now, workStream.timeZone),
      configuration,
      facts: noLoad,
      seed: asked.id,
    });
    assert.ok(outcome.kind === 'queued');
    const { queueId, priority, skills, demand } = outcome;
    const agents = [agentOf('ada'), agentOf('bob', { unitsUsed: 30, conversationCount: 1 }, 'busy')];
    const { assignments } = assignWaiting({
      now,
      configuration,
      agents: new Map(agents.map((agent) => [agent.id, agent])),
      queues: [{ queueId, waiting: [waitingOf('order', 0, { queueId, priority, skills, demand })] }],
    });
    const page = await readFile(path.join(import.meta.dirname, '../../../../docs/routing.md'), 'utf8');
    const printed = [...page.matchAll(/```json\n([^`]*)```/g)].map((match) => JSON.parse(match[1] ?? ''));
    assert.deepEqual([explanation, assignments[0]?.explanation], printed);
  });
});
