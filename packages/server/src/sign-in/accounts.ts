/**
 * Who may sign in: people by password, application users by client secret, and anyone named in a token.
 * All of them are rows of data.systemuser; a disabled user is nobody here.
 */
import { applicationIdOf } from '../model/application-id.ts';
import { type Database, isGuid, readBoolean } from './database.ts';
import { hashPassword, nobodysHash, verifyPassword } from './password-hash.ts';

export type User = {
  systemUserId: string;
  fullName: string | undefined;
  domainName: string | undefined;
  email: string | undefined;
  /** The object id that tokens carry: that of the directory, or the systemuserid where there is no directory. */
  objectId: string;
  applicationId: string | undefined;
};

/** A column of data.systemuser that a claim of a token may be matched with. */
export type UserColumn =
  | 'systemuserid'
  | 'azureactivedirectoryobjectid'
  | 'applicationid'
  | 'domainname'
  | 'internalemailaddress';

type UserRow = {
  systemuserid: string;
  fullname: string | null;
  domainname: string | null;
  internalemailaddress: string | null;
  azureactivedirectoryobjectid: string | null;
  applicationid: string | null;
};

const userColumns =
  'u.systemuserid, u.fullname, u.domainname, u.internalemailaddress, u.azureactivedirectoryobjectid, u.applicationid';
const enabled = 'u.isdisabled IS NOT TRUE';
const textColumns: readonly UserColumn[] = ['domainname', 'internalemailaddress'];

/** Finds the one enabled user whose column has this value; undefined when there is none, or more than one. */
export async function findUser(database: Database, column: UserColumn, value: string): Promise<User | undefined> {
  if (!isPossible(column, value)) return undefined;
  const { rows } = await database.query<UserRow>(
    `SELECT ${userColumns} FROM data.systemuser AS u WHERE u.${column} = $1 AND ${enabled} LIMIT 2`,
    [value],
  );
  return rows[0] === undefined || rows.length > 1 ? undefined : readUser(rows[0]);
}

/** Finds the user that a person means by what they typed: the user name first, else an email address. */
export async function findUserByName(database: Database, name: string): Promise<User | undefined> {
  return (await findUser(database, 'domainname', name)) ?? (await findUser(database, 'internalemailaddress', name));
}

/** Whether a password belongs to its person, or was published with the demo. */
export type PasswordKind = 'personal' | 'demo';

/**
 * Checks a password of one of the accepted kinds. `user` undefined (nobody has the name) or without such a password
 * costs the same time and fails. A hash made with older parameters is replaced on success.
 */
export async function checkUserPassword(
  database: Database,
  user: User | undefined,
  password: string,
  accepted: readonly PasswordKind[],
): Promise<User | undefined> {
  const row = user === undefined ? undefined : await readPassword(database, user.systemUserId);
  const stored = row !== undefined && accepted.includes(row.kind) ? row.hash : undefined;
  const { matches, outdated } = await verifyPassword(password, stored ?? nobodysHash);
  if (user === undefined || stored === undefined || !matches) return undefined;
  if (outdated) {
    await database.query(
      'UPDATE parley.sign_in_password SET password_hash = $2 WHERE systemuserid = $1 AND password_hash = $3',
      [user.systemUserId, await hashPassword(password), stored],
    );
  }
  return user;
}

/**
 * Sets a person's password; a different one ends the person's sessions and refresh tokens. Setting the same one
 * again changes nothing, so this may be called at each start. Passwords of kind `demo` are refused when the demo is off.
 */
export async function setUserPassword(
  database: Database,
  systemUserId: string,
  password: string,
  kind: PasswordKind = 'personal',
): Promise<void> {
  if (password === '') throw new RangeError('A password must not be empty.');
  const row = await readPassword(database, systemUserId);
  if (row?.kind === kind && (await isCurrent(password, row.hash))) return;
  await database.query(
    `INSERT INTO parley.sign_in_password (systemuserid, password_hash, demo) VALUES ($1, $2, $3)
     ON CONFLICT (systemuserid) DO UPDATE
       SET password_hash = excluded.password_hash, demo = excluded.demo, changed_at = now()`,
    [systemUserId, await hashPassword(password), kind === 'demo'],
  );
  await database.query('DELETE FROM parley.sign_in_record WHERE account_id = $1', [systemUserId.toLowerCase()]);
}

