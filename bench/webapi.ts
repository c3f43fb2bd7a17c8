/**
 * The Web API against the baseline server on the same database: throughput of the common requests with 32 connections
 * over 100,000 conversations, and how the first and the 1,000th page of a list grow with the table.
 */
import { type Comparison, compareRates, median } from './compare.ts';
import { type LoadRequest, runLoad } from './http-load.ts';
import { fillConversations, openWebApiFixture, type WebApiFixture } from './webapi-fixture.ts';

const connections = 32;
const rounds = 5;
const roundMilliseconds = 2500;
const warmUpMilliseconds = 1500;
const api = '/api/data/v9.2/msdyn_liveconversations';
const columns =
  'msdyn_subject,msdyn_title,statecode,statuscode,msdyn_channel,_msdyn_customer_value,_msdyn_activeagentid_value,_msdyn_liveworkstreamid_value,msdyn_transfercount,createdon,versionnumber';

type Case = {
  readonly name: string;
  readonly target: number;
  readonly status: number;
  parley(): LoadRequest;
  baseline(): LoadRequest;
};

export async function benchWebApi(print: (line: string) => void): Promise<void> {
  const fixture = await openWebApiFixture(100_000, print);
  try {
    print('');
    print('Throughput relative to a hand-written handler with one prepared statement (32 connections, 100,000 rows)');
    print('case                                               ratio   (low - high)   target   parley/s  baseline/s');
    for (const item of cases(fixture)) print(describe(await compareCase(fixture, item), item.target));
    await benchGrowth(fixture, print);
  } finally {
    await fixture.stop();
  }
}

async function compareCase(fixture: WebApiFixture, item: Case): Promise<Comparison> {
  const load = (port: number, milliseconds: number, next: () => LoadRequest, expectedStatus: number) =>
    runLoad({ port, connections, milliseconds, next, expectedStatus });
  await load(fixture.parleyPort, warmUpMilliseconds, item.parley, item.status);
  await load(fixture.baselinePort, warmUpMilliseconds, item.baseline, 200);
  return compareRates(
    item.name,
    rounds,
    async () => (await load(fixture.parleyPort, roundMilliseconds, item.parley, item.status)).perSecond,
    async () => (await load(fixture.baselinePort, roundMilliseconds, item.baseline, 200)).perSecond,
  );
}

function describe(result: Comparison, target: number): string {
  const number = (value: number, width: number, digits: number) => value.toFixed(digits).padStart(width);
  return `${result.name.padEnd(50)} ${number(result.ratio, 6, 2)}   (${number(result.low, 4, 2)} - ${number(result.high, 4, 2)})   ${number(target, 6, 2)} ${number(result.subject, 10, 0)} ${number(result.baseline, 11, 0)}`;
}

