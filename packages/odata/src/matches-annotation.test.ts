import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { matchesAnnotation } from './matches-annotation.ts';

const name = 'Microsoft.Dynamics.CRM.lookuplogicalname';

describe('matchesAnnotation', () => {
  for (const pattern of [
    '*',
    name,
    'Microsoft.Dynamics.CRM.*',
    'Microsoft.*',
    ` a.b , ${name} `,
    `*,-OData.*`,
    `-*,${name}`,
    `-Microsoft.*,Microsoft.Dynamics.CRM.*`,
    `Microsoft.Dynamics.CRM.*,-Microsoft.*`,
    `-${name},${name}`,
  ]) {
    it(`includes by '${pattern}'`, () => assert.equal(matchesAnnotation(pattern, name), true));
  }

  for (const pattern of [
    '',
    ',',
    '-',
    '-*',
    'OData.*',
    'Microsoft.Dynamics.CRM',
    'Microsoft.Dyn*',
    'microsoft.dynamics.crm.*',
    `${name}x`,
    `${name}.*`,
    `*,-${name}`,
    `-${name},*`,
    `*,-Microsoft.Dynamics.CRM.*`,
    `${name},-${name}`,
  ]) {
    it(`excludes by '${pattern}'`, () => assert.equal(matchesAnnotation(pattern, name), false));
  }
});
