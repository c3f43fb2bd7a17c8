/** Collects the text of one statement and its parameters. Client values only ever enter through `parameter`. */
import type { Parameter, RunContext, SqlValue } from '../plan/plan.ts';

export type Statement = { readonly text: string; readonly parameters: readonly Parameter[] };

export type SqlWriter = {
  /** The placeholder for a parameter, cast to its type: `$3::uuid`. */
  parameter(parameter: Parameter): string;
  /** A fresh alias for a helper source. */
  alias(prefix: string): string;
  finish(text: string): Statement;
};

export function createSqlWriter(): SqlWriter {
  const parameters: Parameter[] = [];
  const positions = new Map<Parameter, number>();
  let aliases = 0;
  return {
    parameter: (parameter) => {
      let position = positions.get(parameter);
      if (position === undefined) {
        position = parameters.push(parameter);
        positions.set(parameter, position);
      }
      return `$${position}::${parameter.sqlType}`;
    },
    alias: (prefix) => `${prefix}${aliases++}`,
    finish: (text) => ({ text, parameters }),
  };
}

/** The values of a statement for one run, in order. */
export function resolveParameters(statement: Statement, context: RunContext): SqlValue[] {
  return statement.parameters.map(({ value }) => (typeof value === 'function' ? value(context) : value));
}

/** A name of the table model as an identifier. Names come from the model, never from a request. */
export function identifier(name: string): string {
  return `"${name}"`;
}
