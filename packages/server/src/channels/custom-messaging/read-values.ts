/** Reads single values of a request's JSON: each either as expected or a problem that names it. Unknown members are ignored. */
import { MessagingProblem } from './messaging-problem.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

const guidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** @throws MessagingProblem body */
export function parseBody(text: string | undefined): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text ?? '');
  } catch {
    throw new MessagingProblem('body', 'The body is not JSON.');
  }
  return requireObject(value, 'The body');
}

/** @throws MessagingProblem body */
export function requireObject(value: unknown, name: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new MessagingProblem('body', `${name} must be an object.`);
  // A JSON object has members of any kind.
  return value as JsonObject;
}

/**
 * @param options the longest text in UTF-16 units, and the problem of a longer one
 * @returns undefined when it is missing or null
 * @throws MessagingProblem body, notStorable, or as the options say
 */
export function readText(
  value: unknown,
  name: string,
  options: { readonly longest: number; readonly tooLong?: 'textTooLong' | 'id' },
): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw new MessagingProblem('body', `${name} must be a text.`);
  if (value.length > options.longest)
    throw new MessagingProblem(options.tooLong ?? 'body', `${name} may have ${options.longest} characters.`);
  return requireStorable(value, name);
}

/** PostgreSQL stores neither the character 0 nor halves of surrogate pairs. @throws MessagingProblem notStorable */
export function requireStorable(text: string, name: string): string {
  if (text.includes('\0') || !text.isWellFormed())
    throw new MessagingProblem('notStorable', `${name} holds characters that cannot be stored.`);
  return text;
}

/** @returns in lower case @throws MessagingProblem id */
export function requireGuid(value: unknown, name: string): string {
  if (typeof value !== 'string' || !guidPattern.test(value)) throw new MessagingProblem('id', `${name} is not a GUID.`);
  return value.toLowerCase();
}

/** Undefined for anything that is no GUID. */
export function readGuid(value: string | undefined): string | undefined {
  return value !== undefined && guidPattern.test(value) ? value.toLowerCase() : undefined;
}
