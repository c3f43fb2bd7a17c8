/** Whatever a body holds, it is read or refused: nothing else is thrown. */
import { test } from 'node:test';
import fc from 'fast-check';
import { MessagingProblem } from './messaging-problem.ts';
import { parseActivity } from './parse-activity.ts';
import { parseCreate } from './parse-create.ts';
import { type JsonObject, parseBody } from './read-values.ts';

const names = fc.constantFrom(
  'type',
  'text',
  'id',
  'name',
  'value',
  'attachments',
  'customercontext',
  'conversationcontext',
  'startmessage',
  'customerid',
  'contactid',
  'conversationrequestid',
  'message',
  'messageId',
  'content',
  'contentUrl',
  'contentType',
  '__proto__',
);
const leaf = fc.oneof(
  fc.constantFrom(
    'message',
    'typing',
    'event',
    'endOfConversation',
    'MessageRead',
    'data:;base64,aGk=',
    'data:',
    '\ud800',
    '\0',
  ),
  fc.jsonValue({ maxDepth: 1 }),
);
const { body } = fc.letrec<{ body: JsonObject; member: unknown }>((tie) => ({
  body: fc.dictionary(names, tie('member'), { maxKeys: 6 }),
  member: fc.oneof({ maxDepth: 3 }, leaf, tie('body'), fc.array(tie('member'), { maxLength: 3 })),
}));

function requireExpected(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof MessagingProblem)) throw error;
  }
}

for (const [name, parse] of [
  ['activities', parseActivity],
  ['requests for a conversation', parseCreate],
] as const)
  test(`${name} are read or refused`, () => {
    fc.assert(fc.property(body, (value) => requireExpected(() => parse(value))));
  });

test('bodies are read or refused', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => requireExpected(() => parseBody(text))));
});
