import type { Statement } from '../sql/sql-writer.ts';

export type Planned = { readonly statement: Statement };
