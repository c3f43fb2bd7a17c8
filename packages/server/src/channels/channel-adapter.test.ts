import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type ChannelAdapter, createChannelRegistry } from './channel-adapter.ts';

function adapter(name: string, channels: readonly number[]): ChannelAdapter {
  return {
    name,
    channels,
    limits: {
      textLength: 10,
      attachments: { in: false, out: false, maximumBytes: 0, maximumCount: 0, types: 'all' },
      replyWindowSeconds: undefined,
    },
    maximumAttempts: 1,
    concurrency: 1,
    retryAfter: () => 0,
    deliver: async () => ({ kind: 'delivered' }),
  };
}

describe('the registry of channel adapters', () => {
  test('finds the adapter of a channel', () => {
    const [one, two] = [adapter('one', [1, 2]), adapter('two', [3])];
    const registry = createChannelRegistry([one, two]);
    assert.equal(registry.forChannel(2), one);
    assert.equal(registry.forChannel(3), two);
    assert.equal(registry.forChannel(4), undefined);
  });

  test('refuses two adapters for one channel or of one name', () => {
    assert.throws(() => createChannelRegistry([adapter('one', [1]), adapter('two', [1])]), /channel 1/);
    assert.throws(() => createChannelRegistry([adapter('one', [1]), adapter('one', [2])]), /called one/);
  });
});
