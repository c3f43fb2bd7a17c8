/** Reading the configured issuers and public clients. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseIssuers, parsePublicClients } from './configuration.ts';

test('no configuration means none', () => {
  assert.deepEqual(parseIssuers(undefined), []);
  assert.deepEqual(parsePublicClients(' '), []);
});

test('an issuer is read with its one audience as a list', () => {
  const text = JSON.stringify([
    { issuer: 'https://idp.example/v2.0', audience: 'api://parley', map: 'domainname', subjectClaim: 'upn' },
  ]);
  assert.deepEqual(parseIssuers(text), [
    { issuer: 'https://idp.example/v2.0', audience: ['api://parley'], map: 'domainname', subjectClaim: 'upn' },
  ]);
});

test('a public client is read', () => {
  const client = { clientId: 'portal', name: 'Portal', redirectUris: ['https://portal.example/'] };
  assert.deepEqual(parsePublicClients(JSON.stringify([client])), [{ ...client, native: false }]);
});

const mistakes: Array<[string, RegExp]> = [
  ['{', /PARLEY_ISSUERS is not JSON/],
  ['{}', /must be a JSON list/],
  ['[null]', /entry 1: must be an object/],
  ['[{"issuer":"idp","audience":"a"}]', /entry 1: "issuer" must be/],
  [
    '[{"issuer":"https://a.example","audience":"a"},{"issuer":"https://b.example","audience":[]}]',
    /entry 2: "audience" must be/,
  ],
  ['[{"issuer":"https://a.example","audience":"a","jwksUri":"file:///keys"}]', /"jwksUri" must be/],
  ['[{"issuer":"https://a.example","audience":"a","map":"fullname"}]', /"map" must be one of systemuserid/],
];
for (const [text, message] of mistakes) {
  test(`a mistake is named: ${text.slice(0, 60)}`, () => {
    assert.throws(() => parseIssuers(text), { name: 'RangeError', message });
  });
}
