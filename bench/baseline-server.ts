/**
 * The named baseline of `npm run bench -- webapi`: a hand-written Node http handler with one prepared statement per
 * route on the same database, answering with plain JSON. No sign-in, no checks, no annotations.
 * Configuration comes in BASELINE (JSON): the pg connection and the ids that its statements need.
 */
import http from 'node:http';
import pg from 'pg';

type Settings = {
  readonly connection: pg.PoolConfig;
  readonly ownerId: string;
  readonly unitId: string;
  readonly principals: readonly string[];
};

const settings = JSON.parse(process.env['BASELINE'] ?? '{}') as Settings;
const pool = new pg.Pool({ ...settings.connection, max: 12 });

const listColumns =
  'msdyn_liveconversationid, msdyn_subject, msdyn_title, statecode, statuscode, msdyn_channel, msdyn_customer, msdyn_activeagentid, msdyn_liveworkstreamid, msdyn_transfercount, createdon, versionnumber';
const listWhere = 'statuscode = $1 AND createdon < $2';
const listEnd = 'ORDER BY createdon DESC, msdyn_liveconversationid DESC LIMIT 50';
const owned =
  "(ownerid = ANY($3::uuid[]) OR EXISTS (SELECT 1 FROM data.principalobjectaccess s WHERE s.objectid = c.msdyn_liveconversationid AND s.objecttypecode = 'msdyn_liveconversation' AND s.principalid = ANY($3::uuid[]) AND s.accessrightsmask & 1 <> 0))";

const statements = {
  retrieve: 'SELECT * FROM data.msdyn_liveconversation WHERE msdyn_liveconversationid = $1',
  list: `SELECT ${listColumns} FROM data.msdyn_liveconversation c WHERE ${listWhere} ${listEnd}`,
  agentList: `SELECT ${listColumns} FROM data.msdyn_liveconversation c WHERE ${listWhere} AND ${owned} ${listEnd}`,
  create:
    'INSERT INTO data.msdyn_liveconversation (msdyn_subject, msdyn_title, msdyn_channel, msdyn_liveworkstreamid, msdyn_transfercount, ownerid, ownerid_table, owningbusinessunit, createdby, modifiedby) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $6, $6) RETURNING msdyn_liveconversationid',
  update:
    'UPDATE data.msdyn_liveconversation SET msdyn_title = $2, msdyn_transfercount = $3, modifiedon = now(), modifiedby = $4 WHERE msdyn_liveconversationid = $1',
} as const;

function run(name: keyof typeof statements, values: readonly unknown[]): Promise<pg.QueryResult> {
  return pool.query({ name, text: statements[name], values: [...values] });
}

async function readJson(request: http.IncomingMessage): Promise<Record<string, string>> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return JSON.parse(text) as Record<string, string>;
}

async function answer(request: http.IncomingMessage): Promise<{ status: number; body: string }> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const id = url.searchParams.get('id');
  switch (`${request.method} ${url.pathname}`) {
    case 'GET /retrieve':
      return { status: 200, body: JSON.stringify((await run('retrieve', [id])).rows[0]) };
    case 'GET /list':
      return {
        status: 200,
        body: JSON.stringify(
          (await run('list', [url.searchParams.get('status'), url.searchParams.get('before')])).rows,
        ),
      };
    case 'GET /agent-list':
      return {
        status: 200,
        body: JSON.stringify(
          (
            await run('agentList', [
              url.searchParams.get('status'),
              url.searchParams.get('before'),
              settings.principals,
            ])
          ).rows,
        ),
      };
    case 'POST /create': {
      const row = await readJson(request);
      const channel = row['channel']?.split(',').map(Number);
      const result = await run('create', [
        row['subject'],
        row['title'],
        channel,
        row['workStream'],
        row['transferCount'],
        settings.ownerId,
        'systemuser',
        settings.unitId,
      ]);
      return { status: 200, body: JSON.stringify(result.rows[0]) };
    }
    case 'PATCH /update': {
      const row = await readJson(request);
      const result = await run('update', [id, row['title'], row['transferCount'], settings.ownerId]);
      return { status: 200, body: JSON.stringify({ updated: result.rowCount }) };
    }
    default:
      return { status: 404, body: '{}' };
  }
}

const server = http.createServer((request, response) => {
  answer(request).then(
    ({ status, body }) =>
      response
        .writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) })
        .end(body),
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
});
server.listen(Number(process.env['PORT'] ?? 0), '127.0.0.1', () =>
  process.stdout.write(`ready ${JSON.stringify(server.address())}\n`),
);
