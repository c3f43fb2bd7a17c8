/** OData syntax as Dataverse clients write it: URLs, headers and JSON bodies to trees, and filters back to text. */
export type * from './ast.ts';
export { matchesAnnotation } from './matches-annotation.ts';
export { parseExpand } from './parse-expand.ts';
export { parseFilter } from './parse-filter.ts';
export { type AcceptedFormat, type EntityTag, parseAccept, parseEntityTag } from './parse-headers.ts';
export { parseJson } from './parse-json.ts';
export { parseOrderBy } from './parse-order-by.ts';
export { type Preferences, parsePrefer } from './parse-prefer.ts';
export { noQueryOptions, parseQueryOptions } from './parse-query-options.ts';
export { parseResourcePath } from './parse-resource-path.ts';
export { parseSelect } from './parse-select.ts';
export { percentDecode } from './percent-decode.ts';
export { printArgument, printFilter } from './print-filter.ts';
export { printJson } from './print-json.ts';
