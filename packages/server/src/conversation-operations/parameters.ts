/** Parameters that several operations have, and how their values are read. Types were checked before, against the declaration. */
import type { ContextValue, Guid } from '@parley/engine';
import type { JsonValue } from '@parley/odata';
import { WebApiError } from '@parley/protocol';
import { type Arguments, requireText } from '../webapi/operations/operation.ts';
import type { OperationParameter } from '../webapi/operations/operation-signature.ts';

/** Dynamics' own actions take a version, and there is one. */
export const versionParameter: OperationParameter = { name: 'ApiVersion', type: 'Edm.String', nullable: true };

/** @throws WebApiError requestFault for any version but 1.0 */
export function checkVersion(values: Arguments): void {
  const version = values.get('ApiVersion') ?? null;
  if (version !== null && version !== '1.0')
    throw new WebApiError('requestFault', { detail: "The parameter 'ApiVersion' must be 1.0." });
}

export function guid(values: Arguments, name: string): Guid {
  return requireText(values, name).toLowerCase();
}

export function optionalGuid(values: Arguments, name: string): Guid | null {
  return optionalText(values, name)?.toLowerCase() ?? null;
}

export function optionalText(values: Arguments, name: string): string | null {
  const value = values.get(name) ?? null;
  return typeof value === 'string' ? value : null;
}

export function optionalFlag(values: Arguments, name: string): boolean {
  return values.get(name) === true;
}

export function optionalNumber(values: Arguments, name: string): number | null {
  return numberOf(values.get(name) ?? null);
}

function numberOf(value: JsonValue): number | null {
  return value !== null && typeof value === 'object' && 'kind' in value && value.kind === 'number'
    ? Number(value.text)
    : null;
}

/** One of a few words; the first when nothing was said. @throws WebApiError requestFault for another */
export function choice<Word extends string>(values: Arguments, name: string, words: readonly [Word, ...Word[]]): Word {
  const value = optionalText(values, name);
  if (value === null) return words[0];
  const found = words.find((word) => word === value);
  if (found !== undefined) return found;
  throw new WebApiError('requestFault', { detail: `The parameter '${name}' must be ${words.join(', ')}.` });
}

/** Bytes of a message, about 28 KB as documented (behaviour reference, section 4.8). */
export const maximumMessageBytes: number = 28 * 1024;

/** @throws WebApiError requestFault when it is longer, in bytes of UTF-8, or empty */
export function limitedText(values: Arguments, name: string, bytes: number): string {
  const text = requireText(values, name);
  const length = Buffer.byteLength(text);
  if (length === 0) throw new WebApiError('requestFault', { detail: `The parameter '${name}' is empty.` });
  if (length > bytes)
    throw new WebApiError('requestFault', {
      detail: `The parameter '${name}' has ${length} bytes; at most ${bytes} are allowed.`,
    });
  return text;
}

/** Documented limits of context variables: behaviour reference, section 3. */
const maximumVariables = 100;
const longestName = 100;
const longestValue = 4000;

/**
 * Context variables as a JSON text: `{"name": "text", "other": 5}`, or with `{"value": ...}` for each, as Dynamics writes them.
 * @throws WebApiError requestFault naming what is wrong
 */
export function contextVariables(values: Arguments, name: string): Record<string, ContextValue> {
  const text = optionalText(values, name);
  if (text === null || text === '') return {};
  const parsed = parseObject(text);
  if (parsed === undefined) throw fault(name, 'must hold a JSON object');
  const entries = Object.entries(parsed);
  if (entries.length > maximumVariables) throw fault(name, `holds more than ${maximumVariables} variables`);
  return Object.fromEntries(
    entries.map(([key, given]) => {
      const value = typeof given === 'object' && given !== null && 'value' in given ? given.value : given;
      if (key === '' || key.length > longestName)
        throw fault(name, `names a variable with ${key.length} characters, not 1 to ${longestName}`);
      const isText = typeof value === 'string' && value.length <= longestValue;
      if (!isText && !(typeof value === 'number' && Number.isFinite(value)))
        throw fault(name, `must give '${key}' a number, or a text of at most ${longestValue} characters`);
      return [key, value];
    }),
  );
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function fault(name: string, what: string): WebApiError {
  return new WebApiError('requestFault', { detail: `The parameter '${name}' ${what}.` });
}
