/** What an operation gets and gives. */
import type { ArgumentValue, JsonValue } from '@parley/odata';
import { WebApiError } from '@parley/protocol';
import type { RequestContext } from '../read/read-context.ts';
import type { RowAddress } from '../request/resolve-resource.ts';
import type { OperationSignature } from './operation-signature.ts';

export type Arguments = ReadonlyMap<string, JsonValue>;

/** The members of an answer, as JSON-ready values; undefined for 204. */
export type OperationResult = Readonly<Record<string, unknown>> | undefined;

export type Operation = {
  readonly name: string;
  readonly kind: 'function' | 'action';
  /** Tables whose rows it is bound to; undefined when it stands alone. */
  readonly boundTo: readonly string[] | undefined;
  run(context: RequestContext, values: Arguments, row: RowAddress | undefined): Promise<OperationResult>;
};

/** An operation that brings its own declaration: its arguments are checked against it before it runs. */
export type DeclaredOperation = Operation & Pick<OperationSignature, 'parameters' | 'returns' | 'types'>;

/** A literal of a URL as a JSON value, so that functions and actions see the same. */
export function argumentToJson(value: ArgumentValue): JsonValue {
  if (value.kind === 'json') return value.value;
  if (value.kind !== 'literal' || value.type === 'null') return null;
  if (value.type === 'boolean') return value.value;
  if (value.type === 'integer' || value.type === 'decimal' || value.type === 'double')
    return { kind: 'number', text: value.text };
  return value.text;
}

/** @throws WebApiError requestFault when the parameter is absent or no text */
export function requireText(values: Arguments, name: string): string {
  const value = values.get(name);
  if (typeof value === 'string') return value;
  throw new WebApiError('requestFault', { detail: `The parameter '${name}' is missing or not a text.` });
}

export function requireWholeNumber(values: Arguments, name: string): number {
  const value = values.get(name);
  const text =
    value !== null && typeof value === 'object' && 'kind' in value && value.kind === 'number' ? value.text : '';
  if (/^-?\d{1,9}$/.test(text)) return Number(text);
  throw new WebApiError('requestFault', { detail: `The parameter '${name}' is missing or not a whole number.` });
}

/** The list that a parameter holds. */
export function requireList(values: Arguments, name: string): readonly JsonValue[] {
  const value = values.get(name);
  if (Array.isArray(value)) return value;
  throw new WebApiError('requestFault', { detail: `The parameter '${name}' is missing or not a list.` });
}
