import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parsePrefer } from './parse-prefer.ts';

describe('parsePrefer', () => {
  it('finds nothing in an absent or empty header', () => {
    for (const header of [undefined, '', ' , ,']) {
      const { sent, ...preferences } = parsePrefer(header);
      assert.deepEqual(preferences, {
        returnRepresentation: undefined,
        includeAnnotations: undefined,
        maxPageSize: undefined,
        trackChanges: false,
        continueOnError: false,
      });
      assert.ok(Object.values(sent).every((text) => text === undefined));
    }
  });

  it('reads what Dataverse clients send, and keeps each preference as sent', () => {
    const list = 'Microsoft.Dynamics.CRM.*,OData.Community.Display.V1.FormattedValue';
    const header = `return=representation,odata.include-annotations="${list}",odata.maxpagesize=9000,odata.track-changes,odata.continue-on-error`;
    assert.deepEqual(parsePrefer(header), {
      returnRepresentation: 'representation',
      includeAnnotations: list,
      maxPageSize: 9000,
      trackChanges: true,
      continueOnError: true,
      sent: {
        returnRepresentation: 'return=representation',
        includeAnnotations: `odata.include-annotations="${list}"`,
        maxPageSize: 'odata.maxpagesize=9000',
        trackChanges: 'odata.track-changes',
        continueOnError: 'odata.continue-on-error',
      },
    });
  });

  it('takes names without odata. and in any case, and blanks around signs', () => {
    const preferences = parsePrefer('MaxPageSize = "50" ; x="a,b", include-annotations=*, Continue-On-Error=false');
    assert.equal(preferences.maxPageSize, 50);
    assert.equal(preferences.includeAnnotations, '*');
    assert.equal(preferences.continueOnError, false);
    assert.equal(preferences.sent.maxPageSize, 'MaxPageSize = "50"');
  });

  it('ignores what it does not know and values that make no sense', () => {
    const header =
      'respond-async, wait=10, return=all, odata.maxpagesize=0, odata.maxpagesize=ten, odata.track-changes=1';
    const { sent, ...preferences } = parsePrefer(header);
    assert.equal(preferences.maxPageSize, undefined);
    assert.equal(preferences.returnRepresentation, undefined);
    assert.equal(preferences.trackChanges, false);
    assert.ok(Object.values(sent).every((text) => text === undefined));
  });

  it('lets the first of two count', () => {
    assert.equal(parsePrefer('return=minimal, return=representation').returnRepresentation, 'minimal');
    assert.equal(parsePrefer('odata.maxpagesize=5, maxpagesize=6').maxPageSize, 5);
  });

  it('does not look for preferences inside quotes, closed or not', () => {
    assert.equal(parsePrefer('x="a, return=minimal"').returnRepresentation, undefined);
    assert.equal(parsePrefer('odata.include-annotations="*, return=minimal').includeAnnotations, undefined);
    assert.equal(parsePrefer('odata.include-annotations="a\\"b"').includeAnnotations, 'a"b');
  });
});
