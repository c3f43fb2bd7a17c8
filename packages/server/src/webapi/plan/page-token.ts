/**
 * The `$skiptoken` of a nextLink: page number, the order values of the last row of the page before, and a digest of the
 * query they belong to. Clients treat it as opaque; what it holds is only ever used as parameter values.
 */
import { createHash } from 'node:crypto';
import { printFilter, type SystemQueryOptions } from '@parley/odata';
import { WebApiError } from '@parley/protocol';
import type { Table } from '../../model/table-model.ts';
import type { PageStart } from './plan.ts';

const maximumLength = 8_000;

/** @param digest of the query, from `digestQuery` */
export function writePageToken(start: PageStart, digest: string): string {
  return Buffer.from(JSON.stringify([start.pageNumber, digest, ...start.values])).toString('base64url');
}

/**
 * @param valueCount how many order values the query has, the primary key included
 * @throws WebApiError pagingCookieInvalid, pagingCookieMismatch
 */
export function readPageToken(token: string, digest: string, valueCount: number): PageStart {
  const content = decode(token);
  const [pageNumber, tokenDigest, ...values] = content;
  const isWellFormed =
    typeof pageNumber === 'number' &&
    Number.isSafeInteger(pageNumber) &&
    pageNumber > 1 &&
    typeof tokenDigest === 'string' &&
    values.every(
      (value): value is string | null => value === null || (typeof value === 'string' && !value.includes('\0')),
    );
  if (!isWellFormed) throw new WebApiError('pagingCookieInvalid', { detail: 'it was not made by this server.' });
  if (tokenDigest !== digest || values.length !== valueCount || values.at(-1) === null)
    throw new WebApiError('pagingCookieMismatch');
  // Checked above; the narrowing does not reach through the conjunction.
  return { pageNumber, values: values as (string | null)[] };
}

function decode(token: string): readonly unknown[] {
  if (token.length > maximumLength) throw new WebApiError('pagingCookieInvalid', { detail: 'it is too long.' });
  try {
    const value: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
    if (Array.isArray(value)) return value;
  } catch {
    // Falls through to the refusal below.
  }
  throw new WebApiError('pagingCookieInvalid', { detail: 'it cannot be decoded.' });
}

/** A short digest of what decides which rows come in which order: the table, the filter and the order. */
export function digestQuery(table: Table, options: Pick<SystemQueryOptions, 'filter' | 'orderBy'>): string {
  const order = (options.orderBy ?? []).map((item) => `${item.path.join('/')} ${item.direction}`).join(',');
  const filter = options.filter === undefined ? '' : printFilter(options.filter);
  return createHash('sha256').update(`${table.logicalName}\0${filter}\0${order}`).digest('base64url').slice(0, 16);
}
