/** What the operations on conversations and agents work with: handed in when the server is put together. */
import type { RoutingConfiguration } from '@parley/engine';
import type { ConversationService } from '../conversations/conversation-service.ts';
import type { Database } from '../db/database.ts';
import type { AvailabilitySources } from '../metrics/metrics-operations.ts';
import type { Presence } from '../presence/presence.ts';
import type { DeclaredOperation } from '../webapi/operations/operation.ts';

export type OperationParts = {
  readonly database: Database;
  readonly conversations: ConversationService;
  readonly presence: Presence;
  /** The present version. */
  configuration(): RoutingConfiguration;
  readonly availability: AvailabilitySources;
  /** Fires the timers of conversations that are due. */
  fireTimers(): Promise<unknown>;
  /** Moves the one clock forward, by milliseconds; undefined where the clock is not to be moved. */
  readonly moveClock: ((milliseconds: number) => Promise<void>) | undefined;
};

/** A family of operations, made from what they work with. */
export type OperationFamily = (parts: OperationParts) => readonly DeclaredOperation[];
