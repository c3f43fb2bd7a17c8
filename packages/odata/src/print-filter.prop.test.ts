import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { ArgumentValue, FilterExpression, JsonValue, NamedArgument } from './ast.ts';
import { parseFilter } from './parse-filter.ts';
import { parseJson } from './parse-json.ts';
import { printFilter } from './print-filter.ts';
import { printJson } from './print-json.ts';
import { withoutPositions } from './without-positions.ts';

const position = 0;

/** Words that the grammar reads as something other than a name where an operand is due. */
const reserved = new Set(['not', 'null', 'true', 'false', 'INF', 'NaN']);

const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/).filter((text) => !reserved.has(text));
const qualifiedName = fc.array(name, { minLength: 2, maxLength: 4 }).map((parts) => parts.join('.'));
const path = fc.array(name, { minLength: 1, maxLength: 3 });
const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const digits = fc.stringMatching(/^-?[0-9]{1,20}$/);

const json: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.string({ unit: 'binary', maxLength: 8 }).filter((string) => !string.includes('\0')),
    fc
      .double({ noNaN: true, noDefaultInfinity: true })
      .map((value) => ({ kind: 'number' as const, text: String(value) })),
    fc.array(tie('value'), { maxLength: 3 }),
    fc
      .uniqueArray(fc.tuple(text, tie('value')), { maxLength: 3, selector: ([key]) => key })
      .map((members) => ({ kind: 'object' as const, members: new Map(members) })),
  ),
})).value;

/** Only a list or an object can stand in a URL as JSON. */
const jsonArgument = json
  .filter((value) => Array.isArray(value) || (typeof value === 'object' && value !== null && !('text' in value)))
  .map((value) => ({ kind: 'json' as const, value, position }));

const literal = fc.oneof(
  fc.constant({ kind: 'literal' as const, type: 'null' as const, position }),
  fc.boolean().map((value) => ({ kind: 'literal' as const, type: 'boolean' as const, value, position })),
  digits.map((value) => ({ kind: 'literal' as const, type: 'integer' as const, text: value, position })),
  fc
    .stringMatching(/^-?[0-9]{1,9}\.[0-9]{1,9}$/)
    .map((value) => ({ kind: 'literal' as const, type: 'decimal' as const, text: value, position })),
  fc
    .constantFrom('INF', '-INF', 'NaN', '1e3', '-2.5E-7', '0e+0')
    .map((value) => ({ kind: 'literal' as const, type: 'double' as const, text: value, position })),
  text.map((value) => ({ kind: 'literal' as const, type: 'string' as const, text: value, position })),
  fc.uuid().map((value) => ({ kind: 'literal' as const, type: 'guid' as const, text: value, position })),
  fc
    .date({ min: new Date('1753-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
    .chain((date) =>
      fc.constantFrom(
        { kind: 'literal' as const, type: 'date' as const, text: date.toISOString().slice(0, 10), position },
        { kind: 'literal' as const, type: 'dateTimeOffset' as const, text: date.toISOString(), position },
        { kind: 'literal' as const, type: 'timeOfDay' as const, text: date.toISOString().slice(11, 19), position },
      ),
    ),
  fc.constant({ kind: 'literal' as const, type: 'duration' as const, text: 'P1DT2.5S', position }),
  fc
    .tuple(qualifiedName, text)
    .map(([typeName, value]) => ({ kind: 'literal' as const, type: 'enum' as const, typeName, text: value, position })),
);

const alias = name.map((value) => ({ kind: 'alias' as const, name: `@${value}`, position }));
const argument: fc.Arbitrary<ArgumentValue> = fc.oneof(literal, alias, jsonArgument);
const namedArguments: fc.Arbitrary<NamedArgument[]> = fc
  .uniqueArray(fc.tuple(name, argument), { maxLength: 3, selector: ([key]) => key })
  .map((items) => items.map(([key, value]) => ({ name: key, value, position })));

/** A word that ends a path and then an opening parenthesis would be a lambda. */
const isCallName = (value: string): boolean => value !== 'any' && value !== 'all';

/** Flattens what the parser never nests. */
function logical(operator: 'and' | 'or', operands: readonly FilterExpression[]): FilterExpression {
  const flat = operands.flatMap((operand) =>
    operand.kind === 'logical' && operand.operator === operator ? operand.operands : [operand],
  );
  return { kind: 'logical', operator, operands: flat, position };
}

const expression: fc.Arbitrary<FilterExpression> = fc.letrec<{ any: FilterExpression }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    path.map((value) => ({ kind: 'member' as const, path: value, position })),
    argument,
    path.map((value) => ({ kind: 'count' as const, path: value, position })),
    fc
      .tuple(fc.constantFrom('and' as const, 'or' as const), fc.array(tie('any'), { minLength: 2, maxLength: 4 }))
      .map(([operator, operands]) => logical(operator, operands)),
    tie('any').map((operand) => ({ kind: 'not' as const, operand, position })),
    tie('any').map((operand) => ({ kind: 'negate' as const, operand, position })),
    fc
      .tuple(fc.constantFrom('eq', 'ne', 'gt', 'ge', 'lt', 'le', 'has'), tie('any'), tie('any'))
      .map(([operator, left, right]) => ({ kind: 'comparison' as const, operator, left, right, position })),
    fc
      .tuple(fc.constantFrom('add', 'sub', 'mul', 'div', 'divby', 'mod'), tie('any'), tie('any'))
      .map(([operator, left, right]) => ({ kind: 'arithmetic' as const, operator, left, right, position })),
    fc
      .tuple(tie('any'), fc.array(tie('any'), { minLength: 1, maxLength: 3 }))
      .map(([left, items]) => ({ kind: 'in' as const, left, items, position })),
    fc
      .tuple(name.filter(isCallName), fc.array(tie('any'), { maxLength: 3 }))
      .map(([value, items]) => ({ kind: 'call' as const, name: value, arguments: items, position })),
    fc.tuple(path, fc.constantFrom('any', 'all'), name, tie('any')).map(([value, operator, variable, predicate]) => {
      return { kind: 'lambda' as const, operator, path: value, variable, predicate, position };
    }),
    fc.tuple(fc.array(name, { maxLength: 2 }), qualifiedName, namedArguments).map(([value, called, items]) => {
      return { kind: 'qualifiedCall' as const, path: value, name: called, arguments: items, position };
    }),
  ),
})).any;

describe('printFilter and parseFilter', () => {
  it('undo each other for any tree', () => {
    fc.assert(
      fc.property(expression, (tree) => {
        const printed = printFilter(tree);
        const parsed = parseFilter(printed);
        assert.ok(parsed.ok, parsed.ok ? '' : `${parsed.error.message} in ${printed}`);
        assert.deepEqual(withoutPositions(parsed.value), withoutPositions(tree));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('printJson and parseJson', () => {
  it('undo each other for any value', () => {
    fc.assert(
      fc.property(json, (value) => {
        assert.deepEqual(parseJson(printJson(value)), { ok: true, value });
      }),
    );
  });

  it('agree with JSON.parse on what is JSON', () => {
    fc.assert(
      fc.property(fc.json(), (source) => {
        const parsed = parseJson(source);
        // A repeated member and U+0000 are refused on purpose; fc.json() writes U+0000 as an escape.
        fc.pre(parsed.ok || !/given twice|U\+0000/.test(parsed.error.message));
        assert.ok(parsed.ok);
        assert.deepEqual(JSON.parse(printJson(parsed.value)), JSON.parse(source));
      }),
    );
  });
});
