/** docs/reference/operations.md: functions and actions of the Web API, from the same declarations as $metadata. */
import { createConversationOperations } from '../../packages/server/src/conversation-operations/conversation-operations.ts';
import type { OperationParts } from '../../packages/server/src/conversation-operations/operation-parts.ts';
import type { OperationSignature } from '../../packages/server/src/webapi/operations/operation-signature.ts';
import { createOperationRegistry } from '../../packages/server/src/webapi/operations/registry.ts';
import { code, page, table } from './markdown.ts';

/** Operations are declared without touching what they work with; only the clock decides whether one of them is there. */
const parts = { moveClock: async () => undefined } as Partial<OperationParts> as OperationParts;

export function writeOperations(): string {
  const { signatures } = createOperationRegistry(createConversationOperations(parts));
  const byName = Map.groupBy(signatures, ({ name }) => name);
  const rows = [...byName.values()]
    .toSorted(([left], [right]) => (left?.name ?? '').localeCompare(right?.name ?? ''))
    .map(writeRow);
  return page(
    'Operations',
    'packages/server/src/webapi/operations/signatures.ts and packages/server/src/conversation-operations',
    'Functions are called with GET, actions with POST. A question mark marks what may be left out. Names with `parley_` are Parley’s own; `parley_MoveClock` is there only with PARLEY_MOVABLE_CLOCK=on. Arguments and answers in full: `$metadata`.',
    table(['name', 'kind', 'called on', 'parameters', 'answer'], rows),
  );
}

/** Operations that are bound to several tables have one declaration for each, alike but for the table. */
function writeRow(signatures: readonly OperationSignature[]): string[] {
  const [first] = signatures;
  if (first === undefined) return [];
  const tables = signatures.flatMap(({ bound }) => (bound === undefined ? [] : [code(bound.table)]));
  const parameters = first.parameters.map(
    ({ name, type, nullable }) => `${name}${nullable === true ? '?' : ''}: ${type}`,
  );
  return [code(first.name), first.kind, tables.join(', '), parameters.map(code).join(', '), writeAnswer(first)];
}

function writeAnswer({ returns }: OperationSignature): string {
  if (returns === undefined) return '204';
  return 'type' in returns ? code(returns.type) : returns.properties.map(({ name }) => code(name)).join(', ');
}
