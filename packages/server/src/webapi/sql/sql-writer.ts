/** Collects the text of one statement and its parameters. Client values only ever enter through `parameter`. */
import type { Parameter, RunContext, SqlValue } from '../plan/plan.ts';

export type Statement = { readonly text: string; readonly parameters: readonly Parameter[] };

export type SqlWriter = {
  /** The placeholder for a parameter, cast to its type: `$3::uuid`. */
  parameter(parameter: Parameter): string;
  /** A fresh alias for a helper source. */
  alias(prefix: string): string;
  /**
   * The alias of a table joined to a source for the names it holds; joined once per key.
   * @param make writes the join for the alias
   */
  join(source: string, key: string, make: (alias: string) => string): string;
  /** The joins that were made to a source, as text behind its FROM item. */
  joinsOf(source: string): string;
  finish(text: string): Statement;
};

export function createSqlWriter(): SqlWriter {
  const parameters: Parameter[] = [];
  const positions = new Map<Parameter, number>();
  const joins = new Map<string, Map<string, { readonly alias: string; readonly sql: string }>>();
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
    join: (source, key, make) => {
      const known = joins.get(source) ?? new Map<string, { alias: string; sql: string }>();
      joins.set(source, known);
      let join = known.get(key);
      if (join === undefined) {
        const alias = `n${aliases++}`;
        join = { alias, sql: make(alias) };
        known.set(key, join);
      }
      return join.alias;
    },
    joinsOf: (source) => [...(joins.get(source)?.values() ?? [])].map(({ sql }) => sql).join(''),
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
