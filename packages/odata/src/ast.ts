/**
 * The syntax trees of OData 4.0 URLs as Dataverse clients write them: what was written, not yet what it means.
 * Nothing here knows a table. Source: OData 4.0 part 2 (URL conventions) and the Dataverse Web API's own dialect.
 *
 * `position` is always the zero-based offset in the decoded text of the option (or path) that the node came from.
 */

/** A literal with its decoded text. Numbers keep their text, so nothing beyond 64 bit is rounded. */
export type Literal =
  | { readonly kind: 'literal'; readonly type: 'null'; readonly position: number }
  | { readonly kind: 'literal'; readonly type: 'boolean'; readonly value: boolean; readonly position: number }
  | {
      readonly kind: 'literal';
      readonly type: 'integer' | 'decimal' | 'double';
      /** As written, sign included: `-1`, `1.50`, `1e3`, `INF`. */
      readonly text: string;
      readonly position: number;
    }
  | {
      readonly kind: 'literal';
      /** `string`: quotes removed, `''` undoubled. `guid`: lower case, no braces. Dates: as written. */
      readonly type: 'string' | 'guid' | 'date' | 'dateTimeOffset' | 'timeOfDay' | 'duration' | 'binary';
      readonly text: string;
      readonly position: number;
    }
  | {
      readonly kind: 'literal';
      readonly type: 'enum';
      /** Qualified type name, e.g. `Microsoft.Dynamics.CRM.OwnershipTypes`. */
      readonly typeName: string;
      readonly text: string;
      readonly position: number;
    };

/** `@p`, to be looked up in `SystemQueryOptions.aliases`. */
export type ParameterAlias = { readonly kind: 'alias'; readonly name: string; readonly position: number };

/** A JSON array or object given as a function argument or an alias value: `["a","b"]`, `{'@odata.id':'accounts(G)'}`. */
export type JsonArgument = { readonly kind: 'json'; readonly value: JsonValue; readonly position: number };

export type ArgumentValue = Literal | ParameterAlias | JsonArgument;

/** `name=value` inside parentheses. */
export type NamedArgument = { readonly name: string; readonly value: ArgumentValue; readonly position: number };

/** What stands in the parentheses after a path segment: a key, a list of key columns, or function arguments. */
export type Parentheses =
  | { readonly kind: 'empty' }
  | { readonly kind: 'single'; readonly value: ArgumentValue }
  | { readonly kind: 'named'; readonly items: readonly NamedArgument[] };

/** One segment of a resource path. A name with a dot is qualified (a bound operation or a type cast). */
export type PathSegment =
  | {
      readonly kind: 'name';
      readonly name: string;
      readonly isQualified: boolean;
      readonly parentheses: Parentheses | undefined;
      readonly position: number;
    }
  | { readonly kind: '$count' | '$value' | '$ref' | '$metadata' | '$batch'; readonly position: number };

export type ResourcePath = readonly PathSegment[];

export type ComparisonOperator = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';
export type ArithmeticOperator = 'add' | 'sub' | 'mul' | 'div' | 'divby' | 'mod';