function cases(fixture: WebApiFixture): Case[] {
  const administrator = { Authorization: `Bearer ${fixture.tokens.administrator}` };
  const agent = { Authorization: `Bearer ${fixture.tokens.agent}` };
  const annotated = { ...administrator, Prefer: 'odata.include-annotations="*"' };
  let turn = 0;
  const id = () => fixture.ids[turn++ % fixture.ids.length] ?? '';
  // 5 states x 700 days: more texts than the plan cache holds, so that planning is part of what is measured.
  const parameters = () => {
    turn++;
    return {
      status: 1 + (turn % 5),
      before: new Date(Date.now() - (turn % 700) * 86_400_000).toISOString().slice(0, 10),
    };
  };
  const list = (headers: Record<string, string>): LoadRequest => {
    const { status, before } = parameters();
    return {
      method: 'GET',
      path: `${api}?$select=${columns}&$filter=statuscode%20eq%20${status}%20and%20createdon%20lt%20${before}&$orderby=createdon%20desc&$top=50`,
      headers,
    };
  };
  const plainList = (path: string): LoadRequest => {
    const { status, before } = parameters();
    return { method: 'GET', path: `${path}?status=${status}&before=${before}`, headers: {} };
  };
  const stream = fixture.workStreamId;
  return [
    {
      name: 'Retrieve one row, all columns',
      target: 0.7,
      status: 200,
      parley: () => ({ method: 'GET', path: `${api}(${id()})`, headers: administrator }),
      baseline: () => ({ method: 'GET', path: `/retrieve?id=${id()}`, headers: {} }),
    },
    {
      name: '50 rows x 11 columns, filtered and ordered',
      target: 0.75,
      status: 200,
      parley: () => list(administrator),
      baseline: () => plainList('/list'),
    },
    {
      name: 'the same with all annotations',
      target: 0.5,
      status: 200,
      parley: () => list(annotated),
      baseline: () => plainList('/list'),
    },
    {
      name: 'the same as an agent with Basic read depth',
      target: 0.6,
      status: 200,
      parley: () => list(agent),
      baseline: () => plainList('/agent-list'),
    },
    {
      name: 'Create',
      target: 0.6,
      status: 204,
      parley: () => ({
        method: 'POST',
        path: api,
        headers: administrator,
        body: `{"msdyn_subject":"Where is my order?","msdyn_title":"Order","msdyn_channel":"192360000","msdyn_transfercount":0,"msdyn_liveworkstreamid@odata.bind":"/msdyn_liveworkstreams(${stream})"}`,
      }),
      baseline: () => ({
        method: 'POST',
        path: '/create',
        headers: {},
        body: `{"subject":"Where is my order?","title":"Order","channel":"192360000","transferCount":0,"workStream":"${stream}"}`,
      }),
    },
    {
      name: 'Update',
      target: 0.6,
      status: 204,
      parley: () => ({
        method: 'PATCH',
        path: `${api}(${id()})`,
        headers: { ...administrator, 'If-Match': '*' },
        body: `{"msdyn_title":"Order ${turn}","msdyn_transfercount":1}`,
      }),
      baseline: () => ({
        method: 'PATCH',
        path: `/update?id=${id()}`,
        headers: {},
        body: `{"title":"Order ${turn}","transferCount":1}`,
      }),
    },
  ];
}

const pages = 1000;
const pageSize = 50;
const samples = 15;

/** Median milliseconds of the first and the last page of a walk. */
async function timePages(fixture: WebApiFixture, walk: number): Promise<{ first: number; last: number }> {
  const headers = { Authorization: `Bearer ${fixture.tokens.administrator}`, Prefer: `odata.maxpagesize=${pageSize}` };
  const origin = `http://127.0.0.1:${fixture.parleyPort}`;
  const get = async (url: string): Promise<{ milliseconds: number; next: string | undefined }> => {
    const started = performance.now();
    const response = await fetch(url, { headers });
    const body = (await response.json()) as { '@odata.nextLink'?: string };
    return { milliseconds: performance.now() - started, next: body['@odata.nextLink'] };
  };
  const start = `${origin}${api}?$select=${columns}&$filter=statuscode%20eq%204&$orderby=createdon%20desc`;
  let url = start;
  for (let page = 1; page < walk; page++) {
    const { next } = await get(url);
    if (next === undefined) throw new Error(`The list ends at page ${page}`);
    url = next;
  }
  const time = async (address: string) => {
    const times: number[] = [];
    for (let sample = 0; sample < samples; sample++) times.push((await get(address)).milliseconds);
    return median(times);
  };
  return { first: await time(start), last: await time(url) };
}

async function benchGrowth(fixture: WebApiFixture, print: (line: string) => void): Promise<void> {
  print('');
  print('Growth of a filtered, ordered list, relative to the first page with 10,000 rows (at most 1.50)');
  await fixture.pool.query(
    'DELETE FROM data.msdyn_liveconversation WHERE msdyn_liveconversationid IN (SELECT msdyn_liveconversationid FROM data.msdyn_liveconversation OFFSET 10000)',
  );
  await fixture.pool.query('VACUUM (FULL, ANALYZE) data.msdyn_liveconversation');
  await timePages(fixture, 2);
  const small = await timePages(fixture, 1);
  await fillConversations(fixture.pool, 1_000_000);
  await timePages(fixture, 2);
  const large = await timePages(fixture, pages);
  print(
    `first page, 1,000,000 rows      ${(large.first / small.first).toFixed(2)}   (${large.first.toFixed(2)} ms against ${small.first.toFixed(2)} ms)`,
  );
  print(`page ${pages}, 1,000,000 rows       ${(large.last / small.first).toFixed(2)}   (${large.last.toFixed(2)} ms)`);
}
