/** What everything that changes conversations works with. */
import type { Guid, QueueLoad, RoutingConfiguration } from '@parley/engine';
import type { Clock } from '../clock.ts';
import type { Database } from '../db/database.ts';
import type { Written } from '../outbox/write-events.ts';
import type { Writer } from './write-changes.ts';

export type ConversationsContext = {
  readonly database: Database;
  readonly clock: Clock;
  readonly writer: Writer;
  /** The present version: taken once per step. */
  configuration(): RoutingConfiguration;
  /** How long the lines are; a few seconds old at most. Read through the caller's transaction. */
  queueLoads(queueIds: readonly Guid[], through: Database): Promise<ReadonlyMap<Guid, QueueLoad>>;
  /** After a commit: tells this process and the others. */
  announce(written: Written): void;
  /** Counts and times a step. */
  measure<Result>(kind: string, work: () => Promise<Result>): Promise<Result>;
};
