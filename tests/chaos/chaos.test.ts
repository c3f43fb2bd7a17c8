/** A short chaos run; the long one is `npm run bench -- chaos`. What it looks at: run-chaos.ts. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runChaos } from './run-chaos.ts';

describe('Servers that are killed at any instant', () => {
  it('lose no acknowledged message, break no invariant and leave nothing undone', async (context) => {
    const seed = 20_260_101;
    const report = await runChaos({
      kills: 12,
      servers: 3,
      leastUp: 2,
      seed,
      onProgress: (line) => context.diagnostic(line),
    });
    const { tally, failedStarts, stuck, violations, missing, doubled } = report;
    assert.deepEqual(failedStarts, [], 'servers that did not start');
    assert.deepEqual({ missing, doubled }, { missing: 0, doubled: 0 }, 'acknowledged messages');
    assert.deepEqual(violations, []);
    assert.deepEqual(stuck, [], 'left undone');
    assert.deepEqual(tally.faults, [], 'answers that nobody should get');
    assert.ok(tally.acknowledged.length > 0 && tally.commandsAccepted > 0, 'something was going on meanwhile');
  });
});
