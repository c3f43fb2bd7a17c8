/**
 * The query part of a URL: `$` options, `@` aliases and custom options. OData 4.0 part 2, chapter 5.
 * Option names are case-sensitive, as in Dataverse: `$Select` is an unknown option.
 */
import type {
  ArgumentValue,
  ExpandItem,
  FilterExpression,
  OrderByItem,
  Parsed,
  SelectItem,
  SyntaxProblem,
  SystemQueryOptions,
} from './ast.ts';
import { AT, DOLLAR } from './characters.ts';
import { syntaxProblem } from './cursor.ts';
import { parseExpand } from './parse-expand.ts';
import { parseFilter } from './parse-filter.ts';
import { parseOrderBy } from './parse-order-by.ts';
import { parseSelect } from './parse-select.ts';
import { parseTop } from './parse-top.ts';
import { percentDecode } from './percent-decode.ts';

/** `SystemQueryOptions` while they are being read. */
type OptionsDraft = {
  select: readonly SelectItem[] | undefined;
  filter: FilterExpression | undefined;
  orderBy: readonly OrderByItem[] | undefined;
  expand: readonly ExpandItem[] | undefined;
  top: number | undefined;
  count: boolean | undefined;
  apply: string | undefined;
  skipToken: string | undefined;
  deltaToken: string | undefined;
  id: string | undefined;
  unsupported: Map<string, string>;
  aliases: Map<string, ArgumentValue | FilterExpression>;
  custom: Map<string, string>;
};

/**
 * Parses the raw text behind the `?`, still percent-encoded; `+` stands for a blank. A `$` option or an alias given
 * twice is a problem; of a custom option the first one counts. The source of a problem is the option's name.
 *
 * @example parseQueryOptions('$select=name&$filter=name%20eq%20@p&@p=%27x%27')
 */
export function parseQueryOptions(query: string): Parsed<SystemQueryOptions> {
  const draft = createDraft();
  const seen = new Set<string>();
  let start = 0;
  while (start < query.length) {
    const separator = query.indexOf('&', start);
    const end = separator === -1 ? query.length : separator;
    if (end > start) {
      const problem = readPair(query.slice(start, end), draft, seen);
      if (problem !== undefined) return { ok: false, error: problem };
    }
    start = end + 1;
  }
  return { ok: true, value: draft };
}

/** The options of a query that says nothing. */
export const noQueryOptions: SystemQueryOptions = createDraft();

function createDraft(): OptionsDraft {
  return {
    select: undefined,
    filter: undefined,
    orderBy: undefined,
    expand: undefined,
    top: undefined,
    count: undefined,
    apply: undefined,
    skipToken: undefined,
    deltaToken: undefined,
    id: undefined,
    unsupported: new Map(),
    aliases: new Map(),
    custom: new Map(),
  };
}

/** Reads one `name=value`. */
function readPair(pair: string, draft: OptionsDraft, seen: Set<string>): SyntaxProblem | undefined {
  const equals = pair.indexOf('=');
  const name = decodeForm(equals === -1 ? pair : pair.slice(0, equals), 'query');
  if (!name.ok) return name.error;
  const value = decodeForm(equals === -1 ? '' : pair.slice(equals + 1), name.value || 'query');
  if (!value.ok) return value.error;
  const first = name.value.charCodeAt(0);
  if (first !== DOLLAR && first !== AT) {
    if (!draft.custom.has(name.value)) draft.custom.set(name.value, value.value);
    return undefined;
  }
  if (seen.has(name.value)) {
    return syntaxProblem(name.value, value.value, 0, `The query option '${name.value}' is given twice.`);
  }
  seen.add(name.value);
  return first === AT ? readAlias(draft, name.value, value.value) : readSystemOption(draft, name.value, value.value);
}

function decodeForm(text: string, source: string): Parsed<string> {
  return percentDecode(text.includes('+') ? text.replaceAll('+', ' ') : text, source);
}

function readAlias(draft: OptionsDraft, name: string, text: string): SyntaxProblem | undefined {
  const parsed = parseFilter(text, name);
  if (!parsed.ok) return parsed.error;
  draft.aliases.set(name, parsed.value);
  return undefined;
}

function readSystemOption(draft: OptionsDraft, name: string, text: string): SyntaxProblem | undefined {
  switch (name) {
    case '$select':
      return keep(draft, 'select', parseSelect(text));
    case '$filter':
      return keep(draft, 'filter', parseFilter(text));
    case '$orderby':
      return keep(draft, 'orderBy', parseOrderBy(text));
    case '$expand':
      return keep(draft, 'expand', parseExpand(text));
    case '$top':
      return keep(draft, 'top', parseTop(text));
    case '$count':
      return keep(draft, 'count', parseCount(text));
    case '$apply':
      draft.apply = text;
      return undefined;
    case '$skiptoken':
      draft.skipToken = text;
      return undefined;
    case '$deltatoken':
      draft.deltaToken = text;
      return undefined;
    case '$id':
      draft.id = text;
      return undefined;
    default:
      draft.unsupported.set(name, text);
      return undefined;
  }
}

function keep<Key extends keyof OptionsDraft>(
  draft: OptionsDraft,
  key: Key,
  parsed: Parsed<NonNullable<OptionsDraft[Key]>>,
): SyntaxProblem | undefined {
  if (!parsed.ok) return parsed.error;
  draft[key] = parsed.value;
  return undefined;
}

function parseCount(text: string): Parsed<boolean> {
  if (text === 'true') return { ok: true, value: true };
  if (text === 'false') return { ok: true, value: false };
  return { ok: false, error: syntaxProblem('$count', text, 0, "Expected 'true' or 'false' as $count.") };
}
