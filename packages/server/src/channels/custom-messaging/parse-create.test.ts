import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MessagingProblem, type ProblemName } from './messaging-problem.ts';
import { parseCreate } from './parse-create.ts';

const customercontext = { customerid: 'c-1' };

function items(count: number): Record<string, { value: string; isDisplayable: boolean }> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`n${index}`, { value: 'v', isDisplayable: true }]),
  );
}

describe('the body of conversation/create', () => {
  test('gives customer, context and first message', () => {
    const request = parseCreate({
      customercontext: { customerid: ' c-1 ', firstname: 'Ada', lastname: 'Byron', email: 'ada@example.com', other: 1 },
      conversationcontext: {
        order: { value: 'A1', isDisplayable: true },
        amount: { value: 12.5 },
        isVip: true,
        none: null,
      },
      conversationrequestid: 'r-1',
      startmessage: { message: 'Hello', displayname: 'A.' },
      skipdeflectionbot: true,
      unknown: {},
    });
    assert.deepEqual(request, {
      customerId: 'c-1',
      contactId: null,
      customerName: 'Ada Byron',
      context: {
        order: 'A1',
        amount: 12.5,
        isVip: 'true',
        customerid: 'c-1',
        firstname: 'Ada',
        lastname: 'Byron',
        email: 'ada@example.com',
      },
      requestId: 'r-1',
      startMessage: 'Hello',
    });
  });

  test('calls the customer as they prefer, else by name, else as the first message says', () => {
    const name = (context: object, displayname?: string): string | null =>
      parseCreate({ customercontext: { ...customercontext, ...context }, startmessage: { message: 'x', displayname } })
        .customerName;
    assert.equal(name({ preferredname: 'Countess', firstname: 'Ada' }, 'A.'), 'Countess');
    assert.equal(name({ firstname: 'Ada' }, 'A.'), 'Ada');
    assert.equal(name({}, 'A.'), 'A.');
    assert.equal(name({}), null);
  });

  test('lets no context item say who the customer is', () => {
    const { context } = parseCreate({
      customercontext: { customerid: 'c-1', email: 'true@example.com' },
      conversationcontext: { email: 'false@example.com', __proto__: null },
    });
    assert.equal(context['email'], 'true@example.com');
  });

  const cases: readonly [string, Record<string, unknown>, ProblemName][] = [
    ['no customer', {}, 'body'],
    ['a customer without id', { customercontext: { customerid: ' ' } }, 'body'],
    ['a customer id that is a number', { customercontext: { customerid: 7 } }, 'body'],
    ['a name of 201 characters', { customercontext: { ...customercontext, firstname: 'x'.repeat(201) } }, 'body'],
    ['a contact id that is no GUID', { customercontext: { ...customercontext, contactid: 'x' } }, 'id'],
    ['a context that is a list', { customercontext, conversationcontext: [] }, 'body'],
    ['a context value that is an object', { customercontext, conversationcontext: { a: { value: {} } } }, 'body'],
    ['101 context items', { customercontext, conversationcontext: items(101) }, 'contextTooLarge'],
    [
      'a first message of more than 27 KB',
      { customercontext, startmessage: { message: 'ü'.repeat(14_000) } },
      'textTooLong',
    ],
    ['an empty first message', { customercontext, startmessage: { message: ' ' } }, 'emptyMessage'],
    ['a first message with the character 0', { customercontext, startmessage: { message: 'a\0' } }, 'notStorable'],
    ['half a character', { customercontext: { customerid: '\ud800' } }, 'notStorable'],
    ['a long request id', { customercontext, conversationrequestid: 'x'.repeat(201) }, 'id'],
  ];
  for (const [what, body, problem] of cases)
    test(`is refused with ${what}`, () => {
      assert.throws(
        () => parseCreate(body),
        (error) => error instanceof MessagingProblem && error.problem === problem,
      );
    });

  test('may hold exactly 100 context items', () => {
    assert.equal(Object.keys(parseCreate({ customercontext, conversationcontext: items(100) }).context).length, 101);
  });
});
