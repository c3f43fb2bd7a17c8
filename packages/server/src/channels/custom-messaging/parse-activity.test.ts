import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MessagingProblem, type ProblemName } from './messaging-problem.ts';
import { type GivenFile, parseActivity } from './parse-activity.ts';

const guid = '0190a0c4-7d2e-7b41-8f00-00000000000A';

function fileOf(file: object): GivenFile | undefined {
  const activity = parseActivity({ type: 'message', attachments: [file] });
  return activity.type === 'message' ? activity.files[0] : undefined;
}

describe('activities of the customer', () => {
  test('may be a message', () => {
    assert.deepEqual(parseActivity({ type: 'message', id: 'a1', text: '*Hi*', textFormat: 'markdown', from: {} }), {
      type: 'message',
      id: 'a1',
      text: '*Hi*',
      contentType: 'text/markdown',
      files: [],
    });
  });

  test('may be typing, the end, or an event', () => {
    assert.deepEqual(parseActivity({ type: 'typing' }), { type: 'typing', id: null });
    assert.deepEqual(parseActivity({ type: 'endOfConversation', id: '' }), { type: 'endOfConversation', id: null });
    const read = parseActivity({ type: 'event', name: 'MessageRead', value: { messageId: guid } });
    assert.equal(read.type === 'event' && read.readMessageId, guid.toLowerCase());
    const own = parseActivity({ type: 'event', name: 'CartChanged', value: [1] });
    assert.equal(own.type === 'event' && own.readMessageId, null);
  });

  const cases: readonly [string, Record<string, unknown>, ProblemName][] = [
    ['no type', { text: 'x' }, 'body'],
    ['another type', { type: 'invoke' }, 'body'],
    ['6,001 characters', { type: 'message', text: 'x'.repeat(6001) }, 'textTooLong'],
    ['nothing in it', { type: 'message', text: ' \n' }, 'emptyMessage'],
    ['a text that is none', { type: 'message', text: {} }, 'body'],
    ['a long id', { type: 'message', text: 'x', id: 'x'.repeat(201) }, 'id'],
    ['an event without a name', { type: 'event' }, 'body'],
    ['a read message that is no GUID', { type: 'event', name: 'MessageRead', value: { messageId: 'x' } }, 'id'],
    ['a read message without a value', { type: 'event', name: 'MessageRead' }, 'body'],
    ['attachments that are no list', { type: 'message', attachments: {} }, 'body'],
    ['eleven attachments', { type: 'message', attachments: Array(11).fill({ content: 'aGk=' }) }, 'body'],
    ['an attachment without content', { type: 'message', attachments: [{ name: 'x' }] }, 'body'],
    ['an attachment that is not base64', { type: 'message', attachments: [{ content: 'a b' }] }, 'body'],
    ['a data URL that is not base64', { type: 'message', attachments: [{ contentUrl: 'data:text/plain,hi' }] }, 'body'],
    [
      'a media type that is none',
      { type: 'message', attachments: [{ content: 'aGk=', contentType: 'x\r\ny' }] },
      'body',
    ],
  ];
  for (const [what, body, problem] of cases)
    test(`are refused with ${what}`, () => {
      assert.throws(
        () => parseActivity(body),
        (error) => error instanceof MessagingProblem && error.problem === problem,
      );
    });
});

describe('files of a message', () => {
  test('come as base64, as a data URL, or from an address', () => {
    const bytes = Buffer.from('hi');
    assert.deepEqual(fileOf({ name: 'a.txt', contentType: 'text/plain; charset=utf-8', content: 'aGk=' }), {
      name: 'a.txt',
      contentType: 'text/plain',
      source: { kind: 'content', bytes },
    });
    assert.deepEqual(fileOf({ contentUrl: 'data:image/png;name=a;base64,aGk=' }), {
      name: 'attachment',
      contentType: 'image/png',
      source: { kind: 'content', bytes },
    });
    assert.deepEqual(fileOf({ name: 'b.pdf', contentUrl: 'https://example.com/b.pdf' }), {
      name: 'b.pdf',
      contentType: undefined,
      source: { kind: 'url', url: 'https://example.com/b.pdf' },
    });
  });

  for (const [given, expected] of [
    ['../../etc/passwd', 'passwd'],
    ['C:\\temp\\bill.pdf', 'bill.pdf'],
    ['a\r\nb.txt', 'ab.txt'],
    ['..', 'attachment'],
    ['gpj.\u202eexe', 'gpj.exe'],
    ['', 'attachment'],
  ] as const)
    test(`${JSON.stringify(given)} is called ${expected}`, () => {
      assert.equal(fileOf({ name: given, content: 'aGk=' })?.name, expected);
    });
});
