import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JobFailure } from '../jobs/job.ts';
import { createReceiverTurns } from './receiver-turns.ts';

test('a receiver whose places are taken makes its own deliveries wait, and no others', async () => {
  const turns = createReceiverTurns(2);
  const { promise, resolve } = Promise.withResolvers<string>();
  const hanging = [turns.take('slow', () => promise), turns.take('slow', () => promise)];
  await assert.rejects(
    turns.take('slow', async () => 'never'),
    (error: unknown) => error instanceof JobFailure && error.next === 'wait' && error.afterMilliseconds > 0,
  );
  assert.equal(await turns.take('other', async () => 'at once'), 'at once');
  resolve('done');
  assert.deepEqual(await Promise.all(hanging), ['done', 'done']);
  assert.equal(await turns.take('slow', async () => 'again'), 'again');
});

test('a delivery that fails gives its place back', async () => {
  const turns = createReceiverTurns(1);
  const failing = turns.take('one', async () => {
    throw new Error('broken');
  });
  await assert.rejects(failing, /broken/);
  assert.equal(await turns.take('one', async () => 'fine'), 'fine');
});
