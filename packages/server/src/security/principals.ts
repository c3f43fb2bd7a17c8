/**
 * The cache of principals. It is emptied at once when anything that decides access changes: by this process before it
 * answers such a write, by every other process through a database notification. While notifications are lost, nothing
 * is cached.
 */
import type { Pool } from 'pg';
import type { Principal } from './caller.ts';
import { loadPrincipal } from './load-principal.ts';

const maximumEntries = 10_000;

export type Principals = {
  /** The principal of a user id, from the cache where possible; undefined when there is no such user. */
  find(userId: string): Principal | undefined | Promise<Principal | undefined>;
  invalidate(): void;
  /** Whether change notifications arrive; while they do not, every look-up reads the database. */
  setConnected(connected: boolean): void;
};

export function createPrincipals(pool: Pool): Principals {
  const cache = new Map<string, Principal>();
  let generation = 0;
  let isConnected = false;
  const load = async (userId: string): Promise<Principal | undefined> => {
    const started = generation;
    const principal = await loadPrincipal(pool, userId);
    if (principal !== undefined && isConnected && started === generation) {
      if (cache.size >= maximumEntries) cache.clear();
      cache.set(userId, principal);
    }
    return principal;
  };
  return {
    find: (userId) => cache.get(userId) ?? load(userId),
    invalidate: () => {
      generation++;
      cache.clear();
    },
    setConnected: (connected) => {
      isConnected = connected;
      generation++;
      cache.clear();
    },
  };
}
