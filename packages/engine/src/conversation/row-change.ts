/** What a projection asks the database to write. Column names are those of the tables; a lookup to several tables has its `<lookup>_table` beside it. */
import type { Guid, Instant } from './conversation.ts';

export type Cell = string | number | boolean | null | readonly number[];
export type Cells = Readonly<Record<string, Cell>>;

export type RowChange = {
  readonly table: string;
  readonly operation: 'insert' | 'update';
  /** Of the row: the primary key. Part of `values` only where it is inserted. */
  readonly id: Guid;
  readonly values: Cells;
};

/** What rows show besides the conversation itself. */
export type RowContext = {
  readonly now: Instant;
  /** Owner of what no agent has. */
  readonly ownerTeamId: Guid;
  /** Unit of that team. */
  readonly businessUnitId: Guid;
  /** Who writes. */
  readonly systemUserId: Guid;
  businessUnitOf(agentId: Guid): Guid;
  /** Name of an agent, for the names of rows. */
  nameOf(agentId: Guid): string;
  /** Row of msdyn_oclanguage for a locale such as `de-DE`; null: none. */
  languageOf?(locale: string): Guid | null;
};

/** Whole seconds, as the columns keep them; cut off and not rounded, so that nothing happens in the future. */
export function timeText(instant: Instant): string;
export function timeText(instant: Instant | null): string | null;
export function timeText(instant: Instant | null): string | null {
  if (instant === null) return null;
  const second = Math.floor(instant / 1000);
  let text = knownTexts.get(second);
  if (text === undefined) {
    text = new Date(second * 1000).toISOString();
    if (knownTexts.size >= mostTexts) knownTexts.clear();
    knownTexts.set(second, text);
  }
  return text;
}

/** Rows of one moment share their times: writing them was a tenth of a routing decision. */
const knownTexts = new Map<number, string>();
const mostTexts = 1_000;

/** The agent owns what they handle; what nobody handles belongs to the team. */
export function ownerCells(agentId: Guid | null, context: RowContext): Cells {
  return agentId === null
    ? { ownerid: context.ownerTeamId, ownerid_table: 'team', owningbusinessunit: context.businessUnitId }
    : { ownerid: agentId, ownerid_table: 'systemuser', owningbusinessunit: context.businessUnitOf(agentId) };
}

/** The columns of `after` that differ from `before`. */
export function changedCells(before: Cells, after: Cells): Cells {
  return Object.fromEntries(Object.entries(after).filter(([name, cell]) => !isSameCell(before[name], cell)));
}

function isSameCell(one: Cell | undefined, other: Cell): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other;
  return one.length === other.length && one.every((item, index) => item === other[index]);
}
