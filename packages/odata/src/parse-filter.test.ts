import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FilterExpression } from './ast.ts';
import { parseFilter } from './parse-filter.ts';
import { withoutPositions } from './without-positions.ts';

const guid = '3f2504e0-4f89-11d3-9a0c-0305e82c3301';

function tree(text: string): unknown {
  const parsed = parseFilter(text);
  assert.ok(parsed.ok, parsed.ok ? '' : parsed.error.message);
  return withoutPositions(parsed.value);
}

function message(text: string): string {
  const parsed = parseFilter(text);
  assert.ok(!parsed.ok, `${text} should not parse`);
  assert.equal(parsed.error.source, '$filter');
  return parsed.error.message;
}

const member = (...path: string[]): object => ({ kind: 'member', path });
const literal = (type: string, text: string): object => ({ kind: 'literal', type, text });
const equal = (left: object, right: object): object => ({ kind: 'comparison', operator: 'eq', left, right });

describe('parseFilter: literals', () => {
  const cases: readonly [string, object][] = [
    ['null', { kind: 'literal', type: 'null' }],
    ['true', { kind: 'literal', type: 'boolean', value: true }],
    ['false', { kind: 'literal', type: 'boolean', value: false }],
    ['42', literal('integer', '42')],
    ['-1', literal('integer', '-1')],
    ['9223372036854775807', literal('integer', '9223372036854775807')],
    ['1.50', literal('decimal', '1.50')],
    ['1e3', literal('double', '1e3')],
    ['-1.5E-3', literal('double', '-1.5E-3')],
    ['INF', literal('double', 'INF')],
    ['-INF', literal('double', '-INF')],
    ['NaN', literal('double', 'NaN')],
    ["''", literal('string', '')],
    ["'O''Brien'", literal('string', "O'Brien")],
    ["''''''", literal('string', "''")],
    [guid, literal('guid', guid)],
    [guid.toUpperCase(), literal('guid', guid)],
    [`{${guid}}`, literal('guid', guid)],
    ['abcdef01-0000-0000-0000-000000000000', literal('guid', 'abcdef01-0000-0000-0000-000000000000')],
    ['2024-05-01', literal('date', '2024-05-01')],
    ['2024-02-29', literal('date', '2024-02-29')],
    ['2024-05-01T00:00:00Z', literal('dateTimeOffset', '2024-05-01T00:00:00Z')],
    ['2024-05-01T00:00:00.123+02:00', literal('dateTimeOffset', '2024-05-01T00:00:00.123+02:00')],
    ['2024-05-01T00:00-14:00', literal('dateTimeOffset', '2024-05-01T00:00-14:00')],
    ['2024-05-01T00:00', literal('dateTimeOffset', '2024-05-01T00:00')],
    ['23:59:59.9', literal('timeOfDay', '23:59:59.9')],
    ["duration'-P1DT2H'", literal('duration', '-P1DT2H')],
    ["binary'AQ=='", literal('binary', 'AQ==')],
    [
      "Microsoft.Dynamics.CRM.OwnershipTypes'UserOwned'",
      { ...literal('enum', 'UserOwned'), typeName: 'Microsoft.Dynamics.CRM.OwnershipTypes' },
    ],
  ];
  for (const [text, expected] of cases) {
    it(`reads ${text} alone and as an operand`, () => {
      assert.deepEqual(tree(text), expected);
      assert.deepEqual(tree(`name eq ${text}`), equal(member('name'), expected));
    });
  }

  for (const text of [
    '2024-02-30',
    '2023-02-29',
    '0000-01-01',
    '2024-13-01',
    '2024-5-1',
    '2024-05-01T24:00:00Z',
    '2024-05-01T00:60:00Z',
    '2024-05-01T00:00:00+15:00',
    '2024-05-01T00:00:00 02:00',
    '2024-05-01T00:00:00.1234567890123Z',
    '25:00',
    '1.',
    '.5',
    '1e',
    '12abc',
    "duration'x'",
    "color'red'",
    `${guid}0`,
  ]) {
    it(`refuses ${text}`, () => {
      assert.match(message(`a eq ${text}`), /^Syntax error at position \d+ in /);
    });
  }

  it('refuses numbers of more than 400 characters', () => {
    assert.match(message('9'.repeat(401)), /longer than 400/);
    assert.deepEqual(tree('9'.repeat(400)), literal('integer', '9'.repeat(400)));
  });
});

