import assert from 'node:assert/strict';
import test from 'node:test';
import { createWakeSignal } from './wake-signal.ts';

const longerThanAnyTest = 3_600_000;

test('a pause ends when somebody calls', async () => {
  const signal = createWakeSignal();
  const pause = signal.pause(longerThanAnyTest);
  signal.wake();
  await pause;
});

test('a call that comes while nobody pauses ends the next pause, once', async () => {
  const signal = createWakeSignal();
  signal.wake();
  signal.wake();
  await signal.pause(longerThanAnyTest);
  let hasEnded = false;
  const second = signal.pause(longerThanAnyTest).then(() => {
    hasEnded = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(hasEnded, false);
  signal.wake();
  await second;
});

test('a pause ends by itself', async () => {
  await createWakeSignal().pause(1);
});