export type FilterExpression =
  | Literal
  | ParameterAlias
  | JsonArgument
  /** A property path: `['name']`, `['primarycontactid', 'fullname']`, or with a lambda variable in front. */
  | { readonly kind: 'member'; readonly path: readonly string[]; readonly position: number }
  /** `and` / `or`, flattened: never a logical node of the same operator inside. At least two operands. */
  | {
      readonly kind: 'logical';
      readonly operator: 'and' | 'or';
      readonly operands: readonly FilterExpression[];
      readonly position: number;
    }
  | { readonly kind: 'not'; readonly operand: FilterExpression; readonly position: number }
  | {
      readonly kind: 'comparison';
      readonly operator: ComparisonOperator | 'has';
      readonly left: FilterExpression;
      readonly right: FilterExpression;
      readonly position: number;
    }
  | {
      readonly kind: 'in';
      readonly left: FilterExpression;
      readonly items: readonly FilterExpression[];
      readonly position: number;
    }
  | {
      readonly kind: 'arithmetic';
      readonly operator: ArithmeticOperator;
      readonly left: FilterExpression;
      readonly right: FilterExpression;
      readonly position: number;
    }
  | { readonly kind: 'negate'; readonly operand: FilterExpression; readonly position: number }
  /** A canonical function of OData: `contains(name,'x')`, `year(createdon)`. */
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly arguments: readonly FilterExpression[];
      readonly position: number;
    }
  /** `path/any(v:predicate)`, `path/all(...)`, `path/any()`. */
  | {
      readonly kind: 'lambda';
      readonly operator: 'any' | 'all';
      readonly path: readonly string[];
      readonly variable: string | undefined;
      readonly predicate: FilterExpression | undefined;
      readonly position: number;
    }
  /** A qualified function: `Microsoft.Dynamics.CRM.In(PropertyName='x',...)`, maybe under a path or lambda variable. */
  | {
      readonly kind: 'qualifiedCall';
      readonly path: readonly string[];
      readonly name: string;
      readonly arguments: readonly NamedArgument[];
      readonly position: number;
    }
  /** `path/$count`. */
  | { readonly kind: 'count'; readonly path: readonly string[]; readonly position: number };

export type SelectItem = { readonly path: readonly string[]; readonly position: number };

export type OrderByItem = {
  readonly path: readonly string[];
  readonly direction: 'asc' | 'desc';
  readonly position: number;
};

export type ExpandItem = {
  readonly path: readonly string[];
  /** `nav/$ref`, `nav/$count`. */
  readonly suffix: '$ref' | '$count' | undefined;
  readonly options: ExpandOptions;
  readonly position: number;
};

export type ExpandOptions = {
  readonly select: readonly SelectItem[] | undefined;
  readonly filter: FilterExpression | undefined;
  readonly orderBy: readonly OrderByItem[] | undefined;
  readonly top: number | undefined;
  readonly expand: readonly ExpandItem[] | undefined;
  /** `$skip`, `$count`, `$levels`, `$search`...: known to OData, refused by the planner. Raw text by option name. */
  readonly unsupported: ReadonlyMap<string, string>;
};

/** The query part of a URL, each option parsed as far as its syntax goes. Absent options are `undefined`. */
export type SystemQueryOptions = {
  readonly select: readonly SelectItem[] | undefined;
  readonly filter: FilterExpression | undefined;
  readonly orderBy: readonly OrderByItem[] | undefined;
  readonly expand: readonly ExpandItem[] | undefined;
  readonly top: number | undefined;
  readonly count: boolean | undefined;
  /** Raw text; parsed by its own consumer. */
  readonly apply: string | undefined;
  readonly skipToken: string | undefined;
  readonly deltaToken: string | undefined;
  readonly id: string | undefined;
  /** Every other `$option` by name (with its `$`): `$skip`, `$search`, `$format`, `$compute`, or one that nobody knows. */
  readonly unsupported: ReadonlyMap<string, string>;
  /** `@p=...`: values by alias name with its `@`. */
  readonly aliases: ReadonlyMap<string, ArgumentValue | FilterExpression>;
  /** Options without `$` or `@` (`fetchXml`, `savedQuery`, `LabelLanguages`, `tag`, ...), decoded; the first wins. */
  readonly custom: ReadonlyMap<string, string>;
};

/** JSON with numbers kept as text, because Edm.Int64 and Edm.Decimal do not fit a double. */
export type JsonValue = null | boolean | string | JsonNumber | readonly JsonValue[] | JsonObject;
export type JsonNumber = { readonly kind: 'number'; readonly text: string };
export type JsonObject = { readonly kind: 'object'; readonly members: ReadonlyMap<string, JsonValue> };

/** A syntax error as a value: what was wrong, in which option, and where. */
export type SyntaxProblem = {
  readonly problem: 'syntax';
  /** `$filter`, `$expand`, `path`, `body`, a header name... */
  readonly source: string;
  readonly position: number;
  readonly message: string;
};

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: SyntaxProblem };
