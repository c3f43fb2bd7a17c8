import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Outbound, OutboundMessage } from '../channel-adapter.ts';
import { activitiesAddress } from './custom-messaging-adapter.ts';
import { writeActivity } from './write-activity.ts';

const base = {
  deliveryId: 'd-1',
  conversationId: 'c-1',
  channelKey: 'custom:x:y',
  occurredOn: Date.UTC(2026, 0, 5, 8),
} as const;
const message: OutboundMessage = {
  ...base,
  kind: 'message',
  messageId: 'd-1',
  author: { kind: 'agent', id: 'a-1', name: 'Ada' },
  contentType: 'text/plain',
  content: 'Hello',
  attachments: [],
};
const place = { channelId: 'ch-1', customerId: 'cust-1', origin: 'https://parley.example' };
const common = {
  id: 'd-1',
  timestamp: '2026-01-05T08:00:00.000Z',
  channelId: 'ch-1',
  conversation: { id: 'c-1' },
  recipient: { id: 'cust-1', role: 'user' },
};

function write(outbound: Outbound): unknown {
  return JSON.parse(writeActivity(outbound, place));
}

describe('activities to the channel', () => {
  test('tell a message', () => {
    assert.deepEqual(write(message), {
      ...common,
      type: 'message',
      from: { id: 'a-1', name: 'Ada', role: 'agent' },
      textFormat: 'plain',
      text: 'Hello',
      attachments: [],
    });
  });

  test('tell its files by address', () => {
    const attachments = [{ id: 'f-1', name: 'bill.pdf', contentType: 'application/pdf', size: 5 }];
    assert.partialDeepStrictEqual(write({ ...message, attachments }), {
      attachments: [
        {
          contentType: 'application/pdf',
          name: 'bill.pdf',
          size: 5,
          contentUrl: 'https://parley.example/api/v1.0/consumer/attachments/f-1',
        },
      ],
    });
  });

  test('tell a card as an attachment, and one that is broken as text', () => {
    const contentType = 'application/vnd.microsoft.card.adaptive';
    assert.partialDeepStrictEqual(write({ ...message, contentType, content: '{"type":"AdaptiveCard"}' }), {
      text: '',
      attachments: [{ contentType, content: { type: 'AdaptiveCard' } }],
    });
    assert.partialDeepStrictEqual(write({ ...message, contentType, content: '{' }), { text: '{', attachments: [] });
  });

  test('tell an event by its name', () => {
    assert.deepEqual(write({ ...base, kind: 'event', name: 'AgentAccepted', value: { agentId: 'a-1' } }), {
      ...common,
      type: 'event',
      from: { id: 'system', name: null, role: 'system' },
      name: 'AgentAccepted',
      value: { agentId: 'a-1' },
    });
  });

  test('tell typing as Bot Framework does', () => {
    assert.partialDeepStrictEqual(write({ ...base, kind: 'event', name: 'typing', value: {} }), { type: 'typing' });
  });
});

test('the address of a webhook keeps path and query of the channel', () => {
  const tail = '/v3/conversations/c-1/activities';
  assert.equal(activitiesAddress('https://a.example', 'c-1'), `https://a.example${tail}`);
  assert.equal(activitiesAddress('https://a.example/hook/?code=x', 'c-1'), `https://a.example/hook${tail}?code=x`);
  assert.equal(activitiesAddress('nonsense', 'c-1'), 'nonsense');
});
