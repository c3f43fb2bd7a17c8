/** SQL fragments of the plan's own making. The text is always a literal of this program; values come in as operands. */
import type { FragmentOperand, Operand } from './plan.ts';

/** Tagged template: ``fragment`${column} >= ${value}` ``. */
export function fragment(parts: TemplateStringsArray, ...operands: readonly Operand[]): FragmentOperand {
  return { kind: 'fragment', parts, operands };
}

/** A literal piece of SQL from a fixed table of this program. */
export function literalSql(text: string): FragmentOperand {
  return { kind: 'fragment', parts: [text], operands: [] };
}
