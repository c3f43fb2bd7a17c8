/** Whose turn it is in a queue: round robin, and what breaks ties of the other methods. Behaviour reference, section 4.3. */
import type { Guid } from '../conversation/conversation.ts';

export type Turns = {
  readonly queueId: Guid;
  /** Last assignment in this queue, by position; minus infinity: never; NaN: nobody has asked yet. */
  readonly lastAssignedOn: Float64Array;
  /** Order of assignments within this cycle, which all happen at the same instant; 0: none. */
  readonly turn: Int32Array;
};

/**
 * Negative: the member at `one` comes before the member at `other`. The oldest last assignment first, none at all before that; then the
 * order of being added to the queue.
 */
export function compareTurns(turns: Turns, one: number, other: number): number {
  const oneOn = turns.lastAssignedOn[one] ?? 0;
  const otherOn = turns.lastAssignedOn[other] ?? 0;
  if (oneOn !== otherOn) return oneOn < otherOn ? -1 : 1;
  const oneTurn = turns.turn[one] ?? 0;
  const otherTurn = turns.turn[other] ?? 0;
  return oneTurn === otherTurn ? one - other : oneTurn - otherTurn;
}
