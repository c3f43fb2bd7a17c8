/** Signing people in by name and password, whichever way they come: the form or the demo's password grant. */
import { checkUserPassword, findUserByName, type User } from './accounts.ts';
import type { ProviderParts } from './provider-parts.ts';

/**
 * The user with this name (user name or email) and password; undefined when either is wrong, or the user is disabled.
 * Fails with TooManyAttempts or HashQueueFull. Takes the same time and the same limits for names that nobody has.
 */
export async function signInPerson(
  { database, attempts, demo }: ProviderParts,
  credentials: { name: string; password: string; address: string },
): Promise<User | undefined> {
  const { name, password, address } = credentials;
  const user = await findUserByName(database, name.trim());
  // By user where there is one, so that the two names of a person do not double the limit.
  const account = user === undefined ? `name:${name.trim()}` : `user:${user.systemUserId}`;
  return attempts.guard(account, address, () =>
    checkUserPassword(database, user, password, demo ? ['personal', 'demo'] : ['personal']),
  );
}