describe('parseFilter: operators', () => {
  it('binds and tighter than or', () => {
    const parsed = parseFilter('a or b and c');
    assert.deepEqual(parsed, {
      ok: true,
      value: {
        kind: 'logical',
        operator: 'or',
        position: 0,
        operands: [
          { kind: 'member', path: ['a'], position: 0 },
          {
            kind: 'logical',
            operator: 'and',
            position: 5,
            operands: [
              { kind: 'member', path: ['b'], position: 5 },
              { kind: 'member', path: ['c'], position: 11 },
            ],
          },
        ],
      },
    });
  });

  it('flattens parentheses that repeat the operator', () => {
    assert.deepEqual(tree('(a or (b or c)) or d'), tree('a or b or c or d'));
  });

  it('lets not take a whole comparison', () => {
    const negated = { kind: 'not', operand: equal(member('a'), literal('integer', '1')) };
    assert.deepEqual(tree('not a eq 1'), negated);
    assert.deepEqual(tree('not(a eq 1)'), negated);
    assert.deepEqual(tree('not a eq 1 and b'), { kind: 'logical', operator: 'and', operands: [negated, member('b')] });
  });

  it('reads names that merely start like an operator or a keyword', () => {
    assert.deepEqual(tree('notes eq nullable'), equal(member('notes'), member('nullable')));
    assert.deepEqual(tree('android eq oracle'), equal(member('android'), member('oracle')));
  });

  it('binds mul tighter than add, and both tighter than comparisons', () => {
    assert.deepEqual(tree('a add b mul -c eq 1'), {
      kind: 'comparison',
      operator: 'eq',
      left: {
        kind: 'arithmetic',
        operator: 'add',
        left: member('a'),
        right: {
          kind: 'arithmetic',
          operator: 'mul',
          left: member('b'),
          right: { kind: 'negate', operand: member('c') },
        },
      },
      right: literal('integer', '1'),
    });
  });

  it('groups arithmetic of equal strength to the left', () => {
    const inner = { kind: 'arithmetic', operator: 'sub', left: member('a'), right: member('b') };
    assert.deepEqual(tree('a sub b sub c'), { kind: 'arithmetic', operator: 'sub', left: inner, right: member('c') });
  });

  for (const operator of ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'has']) {
    it(`reads ${operator}`, () => {
      const expected = { kind: 'comparison', operator, left: member('a'), right: literal('integer', '1') };
      assert.deepEqual(tree(`a ${operator} 1`), expected);
    });
  }

  for (const operator of ['add', 'sub', 'mul', 'div', 'divby', 'mod']) {
    it(`reads ${operator}`, () => {
      assert.deepEqual(tree(`a ${operator} b`), {
        kind: 'arithmetic',
        operator,
        left: member('a'),
        right: member('b'),
      });
    });
  }

  it('reads in with a list', () => {
    const items = [literal('integer', '1'), literal('string', 'x')];
    assert.deepEqual(tree("a in ( 1 ,'x')"), { kind: 'in', left: member('a'), items });
  });

  it('tells a negative literal from a negated expression', () => {
    assert.deepEqual(tree('- 1'), { kind: 'negate', operand: literal('integer', '1') });
    assert.deepEqual(tree('--1'), { kind: 'negate', operand: literal('integer', '-1') });
  });
});

describe('parseFilter: paths and calls', () => {
  it('reads property paths', () => {
    assert.deepEqual(
      tree('primarycontactid/fullname eq x'),
      equal(member('primarycontactid', 'fullname'), member('x')),
    );
  });

  it('reads canonical functions', () => {
    assert.deepEqual(tree("contains( name , 'x' )"), {
      kind: 'call',
      name: 'contains',
      arguments: [member('name'), literal('string', 'x')],
    });
    assert.deepEqual(tree('now()'), { kind: 'call', name: 'now', arguments: [] });
  });

  it('reads lambdas, also nested and without a predicate', () => {
    const inner = { kind: 'lambda', operator: 'all', path: ['o', 'lines'], variable: 'l', predicate: member('l', 'a') };
    assert.deepEqual(tree('orders/any(o:o/lines/all(l:l/a))'), {
      kind: 'lambda',
      operator: 'any',
      path: ['orders'],
      variable: 'o',
      predicate: inner,
    });
    assert.deepEqual(tree('orders/any()'), {
      kind: 'lambda',
      operator: 'any',
      path: ['orders'],
      variable: undefined,
      predicate: undefined,
    });
    assert.match(message('orders/all()'), /position 11/);
  });

  it('reads query functions with JSON lists, alone, under a path and under a lambda variable', () => {
    const call = (path: string[]): object => ({
      kind: 'qualifiedCall',
      path,
      name: 'Microsoft.Dynamics.CRM.In',
      arguments: [
        { name: 'PropertyName', value: literal('string', 'c') },
        { name: 'PropertyValues', value: { kind: 'json', value: ['a', "it's"] } },
      ],
    });
    const text = `Microsoft.Dynamics.CRM.In(PropertyName='c',PropertyValues=["a","it's"])`;
    assert.deepEqual(tree(text), call([]));
    assert.deepEqual(tree(`nav/${text}`), call(['nav']));
    assert.deepEqual(tree(`n/any(o:o/${text})`), {
      kind: 'lambda',
      operator: 'any',
      path: ['n'],
      variable: 'o',
      predicate: call(['o']),
    });
    assert.deepEqual(tree(`Microsoft.Dynamics.CRM.In(PropertyName='c',PropertyValues=['a','it''s'])`), call([]));
  });

  it('reads $count under a path, aliases and JSON', () => {
    assert.deepEqual(tree('nav/$count gt 1'), {
      kind: 'comparison',
      operator: 'gt',
      left: { kind: 'count', path: ['nav'] },
      right: literal('integer', '1'),
    });
    assert.deepEqual(tree('name eq @p'), equal(member('name'), { kind: 'alias', name: '@p' }));
    const members = new Map([['@odata.id', 'accounts(1)']]);
    assert.deepEqual(tree("{'@odata.id':'accounts(1)'}"), { kind: 'json', value: { kind: 'object', members } });
  });
});

