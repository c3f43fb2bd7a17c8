/**
 * The one clock of the contact centre. It follows the database's, so that several servers agree, plus an offset that only tests
 * move (`parley.clock`); sign-in keeps its own time, because tokens are checked by others too.
 */

export type Clock = {
  /** Whole milliseconds since 1970, UTC. */
  now(): number;
};
