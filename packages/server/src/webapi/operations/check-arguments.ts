/** The arguments of an operation against its declaration: nothing unknown, nothing missing, everything of its type. */
import type { JsonValue } from '@parley/odata';
import { WebApiError } from '@parley/protocol';
import type { Arguments, DeclaredOperation } from './operation.ts';

const guidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const momentPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,7})?)?(Z|[+-]\d\d:\d\d)$/;

type Check = { readonly what: string; fits(value: JsonValue): boolean };

const text: Check = { what: 'a text', fits: (value) => typeof value === 'string' };
const number: Check = { what: 'a number', fits: (value) => numberText(value) !== undefined };

/** What a value of a type looks like in JSON; types that are not here are looked at by the operation itself. */
const checks: Readonly<Record<string, Check>> = {
  'Edm.String': text,
  'Edm.Guid': { what: 'a GUID', fits: (value) => typeof value === 'string' && guidPattern.test(value) },
  'Edm.Boolean': { what: 'true or false', fits: (value) => typeof value === 'boolean' },
  'Edm.Int32': { what: 'a whole number', fits: (value) => isWhole(value, 2_147_483_647) },
  'Edm.Int64': { what: 'a whole number', fits: (value) => isWhole(value, Number.MAX_SAFE_INTEGER) },
  'Edm.Double': number,
  'Edm.Decimal': number,
  'Edm.DateTimeOffset': {
    what: 'a moment such as 2026-01-31T08:30:00Z',
    fits: (value) => typeof value === 'string' && momentPattern.test(value) && !Number.isNaN(Date.parse(value)),
  },
};

/** @throws WebApiError requestFault naming the first parameter that is unknown, missing or of another type */
export function checkArguments(operation: DeclaredOperation, values: Arguments): void {
  const declared = new Map(operation.parameters.map((parameter) => [parameter.name, parameter]));
  for (const name of values.keys()) {
    // Control information, such as `@odata.type`.
    if (!name.includes('@') && !declared.has(name))
      fail(`The operation '${operation.name}' has no parameter '${name.slice(0, 100)}'.`);
  }
  for (const { name, type, nullable } of declared.values()) {
    const value = values.get(name) ?? null;
    if (value === null) {
      if (nullable !== true) fail(`The parameter '${name}' is missing.`);
      continue;
    }
    const list = /^Collection\((.*)\)$/.exec(type)?.[1];
    const check = checks[list ?? type];
    if (list === undefined) {
      if (check?.fits(value) === false) fail(`The parameter '${name}' must be ${check.what}.`);
    } else if (!Array.isArray(value) || (check !== undefined && !value.every((item) => check.fits(item))))
      fail(`The parameter '${name}' must be a list${check === undefined ? '' : `, each item ${check.what}`}.`);
  }
}

function numberText(value: JsonValue): string | undefined {
  return value !== null && typeof value === 'object' && 'kind' in value && value.kind === 'number'
    ? value.text
    : undefined;
}

function isWhole(value: JsonValue, largest: number): boolean {
  const written = numberText(value);
  return written !== undefined && /^-?\d{1,16}$/.test(written) && Math.abs(Number(written)) <= largest;
}

function fail(detail: string): never {
  throw new WebApiError('requestFault', { detail });
}
