/**
 * The plan tree: a request with every name bound to a table or column, every literal typed, and the caller's row filter
 * inside. OData, and whatever other query language follows, ends here; `sql/` turns it into statements.
 */
import type { Column, ManyToMany, ManyToOne, Table } from '../../model/table-model.ts';
import type { Access, Caller } from '../../security/caller.ts';

/** What a cached plan is run with: everything that may differ between two runs of one plan. */
export type RunContext = {
  readonly caller: Caller;
  /** Values of the key in the URL, by position. */
  readonly keys: readonly string[];
  /** The moment of the request: milliseconds since 1970, UTC. */
  readonly now: number;
};

export type SqlValue = string | number | boolean | null | readonly string[] | readonly number[];

/** A statement parameter: a constant of the plan, or a value taken from the context of a run. */
export type Parameter = {
  /** PostgreSQL type that the parameter is cast to, e.g. `uuid`, `integer[]`. */
  readonly sqlType: string;
  readonly value: SqlValue | ((context: RunContext) => SqlValue);
};

/** A table in a FROM clause. Aliases are unique within a statement. */
export type Source = { readonly alias: string; readonly table: Table };

/** A LEFT JOIN along a lookup. Rows that `access` does not cover join as null. */
export type LookupJoin = {
  readonly source: Source;
  readonly parent: Source;
  readonly relationship: ManyToOne;
  readonly access: Access;
};

/** How the rows of an inner query hang on a row of the outer one. */
export type Link =
  | { readonly kind: 'oneToMany'; readonly parent: Source; readonly relationship: ManyToOne }
  | {
      readonly kind: 'manyToMany';
      readonly parent: Source;
      readonly relationship: ManyToMany;
      readonly intersectAlias: string;
    }
  | { readonly kind: 'manyToOne'; readonly parent: Source; readonly relationship: ManyToOne };

/** One query level: a table, the lookups joined to it, who may see which rows, and what they must fulfil. */
export type Relation = {
  readonly source: Source;
  readonly joins: readonly LookupJoin[];
  readonly access: Access;
  readonly link: Link | undefined;
  readonly where: Condition | undefined;
};

export type ColumnReference = { readonly kind: 'column'; readonly source: Source; readonly column: Column };
/** The name of the row that a lookup points to. */
export type LookupName = { readonly kind: 'lookupName'; readonly source: Source; readonly column: Column };
export type ParameterOperand = { readonly kind: 'parameter'; readonly parameter: Parameter };
/** SQL of the plan's own making around operands: `parts[0] operand[0] parts[1] ...`. Never holds client text. */
export type FragmentOperand = {
  readonly kind: 'fragment';
  readonly parts: readonly string[];
  readonly operands: readonly Operand[];
};
export type Operand = ColumnReference | LookupName | ParameterOperand | FragmentOperand;

export type SqlComparison = '=' | '<>' | '<' | '<=' | '>' | '>=';

export type Condition =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Condition[] }
  | { readonly kind: 'not'; readonly operand: Condition }
  | { readonly kind: 'compare'; readonly operator: SqlComparison; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'isNull'; readonly operand: Operand; readonly isNegated: boolean }
  /** `operand = ANY (array parameter)`. */
  | { readonly kind: 'anyOf'; readonly operand: Operand; readonly values: Parameter; readonly isNegated: boolean }
  /** Text match; case does not count. `like` has PostgreSQL's LIKE syntax, `regex` a POSIX expression, both lower case. */
  | {
      readonly kind: 'match';
      readonly operand: Operand;
      readonly syntax: 'like' | 'regex';
      readonly pattern: Parameter;
    }
  /** Multi-select choices: the column's set against the parameter's. */
  | {
      readonly kind: 'set';
      readonly operator: 'overlaps' | 'equals';
      readonly operand: Operand;
      readonly values: Parameter;
    }
  /** A fragment that is itself a condition. */
  | { readonly kind: 'test'; readonly fragment: FragmentOperand }
  | { readonly kind: 'exists'; readonly relation: Relation; readonly quantifier: 'any' | 'all' };

export type OrderItem = {
  readonly operand: ColumnReference | LookupName;
  readonly direction: 'asc' | 'desc';
  readonly isNeverNull: boolean;
};

/** Where the next page starts: the order values of the last row seen, as text, the primary key last. */
export type PageStart = { readonly pageNumber: number; readonly values: readonly (string | null)[] };

export type OutputProperty = {
  readonly kind: 'property';
  readonly property: string;
  readonly column: Column;
  /** Whether the lookup's name and table are fetched for its annotations. */
  readonly isAnnotated: boolean;
};

export type OutputExpand = {
  readonly kind: 'expand';
  readonly property: string;
  readonly cardinality: 'one' | 'many';
  readonly query: Query;
  readonly isReferenceOnly: boolean;
  /** The inner options as written, for the next link of a collection. */
  readonly optionsText: string;
  /** For the page token in that link. */
  readonly digest: string;
};

/** `ownerid` expanded: its target is an abstract principal, of which only id and kind are shown. */
export type OutputPrincipal = { readonly kind: 'principal'; readonly property: string; readonly source: Source };

export type Output = OutputProperty | OutputExpand | OutputPrincipal;

/** A SELECT: which rows, in which order, how many, and what of each. */
export type Query = {
  readonly relation: Relation;
  readonly outputs: readonly Output[];
  /** Property names written in `$select`, for the context URL; undefined when all columns were asked for. */
  readonly selected: readonly string[] | undefined;
  readonly order: readonly OrderItem[];
  /** At most this many rows; one more is fetched where `detectsMore`. */
  readonly limit: number | undefined;
  readonly detectsMore: boolean;
  readonly start: PageStart | undefined;
};

const brand: unique symbol = Symbol('planned');
/** Only the planner makes these, so nothing can be compiled that did not pass its privilege checks. */
export type Planned<T> = T & { readonly [brand]: true };

/** Marks a finished plan. For the planner alone. */
export function markPlanned<T extends object>(plan: T): Planned<T> {
  // The brand exists in the type system only.
  return plan as Planned<T>;
}

export function constantParameter(sqlType: string, value: SqlValue): Parameter {
  return { sqlType, value };
}

/** A moment as a parameter; tables keep whole seconds, and what is past them is cut off. */
export function secondParameter(milliseconds: number): Parameter {
  return constantParameter('timestamptz', new Date(milliseconds - (milliseconds % 1000)).toISOString());
}

export function keyParameter(sqlType: string, position: number): Parameter {
  return { sqlType, value: (context) => context.keys[position] ?? null };
}

/** True for columns that the physical tables never leave empty. */
export function isNeverNull(table: Table, column: Column): boolean {
  return (
    column === table.primaryId ||
    column === table.state ||
    column === table.status ||
    ((column.logicalName === 'createdon' ||
      column.logicalName === 'modifiedon' ||
      column.logicalName === 'versionnumber') &&
      !table.isView)
  );
}
