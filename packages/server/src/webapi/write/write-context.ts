/** What every write works with. */
import type { TableModel } from '../../model/table-model.ts';
import type { Caller, Principal } from '../../security/caller.ts';
import type { Parameter, RunContext } from '../plan/plan.ts';
import type { Executor } from '../run/executor.ts';
import type { StateChange } from './resolve-state.ts';

/** What other parts of the server have to say about writes. */
export type WriteRules = {
  /** By logical name of the table. */
  readonly owners: ReadonlyMap<string, TableOwner>;
  /** By `table.column`: what is wrong with a text that is to be written there, undefined for nothing. */
  readonly columnChecks: ReadonlyMap<string, (text: string) => string | undefined>;
};

export type WriteContext = {
  readonly model: TableModel;
  readonly caller: Caller;
  readonly executor: Executor;
  findPrincipal(userId: string): Promise<Principal | undefined>;
  readonly rules: WriteRules;
  /** The moment of the request: milliseconds since 1970, UTC. */
  readonly now: number;
};

/** The context that statements of a write are run with: their values are all constants of the plan. */
export function runContextOf(context: WriteContext): RunContext {
  return { caller: context.caller, keys: [], now: context.now };
}

// Tables whose rows another part of the server keeps. That part has its say about a write inside the write's own transaction: it may
// refuse, do the change itself, or add to it.

/** A write of a row, as its owner sees it. The caller may write the row; whether that is enough is for the owner to say. */
export type OwnedChange = {
  /** What is written, by logical name; null empties. Lookups of several tables have their table beside them. */
  readonly values: ReadonlyMap<string, Parameter | null>;
  /** State and status that the write asks for; undefined when it touches neither. */
  readonly state: StateChange | undefined;
};

/** A row that is locked until its transaction ends. */
export type OwnedRow = {
  /**
   * @returns the values to write in the end: without those that the owner wrote itself, with those that follow from the change
   * @throws WebApiError when the change is not allowed
   */
  update(change: OwnedChange): Promise<ReadonlyMap<string, Parameter | null>>;
  /** Called before the row is deleted. */
  delete(): Promise<void>;
};

export type TableOwner = {
  /** Whether writing these columns is the owner's business. */
  concerns(columns: Iterable<string>): boolean;
  /** Locks the row, in the order in which its owner locks, until the transaction of the context ends. A missing row is no error. */
  open(context: WriteContext, id: string): Promise<OwnedRow>;
  /** Whether the row may get this status now, by the owner's rules of states. */
  isStatusPossible(context: WriteContext, id: string, status: number): Promise<boolean>;
};
