import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ChannelLimits, OutboundMessage } from './channel-adapter.ts';
import { judgeOutbound } from './judge-outbound.ts';

const hour = 3_600_000;
const limits: ChannelLimits = {
  textLength: 10,
  attachments: { in: true, out: true, maximumBytes: 100, maximumCount: 1, types: ['image/png'] },
  replyWindowSeconds: 24 * 3600,
};
const message: OutboundMessage = {
  kind: 'message',
  deliveryId: 'm',
  conversationId: 'c',
  channelKey: 'k',
  occurredOn: 100 * hour,
  messageId: 'm',
  author: { kind: 'agent', id: 'a', name: 'Ada' },
  contentType: 'text/plain',
  content: 'short',
  attachments: [],
};
const picture = { id: 'f', name: 'bike.png', contentType: 'image/png', size: 100 };

describe('the limits of a channel', () => {
  test('let through what is within them', () => {
    assert.equal(judgeOutbound({ ...message, attachments: [picture] }, limits, 99 * hour), undefined);
  });

  for (const [what, change, expected] of [
    ['a text that is too long', { content: 'far too long' }, /12 characters; the channel takes 10/],
    ['a file that is too large', { attachments: [{ ...picture, size: 101 }] }, /bike\.png has 101 bytes/],
    ['a file of another type', { attachments: [{ ...picture, contentType: 'text/html' }] }, /text\/html/],
    ['too many files', { attachments: [picture, picture] }, /1 files/],
  ] as const)
    test(`refuse ${what}`, () =>
      assert.match(judgeOutbound({ ...message, ...change }, limits, 99 * hour) ?? '', expected));

  test('refuse files where the channel takes none', () => {
    const none = { ...limits, attachments: { ...limits.attachments, out: false } };
    assert.match(judgeOutbound({ ...message, attachments: [picture] }, none, 99 * hour) ?? '', /no files/);
  });

  test('close the reply window 24 hours after the customer wrote last', () => {
    assert.equal(judgeOutbound(message, limits, 76 * hour), undefined);
    assert.match(judgeOutbound(message, limits, 76 * hour - 1) ?? '', /24 hours/);
    assert.match(judgeOutbound(message, limits, null) ?? '', /24 hours/);
  });

  test('leave it open on channels without such a rule', () => {
    assert.equal(judgeOutbound(message, { ...limits, replyWindowSeconds: undefined }, null), undefined);
  });
});
