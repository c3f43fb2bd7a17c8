/** Which seeds have run in this database: the table `parley.seed`. */
import type { ClientBase } from 'pg';

/** The version that the named seed last ran with, or undefined when it never ran. */
export async function readSeedVersion(client: ClientBase, name: string): Promise<string | undefined> {
  const result = await client.query<{ version: string }>('SELECT version FROM parley.seed WHERE name = $1', [name]);
  return result.rows[0]?.version;
}

/** Keeps other server processes from seeding until the transaction ends. */
export async function lockSeeds(client: ClientBase): Promise<void> {
  await client.query('LOCK TABLE parley.seed IN SHARE ROW EXCLUSIVE MODE');
}

export async function writeSeedVersion(client: ClientBase, name: string, version: string): Promise<void> {
  await client.query(
    `INSERT INTO parley.seed (name, version) VALUES ($1, $2)
     ON CONFLICT (name) DO UPDATE SET version = excluded.version, seeded_at = now()`,
    [name, version],
  );
}