/** True when the user's password is one that the demo published. */
export async function isDemoUser(database: Database, systemUserId: string): Promise<boolean> {
  return (await readPassword(database, systemUserId))?.kind === 'demo';
}

/** Ends the sessions and refresh tokens of all whose password the demo published. */
export async function endDemoSessions(database: Database): Promise<void> {
  await database.query(
    'DELETE FROM parley.sign_in_record WHERE account_id IN (SELECT systemuserid::text FROM parley.sign_in_password WHERE demo)',
  );
}

async function readPassword(
  database: Database,
  systemUserId: string,
): Promise<{ hash: string; kind: PasswordKind } | undefined> {
  const { rows } = await database.query<{ password_hash: string; demo: string }>(
    'SELECT password_hash, demo::text AS demo FROM parley.sign_in_password WHERE systemuserid = $1',
    [systemUserId],
  );
  return rows[0] === undefined
    ? undefined
    : { hash: rows[0].password_hash, kind: readBoolean(rows[0].demo) ? 'demo' : 'personal' };
}

/**
 * Gives an application user its client secret. The client id has to stand for the user's `applicationid`; while it does
 * not, the secret opens nothing. May be called at each start; a changed secret takes effect with the next token request.
 */
export async function setApplicationSecret(
  database: Database,
  application: { clientId: string; secret: string; systemUserId: string },
): Promise<void> {
  const { secret, systemUserId } = application;
  const clientId = applicationIdOf(application.clientId);
  if (secret === '') throw new RangeError('A client secret must not be empty.');
  const { rows } = await database.query<{ secret_hash: string; systemuserid: string }>(
    'SELECT secret_hash, systemuserid FROM parley.sign_in_application WHERE client_id = $1',
    [clientId],
  );
  const stored = rows[0];
  if (stored?.systemuserid === systemUserId.toLowerCase() && (await isCurrent(secret, stored.secret_hash))) return;
  await database.query(
    `INSERT INTO parley.sign_in_application (client_id, systemuserid, secret_hash) VALUES ($1, $2, $3)
     ON CONFLICT (client_id) DO UPDATE
       SET systemuserid = excluded.systemuserid, secret_hash = excluded.secret_hash, changed_at = now()`,
    [clientId, systemUserId, await hashPassword(secret)],
  );
}

/** Finds an enabled application user that has a client secret, by client id. */
export async function findApplication(
  database: Database,
  clientId: string,
): Promise<{ user: User; secretHash: string } | undefined> {
  if (!isPossible('domainname', clientId)) return undefined;
  const { rows } = await database.query<UserRow & { secret_hash: string }>(
    `SELECT ${userColumns}, a.secret_hash
       FROM parley.sign_in_application AS a
       JOIN data.systemuser AS u ON u.systemuserid = a.systemuserid AND u.applicationid = a.client_id
      WHERE a.client_id = $1 AND ${enabled}`,
    [applicationIdOf(clientId)],
  );
  return rows[0] === undefined ? undefined : { user: readUser(rows[0]), secretHash: rows[0].secret_hash };
}

/** Stores a hash with current parameters for a secret that was just verified against an older hash. */
export async function renewApplicationHash(database: Database, clientId: string, secret: string): Promise<void> {
  await database.query('UPDATE parley.sign_in_application SET secret_hash = $2 WHERE client_id = $1', [
    applicationIdOf(clientId),
    await hashPassword(secret),
  ]);
}

async function isCurrent(password: string, stored: string): Promise<boolean> {
  const { matches, outdated } = await verifyPassword(password, stored);
  return matches && !outdated;
}

function isPossible(column: UserColumn, value: string): boolean {
  // PostgreSQL text cannot hold U+0000 and answers it with an error.
  return textColumns.includes(column) ? value !== '' && value.length <= 1024 && !value.includes('\0') : isGuid(value);
}

function readUser(row: UserRow): User {
  return {
    systemUserId: row.systemuserid,
    fullName: row.fullname ?? undefined,
    domainName: row.domainname ?? undefined,
    email: row.internalemailaddress ?? undefined,
    objectId: row.azureactivedirectoryobjectid ?? row.systemuserid,
    applicationId: row.applicationid ?? undefined,
  };
}
