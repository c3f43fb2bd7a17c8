/** Every operation on conversations and agents, for the Web API to offer. */
import type { DeclaredOperation } from '../webapi/operations/operation.ts';
import { detailActions } from './detail-actions.ts';
import { handlingActions } from './handling-actions.ts';
import { messageOperations } from './message-operations.ts';
import { metricOperations } from './metric-operations.ts';
import type { OperationParts } from './operation-parts.ts';
import { presenceOperations } from './presence-operations.ts';
import { startAndClock } from './start-and-clock.ts';
import { stateFunctions } from './state-functions.ts';
import { supervisorActions } from './supervisor-actions.ts';
import { transferActions } from './transfer-actions.ts';

const families = [
  handlingActions,
  transferActions,
  supervisorActions,
  messageOperations,
  detailActions,
  stateFunctions,
  presenceOperations,
  metricOperations,
  startAndClock,
];

export function createConversationOperations(parts: OperationParts): readonly DeclaredOperation[] {
  return families.flatMap((family) => family(parts));
}
