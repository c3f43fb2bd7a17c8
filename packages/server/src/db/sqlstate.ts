/** PostgreSQL's errors in the registry's terms: the one table from SQLSTATE and constraint to what a client is told. */
import { WebApiError } from '@parley/protocol';
import type { TableModel } from '../model/table-model.ts';

/** The members of pg's DatabaseError that are read here. */
type DatabaseFault = {
  readonly code: string;
  readonly table?: string;
  readonly constraint?: string;
  readonly detail?: string;
  readonly message: string;
};

function isDatabaseFault(error: unknown): error is DatabaseFault {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}

/** Whether the error says that a row with this key is there already. */
export function isDuplicateKey(error: unknown): boolean {
  return isDatabaseFault(error) && error.code === '23505';
}

/** SQLSTATEs and system errors that say the database cannot serve now; the request may be tried again. */
const busyCodes: ReadonlySet<string> = new Set([
  '40001',
  '40P01',
  '53300',
  '53400',
  '55P03',
  '57014',
  '57P01',
  '57P02',
  '57P03',
  '08000',
  '08003',
  '08006',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOENT',
]);

/**
 * The refusal that a database error stands for, or undefined when it is a fault of the program.
 * @param model to name tables and keys as the client knows them
 */
export function translateDatabaseError(error: unknown, model: TableModel): WebApiError | undefined {
  if (error instanceof Error && /timeout exceeded when trying to connect|Connection terminated/.test(error.message))
    return new WebApiError('busy', {}, { cause: error });
  if (!isDatabaseFault(error)) return undefined;
  if (busyCodes.has(error.code)) return new WebApiError('busy', {}, { cause: error });
  switch (error.code) {
    case '23503':
      return translateForeignKey(error);
    case '23505':
      return translateUnique(error, model);
    case '23514':
      return new WebApiError('stateOrStatusInvalid', {}, { cause: error });
    case '23502':
      return new WebApiError(
        'requiredFieldMissing',
        { column: 'column' in error ? String(error.column) : '' },
        { cause: error },
      );
    case '22003':
    case '22008':
    case '22P02':
    case '22021':
    case '22P05':
      return new WebApiError('invalidArgument', { detail: 'A value does not fit its column.' }, { cause: error });
    default:
      return undefined;
  }
}

function translateForeignKey(error: DatabaseFault): WebApiError {
  const missing = /=\(([^)]*)\) is not present in table "([^"]+)"/.exec(error.detail ?? '');
  if (missing !== null)
    return new WebApiError('rowNotFound', { table: missing[2] ?? '', id: missing[1] ?? '' }, { cause: error });
  return new WebApiError('deleteRestricted', {}, { cause: error });
}

function translateUnique(error: DatabaseFault, model: TableModel): WebApiError {
  const table = model.tables.get(error.table ?? '');
  const key = table?.alternateKeys.find((candidate) => candidate.schemaName === error.constraint);
  if (key === undefined) return new WebApiError('duplicateRow', {}, { cause: error });
  return new WebApiError(
    'duplicateKey',
    { key: key.displayName, columns: key.columns.map((column) => column.displayName).join(', ') },
    { cause: error },
  );
}
