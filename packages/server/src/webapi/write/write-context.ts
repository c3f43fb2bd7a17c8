/** What every write works with. */
import type { TableModel } from '../../model/table-model.ts';
import type { Caller, Principal } from '../../security/caller.ts';
import type { RunContext } from '../plan/plan.ts';
import type { Executor } from '../run/executor.ts';

export type WriteContext = {
  readonly model: TableModel;
  readonly caller: Caller;
  readonly executor: Executor;
  findPrincipal(userId: string): Promise<Principal | undefined>;
};

/** The context that statements of a write are run with: their values are all constants of the plan. */
export function runContextOf(context: WriteContext): RunContext {
  return { caller: context.caller, keys: [] };
}