describe('parseFilter: errors', () => {
  it('reports a quote that is never closed in the shape of Dataverse', () => {
    assert.equal(message("name eq 'x"), "There is an unterminated literal at position 10 in 'name eq 'x'.");
  });

  it('names the position and what was expected', () => {
    assert.equal(
      message('name eq )'),
      "Syntax error at position 8 in 'name eq )'. Expected a property, a value or '(' but found ')'.",
    );
    assert.equal(
      message(''),
      "Syntax error at position 0 in ''. Expected a property, a value or '(' but found the end.",
    );
  });

  for (const text of [
    'a EQ 1',
    'a eq 1 AND b',
    'a eq',
    'a eq 1 b',
    'a eq 1 eq 2',
    '(a',
    'a)',
    'a in 1',
    'a in ()',
    'a/',
    'a/b(1)',
    'n/any(o)',
    'n/any(o:)',
    'contains(a,)',
    'a/$value eq 1',
    'X.Y(1)',
    "X.Y(a='1',a='2')",
    'a eq [1',
    'a eq {"a":1,"a":2}',
    'a & b',
    'näme eq 1',
    'a eq "x"',
  ]) {
    it(`refuses ${text}`, () => {
      assert.match(message(text), /^Syntax error at position \d+ in '.*'\. .+\.$/s);
    });
  }

  it('repeats at most 200 characters of the text, and no half of a character', () => {
    assert.ok(message(`${'a'.repeat(300)} !`).length < 300);
    assert.ok(message(`'${'😀'.repeat(300)}`).isWellFormed());
  });
});

describe('parseFilter: limits', () => {
  const nest = (open: string, close: string, count: number): string => `${open.repeat(count)}a${close.repeat(count)}`;

  for (const [open, close] of [
    ['(', ')'],
    ['not ', ''],
    ['f(', ')'],
    ['n/any(o:', ')'],
    ['-', ''],
  ] as const) {
    it(`allows 60 levels of "${open}" and refuses more`, () => {
      assert.ok(parseFilter(nest(open, close, 60)).ok);
      for (const count of [61, 500, 30_000]) {
        assert.equal(message(nest(open, close, count)), 'Recursion depth exceeded allowed limit.');
      }
    });
  }

  it('refuses JSON nested deeper than 60', () => {
    assert.ok(parseFilter(`${'['.repeat(60)}${']'.repeat(60)}`).ok);
    assert.equal(message('['.repeat(30_000)), 'Recursion depth exceeded allowed limit.');
  });

  it('refuses open parentheses without end', () => {
    assert.equal(message('('.repeat(30_000)), 'Recursion depth exceeded allowed limit.');
  });

  it('keeps chains of thousands of terms flat', () => {
    for (const operator of ['or', 'and'] as const) {
      const parsed = parseFilter(`${`a eq 1 ${operator} `.repeat(32_000)}a eq 1`);
      assert.ok(parsed.ok && parsed.value.kind === 'logical');
      assert.equal(parsed.value.operands.length, 32_001);
    }
  });

  it('bounds the depth of arithmetic chains, which nest to the left', () => {
    assert.ok(parseFilter(`a${' add a'.repeat(201)}`).ok);
    assert.equal(message(`a${' add a'.repeat(202)}`), 'Recursion depth exceeded allowed limit.');
  });

  it('gives every node the offset where its text starts', () => {
    const parsed = parseFilter("  a eq 'x'");
    assert.ok(parsed.ok);
    const { position, left, right } = parsed.value as Extract<FilterExpression, { kind: 'comparison' }>;
    assert.deepEqual([position, left.position, right.position], [2, 2, 7]);
  });
});
