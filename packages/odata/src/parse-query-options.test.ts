import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SyntaxProblem, SystemQueryOptions } from './ast.ts';
import { parseQueryOptions } from './parse-query-options.ts';

function options(query: string): SystemQueryOptions {
  const parsed = parseQueryOptions(query);
  assert.ok(parsed.ok, parsed.ok ? '' : parsed.error.message);
  return parsed.value;
}

function problem(query: string): SyntaxProblem {
  const parsed = parseQueryOptions(query);
  assert.ok(!parsed.ok, `${query} should not parse`);
  return parsed.error;
}

describe('parseQueryOptions', () => {
  it('leaves everything absent for an empty query', () => {
    for (const query of ['', '&', '&&']) {
      const { unsupported, aliases, custom, ...system } = options(query);
      assert.ok(Object.values(system).every((value) => value === undefined));
      assert.deepEqual([unsupported.size, aliases.size, custom.size], [0, 0, 0]);
    }
  });

  it('reads the system options, encoded or not', () => {
    const read = options(
      '$select=name&%24filter=name%20eq+%27a%26b%3D%2B%27&$orderby=name&$expand=nav&$top=5&$count=true' +
        '&$apply=aggregate($count as n)&$skiptoken=a%2520b&$deltatoken=1%212&$id=x',
    );
    assert.deepEqual(read.select, [{ path: ['name'], position: 0 }]);
    assert.deepEqual(read.filter, {
      kind: 'comparison',
      operator: 'eq',
      left: { kind: 'member', path: ['name'], position: 0 },
      right: { kind: 'literal', type: 'string', text: 'a&b=+', position: 8 },
      position: 0,
    });
    assert.equal(read.orderBy?.length, 1);
    assert.equal(read.expand?.length, 1);
    assert.equal(read.top, 5);
    assert.equal(read.count, true);
    assert.equal(read.apply, 'aggregate($count as n)');
    assert.equal(read.skipToken, 'a%20b');
    assert.equal(read.deltaToken, '1!2');
    assert.equal(read.id, 'x');
  });

  it('treats names as case-sensitive and collects the unknown ones', () => {
    const read = options('$Select=name&$skip=5&$format=json');
    assert.equal(read.select, undefined);
    assert.deepEqual(
      [...read.unsupported],
      [
        ['$Select', 'name'],
        ['$skip', '5'],
        ['$format', 'json'],
      ],
    );
  });

  it('keeps the first of each custom option', () => {
    const read = options('fetchXml=%3Cfetch%3E&tag=a%20b&tag=c&flag&=x');
    assert.deepEqual(
      [...read.custom],
      [
        ['fetchXml', '<fetch>'],
        ['tag', 'a b'],
        ['flag', ''],
        ['', 'x'],
      ],
    );
  });

  it('reads aliases as literals, expressions, or JSON quoted either way', () => {
    const read = options(
      `@a='x'&@b=["p",'q']&@c={'@odata.id':'accounts(1)'}&@d=name&@e=Microsoft.Dynamics.CRM.T'V'` +
        '&@f={3f2504e0-4f89-11d3-9a0c-0305e82c3301}&@g=a eq 1',
    );
    const kinds = [...read.aliases].map(([name, value]) => [name, value.kind]);
    assert.deepEqual(kinds, [
      ['@a', 'literal'],
      ['@b', 'json'],
      ['@c', 'json'],
      ['@d', 'member'],
      ['@e', 'literal'],
      ['@f', 'literal'],
      ['@g', 'comparison'],
    ]);
    const members = new Map([['@odata.id', 'accounts(1)']]);
    assert.deepEqual(read.aliases.get('@c'), { kind: 'json', value: { kind: 'object', members }, position: 0 });
  });

  for (const [query, source] of [
    ['$select=a&$select=b', '$select'],
    ['$skip=1&$skip=2', '$skip'],
    ['@p=1&@p=2', '@p'],
    ['$select=', '$select'],
    ['$filter=', '$filter'],
    ['$filter=a eq', '$filter'],
    ['$expand=a(', '$expand'],
    ['$orderby', '$orderby'],
    ['$top=-1', '$top'],
    ['$count=True', '$count'],
    ['@p={', '@p'],
    ['$filter=%', '$filter'],
    ['$filter=%C3', '$filter'],
    ['a%zz=1', 'query'],
    ['tag=%00', 'tag'],
  ] as const) {
    it(`refuses ${query} and names ${source}`, () => {
      assert.equal(problem(query).source, source);
    });
  }
});
