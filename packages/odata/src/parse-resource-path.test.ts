import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ResourcePath } from './ast.ts';
import { parseResourcePath } from './parse-resource-path.ts';
import { withoutPositions } from './without-positions.ts';

const guid = '3f2504e0-4f89-11d3-9a0c-0305e82c3301';

function segments(path: string): ResourcePath {
  const parsed = parseResourcePath(path);
  assert.ok(parsed.ok, parsed.ok ? '' : parsed.error.message);
  return parsed.value;
}

/** The segment `set(key)` with this key in it. */
function key(text: string): unknown {
  const [segment] = segments(`set(${text})`);
  return withoutPositions(segment?.kind === 'name' ? segment.parentheses : undefined);
}

const single = (type: string, text: string): object => ({ kind: 'single', value: { kind: 'literal', type, text } });

describe('parseResourcePath', () => {
  it('gives no segments for the root', () => {
    assert.deepEqual(segments(''), []);
  });

  it('reads names, system segments and positions', () => {
    assert.deepEqual(segments(`accounts(${guid})/contact_customer_accounts/$ref`), [
      {
        kind: 'name',
        name: 'accounts',
        isQualified: false,
        parentheses: { kind: 'single', value: { kind: 'literal', type: 'guid', text: guid, position: 9 } },
        position: 0,
      },
      {
        kind: 'name',
        name: 'contact_customer_accounts',
        isQualified: false,
        parentheses: undefined,
        position: 47,
      },
      { kind: '$ref', position: 73 },
    ]);
    for (const name of ['$count', '$value', '$ref', '$metadata', '$batch']) {
      assert.deepEqual(segments(name), [{ kind: name, position: 0 }]);
    }
  });

  it('tolerates one slash at the end', () => {
    assert.deepEqual(segments('accounts/'), segments('accounts'));
  });

  it('marks qualified names and reads their arguments', () => {
    const [, call] = segments(`systemusers(${guid})/Microsoft.Dynamics.CRM.RetrievePrincipalAccess(Target=@t)`);
    assert.deepEqual(withoutPositions(call), {
      kind: 'name',
      name: 'Microsoft.Dynamics.CRM.RetrievePrincipalAccess',
      isQualified: true,
      parentheses: { kind: 'named', items: [{ name: 'Target', value: { kind: 'alias', name: '@t' } }] },
    });
    const cast = segments("EntityDefinitions(LogicalName='account')/Attributes/Microsoft.Dynamics.CRM.X").at(2);
    assert.equal(cast?.kind === 'name' && cast.isQualified, true);
  });

  it('reads keys of every form', () => {
    assert.deepEqual(key(''), { kind: 'empty' });
    assert.deepEqual(key(guid.toUpperCase()), single('guid', guid));
    assert.deepEqual(key(`%7B${guid}%7D`), single('guid', guid));
    assert.deepEqual(key(`'${guid}'`), single('string', guid));
    assert.deepEqual(key("'O''Brien'"), single('string', "O'Brien"));
    assert.deepEqual(key('%27O%27%27Brien%27'), single('string', "O'Brien"));
    assert.deepEqual(key('-12'), single('integer', '-12'));
    assert.deepEqual(key('@p'), { kind: 'single', value: { kind: 'alias', name: '@p' } });
    assert.deepEqual(key("key1=2, key2 = 'a'"), {
      kind: 'named',
      items: [
        { name: 'key1', value: { kind: 'literal', type: 'integer', text: '2' } },
        { name: 'key2', value: { kind: 'literal', type: 'string', text: 'a' } },
      ],
    });
    assert.deepEqual(key("Names=['a/b)']"), {
      kind: 'named',
      items: [{ name: 'Names', value: { kind: 'json', value: ['a/b)'] } }],
    });
  });

  it('keeps slashes inside quotes, raw or encoded', () => {
    for (const slash of ['/', '%2F', '%2f']) {
      const path = segments(`accounts(name='a${slash}b%20c')/name`);
      assert.equal(path.length, 2);
      assert.deepEqual(path[0]?.kind === 'name' && withoutPositions(path[0].parentheses), {
        kind: 'named',
        items: [{ name: 'name', value: { kind: 'literal', type: 'string', text: 'a/b c' } }],
      });
    }
  });

  it('does not take an encoded slash for a separator', () => {
    assert.equal(parseResourcePath('accounts%2Fname').ok, false);
    assert.equal(parseResourcePath('accounts(1)%2fname').ok, false);
  });

  it('leaves unknown names to the planner, whatever they look like', () => {
    for (const name of ['$x', '$1', 'no-such.set', '..', 'ünknown', '$Count']) {
      const [segment] = segments(name);
      assert.equal(segment?.kind === 'name' && segment.name, name);
    }
  });

  for (const path of [
    'a//b',
    '/',
    '/a',
    'a(',
    'a(1',
    "a('x",
    'a(1)(2)',
    'a(1)b',
    'a)',
    'a(abc)',
    'a(x=1,x=2)',
    'a(x=1,2)',
    'a(1,2)',
    'a%',
    'a%FF',
    'a%00',
    'a b',
    "'a'",
    `a(${'['.repeat(1000)}`,
  ]) {
    it(`refuses ${path.slice(0, 20)}`, () => {
      const parsed = parseResourcePath(path);
      assert.equal(!parsed.ok && parsed.error.source, 'path');
    });
  }
});
