/**
 * Wire cases as data: each cites a line of the acceptance checklist (section 13 of the Web API reference), gives requests and says
 * what the answers must hold. `{name}` in a request or expectation stands for a variable; `{{` and `}}` are braces.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type Api, type ApiResponse, asObject, createdId, type JsonObject, rowsOf } from '../../support/server.ts';

/** What a JSON value must look like: objects need the given members at least, lists as many items, texts may be matched. */
export type Pattern =
  | string
  | number
  | boolean
  | null
  | RegExp
  | ((value: unknown) => boolean)
  | readonly Pattern[]
  | { readonly [member: string]: Pattern };

export type Step = {
  /** Method and target below the root, or absolute: `GET accounts({A})?$select=name`. */
  readonly send: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Variable with the id of the user who calls (by impersonation); `nobody`: without a token. Unset: the administrator. */
  readonly as?: string;
  readonly status: number;
  /** Code of the error envelope, and what its message must say. */
  readonly code?: string;
  readonly says?: readonly (string | RegExp)[];
  readonly response?: Readonly<Record<string, string | RegExp | null>>;
  readonly json?: Pattern;
  /** The rows of `value`, in order. */
  readonly rows?: readonly Pattern[];
  /** The members of the answer, exactly. */
  readonly members?: readonly string[];
  readonly lacks?: readonly string[];
  readonly text?: string | RegExp;
  /** Members in this order, first to last, with others in between. */
  readonly order?: readonly string[];
  readonly check?: (response: ApiResponse, variables: Map<string, string>) => void;
  /** Variable for the id in OData-EntityId. */
  readonly keep?: string;
  /** Variables for members of the answer. */
  readonly keepMembers?: Readonly<Record<string, string>>;
};

export type WireCase = {
  readonly line: number | readonly number[];
  readonly title: string;
  /** Rows to make first: variable -> set and row. */
  readonly given?: Readonly<Record<string, readonly [set: string, row: JsonObject]>>;
  readonly steps: readonly Step[];
};

export const annotations = { prefer: 'odata.include-annotations="*"' } as const;
export const representation = { prefer: 'return=representation' } as const;
export const formatted = '@OData.Community.Display.V1.FormattedValue';
export const crm = 'Microsoft.Dynamics.CRM';

/** Requests of one case, in order. Besides the shared variables there are `{Z}` (an unused id) and `{tag}` (a unique word). */
export async function runWireCase(
  wireCase: WireCase,
  api: Api,
  anonymous: Api,
  shared: ReadonlyMap<string, string>,
): Promise<void> {
  const variables = new Map(shared);
  variables.set('Z', randomUUID());
  variables.set('tag', `t${randomUUID().slice(0, 8)}`);
  for (const [name, [set, row]] of Object.entries(wireCase.given ?? {}))
    variables.set(name, await api.create(set, fill(row, variables)));
  for (const step of wireCase.steps) await runStep(step, api, anonymous, variables);
}

async function runStep(step: Step, api: Api, anonymous: Api, variables: Map<string, string>): Promise<void> {
  const [method = '', ...rest] = fillText(step.send, variables).split(' ');
  const target = rest.join(' ');
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(step.headers ?? {})) headers[name] = fillText(value, variables);
  if (step.as !== undefined && step.as !== 'nobody') headers['MSCRMCallerID'] = required(variables, step.as);
  const client = step.as === 'nobody' ? anonymous : api;
  const body = step.body === undefined ? {} : { body: fill(step.body, variables) };
  const response = await client.request(method, target, { ...body, headers });
  const where = `${method} ${target} -> ${response.status} ${response.text.slice(0, 1500)}`;
  assert.equal(response.status, step.status, where);
  checkEnvelope(response, where);
  if (step.code !== undefined) assert.equal(asObject(response.json['error'])['code'], step.code, where);
  const message = String(asObject(response.json['error'])['message'] ?? '');
  for (const part of step.says ?? []) matchText(message, part, variables, where);
  for (const [name, expected] of Object.entries(step.response ?? {})) {
    const value = response.headers.get(name);
    if (expected === null) assert.equal(value, null, `header ${name}: ${where}`);
    else matchText(value ?? '', expected, variables, `header ${name} is '${value}': ${where}`, 'whole');
  }
  checkBody(step, response, variables, where);
  step.check?.(response, variables);
  if (step.keep !== undefined) variables.set(step.keep, createdId(response));
  for (const [name, member] of Object.entries(step.keepMembers ?? {}))
    variables.set(name, String(response.json[member]));
}

