import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ExpandItem } from './ast.ts';
import { parseExpand } from './parse-expand.ts';

function items(text: string): readonly ExpandItem[] {
  const parsed = parseExpand(text);
  assert.ok(parsed.ok, parsed.ok ? '' : parsed.error.message);
  return parsed.value;
}

describe('parseExpand', () => {
  it('reads every nested option, with positions in the whole text', () => {
    const [item] = items("nav($select=a,b; $filter=a eq ';)' ;$orderby=a desc;$top=3;$expand=inner($select=c))");
    assert.ok(item);
    assert.deepEqual(item.path, ['nav']);
    assert.deepEqual(item.options.select, [
      { path: ['a'], position: 12 },
      { path: ['b'], position: 14 },
    ]);
    assert.equal(item.options.filter?.kind, 'comparison');
    assert.equal(item.options.filter?.position, 25);
    assert.deepEqual(item.options.orderBy?.[0]?.direction, 'desc');
    assert.equal(item.options.top, 3);
    assert.deepEqual(item.options.expand?.[0]?.options.select?.[0]?.path, ['c']);
  });

  it('reads several items, suffixes, casts and the star', () => {
    const list = items('a, b/$ref,c/$count,d/X.Y/e,*,f()');
    assert.deepEqual(
      list.map(({ path, suffix }) => [path.join('/'), suffix]),
      [
        ['a', undefined],
        ['b', '$ref'],
        ['c', '$count'],
        ['d/X.Y/e', undefined],
        ['*', undefined],
        ['f', undefined],
      ],
    );
  });

  it('keeps the raw text of options it does not know', () => {
    const [item] = items(`nav($skip=2;$levels=max;$search="a;b" or (c;d);$compute='x)' as y;$top=1)`);
    assert.deepEqual(
      [...(item?.options.unsupported ?? [])],
      [
        ['$skip', '2'],
        ['$levels', 'max'],
        ['$search', '"a;b" or (c;d)'],
        ['$compute', "'x)' as y"],
      ],
    );
    assert.equal(item?.options.top, 1);
  });

  for (const text of [
    '',
    'a,',
    'a(',
    'a($select=b',
    'a($select)',
    'a(select=b)',
    'a($select=)',
    'a($top=x)',
    'a($select=b;$select=c)',
    'a($select=b$top=1)',
    'a/$value',
    'a)',
    'a($search="x)',
  ]) {
    it(`refuses '${text}'`, () => {
      const parsed = parseExpand(text);
      assert.equal(!parsed.ok && parsed.error.source, '$expand');
    });
  }

  it('allows 60 levels and refuses more', () => {
    const nest = (count: number): string => `${'a($expand='.repeat(count)}a${')'.repeat(count)}`;
    assert.ok(parseExpand(nest(60)).ok);
    for (const count of [61, 5_000]) {
      const parsed = parseExpand(nest(count));
      assert.equal(!parsed.ok && parsed.error.message, 'Recursion depth exceeded allowed limit.');
    }
  });
});
