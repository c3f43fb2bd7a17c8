import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import type { ConversationKind, Status } from './conversation.ts';
import { derivedId } from './derived-id.ts';
import { transitionDiagram } from './diagram.ts';
import { isPossible, requireTransition, statusCodes, statusOfCode, transitions } from './transitions.ts';

const statuses: readonly Status[] = ['open', 'active', 'waiting', 'wrapUp', 'closed'];
const kinds: readonly ConversationKind[] = ['live', 'persistent', 'voice', 'record'];

describe('the table of transitions', () => {
  test('has T0 to T19, each once', () => {
    assert.deepEqual(
      transitions.map(({ id }) => id),
      Array.from({ length: 20 }, (_, number) => `T${number}`),
    );
  });

  test('lets nothing out of closed, and only closed follow wrap-up', () => {
    for (const kind of kinds) {
      for (const to of statuses) {
        assert.equal(isPossible('closed', to, kind), false);
        assert.equal(isPossible('closed', to, kind, { isDirect: true }), false);
        assert.equal(isPossible('wrapUp', to, kind), to === 'closed');
      }
    }
  });

  test('lets only persistent conversations wait', () => {
    for (const kind of kinds) {
      for (const from of ['open', 'active'] as const)
        assert.equal(isPossible(from, 'waiting', kind), kind === 'persistent');
      assert.equal(isPossible('waiting', 'open', kind), kind === 'persistent');
      assert.equal(isPossible(null, 'waiting', kind, { isDirect: true }), kind === 'persistent');
    }
  });

  test('does not lead from open to wrap-up, nor begin anywhere but open', () => {
    assert.equal(isPossible('open', 'wrapUp', 'live'), false);
    assert.deepEqual(
      statuses.filter((to) => isPossible(null, to, 'live')),
      ['open'],
    );
    assert.equal(isPossible(null, 'closed', 'live', { isDirect: true }), true);
  });

  test('is not to be left by mistake', () => {
    assert.throws(() => requireTransition('T9', 'active', 'closeSession', 'live'), /T9 is no transition of a live/);
    assert.throws(() => requireTransition('T1', 'active', 'offer', 'live'), /from active by offer/);
    assert.throws(() => requireTransition('T2', 'active', 'pick', 'live'), /by pick/);
  });
});

describe('status codes', () => {
  test('lead back to the status', () => {
    for (const status of statuses) assert.equal(statusOfCode(statusCodes[status].status), status);
    assert.equal(statusOfCode(6), undefined);
  });

  test('are closed in state 1 of the work item and 3 of the conversation', () => {
    assert.deepEqual(statusCodes.closed, { status: 4, liveState: 3, workItemState: 1 });
    assert.deepEqual(statusCodes.wrapUp, { status: 5, liveState: 4, workItemState: 0 });
  });
});

describe('derived ids', () => {
  const owner = 'eeeeeeee-0000-4000-8000-000000000001';

  test('have the shape of version 7 and begin with the time', () => {
    const id = derivedId(owner, 'session', 1, 0x0123456789ab);
    assert.match(id, /^01234567-89ab-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  test('are the same for the same thing and differ for others', () => {
    const ids = [
      derivedId(owner, 'session', 1, 5),
      derivedId(owner, 'session', 2, 5),
      derivedId(owner, 'participant', 1, 5),
      derivedId('other', 'session', 1, 5),
    ];
    assert.equal(new Set(ids).size, ids.length);
    assert.equal(ids[0], derivedId(owner, 'session', 1, 5));
  });
});

describe('the diagram', () => {
  test('shows every transition', () => {
    const diagram = transitionDiagram();
    for (const { id, label } of transitions) assert.ok(diagram.includes(`${id} ${label}`));
  });

  test('is the one in the documents', async () => {
    const page = await readFile(new URL('../../../../docs/life-cycle.md', import.meta.url), 'utf8');
    const between = /<!-- diagram -->\n```mermaid\n([\s\S]*?)\n```\n<!-- \/diagram -->/.exec(page)?.[1];
    assert.equal(between, transitionDiagram());
  });

  test('and the table in the documents name every transition', async () => {
    const page = await readFile(new URL('../../../../docs/life-cycle.md', import.meta.url), 'utf8');
    for (const { id, guard, effect } of transitions) {
      const row = page.split('\n').find((line) => line.startsWith(`| ${id} |`));
      assert.ok(row?.includes(guard) && row.includes(effect), `${id} in docs/life-cycle.md`);
    }
  });
});