/** What every answer has (lines 10 and 11). */
function checkEnvelope(response: ApiResponse, where: string): void {
  assert.equal(response.headers.get('odata-version'), '4.0', where);
  if (response.status < 400) return;
  assert.match(response.headers.get('req_id') ?? '', /^[0-9a-f-]{36}$/, where);
  const error = asObject(response.json['error']);
  assert.equal(typeof error['code'], 'string', where);
  assert.equal(typeof error['message'], 'string', where);
  assert.ok(!('innererror' in error), where);
}

function checkBody(step: Step, response: ApiResponse, variables: Map<string, string>, where: string): void {
  const { json } = response;
  if (step.status === 204 || step.status === 304) assert.equal(response.text, '', where);
  if (step.json !== undefined) matchValue(json, step.json, variables, '', where);
  if (step.rows !== undefined) matchValue(rowsOf(json), step.rows, variables, 'value', where);
  if (step.members !== undefined) assert.deepEqual(Object.keys(json).sort(), [...step.members].sort(), where);
  for (const name of step.lacks ?? []) assert.ok(!(name in json), `${name} is there: ${where}`);
  if (step.text !== undefined) matchText(response.text, step.text, variables, where, 'whole');
  if (step.order !== undefined) {
    const given = Object.keys(json).filter((name) => step.order?.includes(name));
    assert.deepEqual(given, step.order, where);
  }
}

function matchText(
  text: string,
  expected: string | RegExp,
  variables: ReadonlyMap<string, string>,
  where: string,
  extent: 'part' | 'whole' = 'part',
): void {
  if (expected instanceof RegExp) assert.match(text, expected, where);
  else if (extent === 'whole') assert.equal(text, fillText(expected, variables), where);
  else
    assert.ok(text.includes(fillText(expected, variables)), `'${fillText(expected, variables)}' is missing: ${where}`);
}

function matchValue(
  value: unknown,
  pattern: Pattern,
  variables: ReadonlyMap<string, string>,
  path: string,
  where: string,
): void {
  const place = `${path} is ${JSON.stringify(value)?.slice(0, 200)}: ${where}`;
  if (typeof pattern === 'function') assert.ok(pattern(value), place);
  else if (pattern instanceof RegExp) {
    assert.equal(typeof value, 'string', place);
    assert.match(String(value), pattern, place);
  } else if (typeof pattern === 'string') assert.equal(value, fillText(pattern, variables), place);
  else if (pattern === null || typeof pattern !== 'object') assert.equal(value, pattern, place);
  else if (Array.isArray(pattern)) {
    assert.ok(Array.isArray(value), place);
    assert.equal(value.length, pattern.length, place);
    for (const [index, item] of pattern.entries())
      matchValue(value[index], item, variables, `${path}[${index}]`, where);
  } else {
    assert.equal(typeof value, 'object', place);
    for (const [name, item] of Object.entries(pattern)) {
      const member = fillText(name, variables);
      matchValue(asObject(value)[member], item, variables, `${path}/${member}`, where);
    }
  }
}

function fill(value: unknown, variables: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return fillText(value, variables);
  if (Array.isArray(value)) return value.map((item: unknown) => fill(item, variables));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, fill(item, variables)]));
}

function fillText(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replace(/\{\{|\}\}|\{(\w+)\}/g, (found: string, name: string | undefined) =>
    name === undefined ? found.charAt(0) : required(variables, name),
  );
}

function required(variables: ReadonlyMap<string, string>, name: string): string {
  const value = variables.get(name);
  if (value === undefined) throw new Error(`The case uses {${name}}, which nothing sets.`);
  return value;
}
