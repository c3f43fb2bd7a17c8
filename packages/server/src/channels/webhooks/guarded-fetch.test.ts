import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { after, before, describe, test } from 'node:test';
import {
  createGuardedFetch,
  type GuardedAnswer,
  type GuardedFetch,
  judgeUrl,
  type ResolveHost,
} from './guarded-fetch.ts';
import { parseAllowance } from './network-allowance.ts';

const nothing = parseAllowance([]);

describe('URLs', () => {
  for (const url of [
    'https://example.com/hook',
    'https://example.com:8443/',
    'https://8.8.8.8/',
    'https://[2606:4700::1]/',
  ])
    test(`${url} may be asked`, () => assert.equal(judgeUrl(url, nothing), undefined));

  for (const url of [
    'http://example.com/',
    'ftp://example.com/',
    'file:///etc/passwd',
    'data:text/plain,x',
    'https://user@example.com/',
    'https://user:word@example.com/',
    'https://example.com:22/',
    'https://example.com:25/',
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0177.0.0.1/',
    'https://0x7f000001/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://169.254.169.254/latest/meta-data/',
    'https://①②⑦.0.0.1/',
    'not a url',
    '',
  ])
    test(`${url} may not`, () => assert.notEqual(judgeUrl(url, nothing), undefined));

  test('hosts that the operator named may do without TLS and use any port, but not carry a password', () => {
    const allowance = parseAllowance(['crm.internal', '127.0.0.0/8']);
    assert.equal(judgeUrl('http://crm.internal:81/', allowance), undefined);
    assert.equal(judgeUrl('http://127.0.0.1:9/', allowance), undefined);
    assert.notEqual(judgeUrl('http://a:b@127.0.0.1/', allowance), undefined);
    assert.notEqual(judgeUrl('http://other.internal/', allowance), undefined);
  });
});

describe('requests', () => {
  let server: http.Server;
  let port: number;
  let visits: string[];
  const open: GuardedFetch[] = [];

  before(async () => {
    server = http.createServer((request, response) => {
      visits.push(request.url ?? '');
      if (request.url === '/redirect') response.writeHead(302, { Location: '/secret' }).end();
      else if (request.url === '/long') response.end('0123456789'.repeat(10));
      else if (request.url !== '/silent') response.writeHead(200, { 'X-Mark': 'here' }).end('fine');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    // A listening TCP socket has this form of address.
    ({ port } = server.address() as AddressInfo);
  });
  after(async () => {
    server.closeAllConnections();
    server.close();
    await Promise.all(open.map((fetch) => fetch.close()));
  });

  function guard(allow: readonly string[], resolve?: ResolveHost): GuardedFetch {
    visits = [];
    const fetch = createGuardedFetch(parseAllowance(allow), resolve);
    open.push(fetch);
    return fetch;
  }

  function get(fetch: GuardedFetch, url: string, timeoutMilliseconds = 20_000): Promise<GuardedAnswer> {
    return fetch.send({ url, method: 'GET', headers: {}, timeoutMilliseconds, maximumBytes: 50, onLongBody: 'fail' });
  }

  const loopback: ResolveHost = async () => [{ address: '127.0.0.1', family: 4 }];

  test('reach what is allowed', async () => {
    const answer = await get(guard(['127.0.0.1']), `http://127.0.0.1:${port}/`);
    assert.ok(answer.kind === 'answered');
    assert.deepEqual([answer.status, answer.headers['x-mark'], answer.body.toString()], [200, 'here', 'fine']);
  });

  test('do not follow redirects', async () => {
    const answer = await get(guard(['127.0.0.1']), `http://127.0.0.1:${port}/redirect`);
    assert.equal(answer.kind === 'answered' && answer.status, 302);
    assert.deepEqual(visits, ['/redirect']);
  });

  test('refuse a name that resolves to a private address, before connecting', async () => {
    const answer = await get(guard([], loopback), `https://harmless.example:${port}/`);
    assert.equal(answer.kind, 'refused');
    assert.deepEqual(visits, []);
  });

  test('refuse a name of which only one address is private', async () => {
    const mixed: ResolveHost = async () => [
      { address: '93.184.215.14', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ];
    assert.equal((await get(guard([], mixed), 'https://mixed.example/')).kind, 'refused');
  });

  test('judge every connection by the very addresses that it is made to', async () => {
    // The first is allowed, the second is not: whoever asked once to judge and once more to connect would mix them up.
    const answers = ['127.0.0.1', '127.0.0.2'];
    let asked = 0;
    const rebinding: ResolveHost = async () => [{ address: answers[asked++ % 2] ?? '', family: 4 }];
    const fetch = guard(['127.0.0.1'], rebinding);
    const connected: (string | undefined)[] = [];
    const note = (socket: Socket): void => void connected.push(socket.localAddress);
    server.on('connection', note);
    // It connects, and then fails because nobody speaks TLS there.
    assert.equal((await get(fetch, `https://rebinding.example:${port}/`)).kind, 'failed');
    assert.equal((await get(fetch, `https://rebinding.example:${port}/`)).kind, 'refused');
    server.off('connection', note);
    assert.equal(asked, 2);
    assert.deepEqual(connected, ['127.0.0.1']);
  });

  test('let an operator name a host that resolves to a private address', async () => {
    const answer = await get(guard(['crm.internal'], loopback), `http://crm.internal:${port}/`);
    assert.equal(answer.kind, 'answered');
  });

  test('read no more of an answer than allowed', async () => {
    const fetch = guard(['127.0.0.1']);
    const url = `http://127.0.0.1:${port}/long`;
    assert.equal((await get(fetch, url)).kind, 'refused');
    const cut = await fetch.send({
      url,
      method: 'GET',
      headers: {},
      timeoutMilliseconds: 20_000,
      maximumBytes: 50,
      onLongBody: 'cut',
    });
    assert.equal(cut.kind === 'answered' && cut.body.length, 50);
  });

  test('fail when no answer comes in time or nobody listens', async () => {
    const fetch = guard(['127.0.0.1']);
    const silent = await get(fetch, `http://127.0.0.1:${port}/silent`, 100);
    assert.deepEqual(silent, { kind: 'failed', reason: 'no answer in time' });
    assert.equal((await get(fetch, 'http://127.0.0.1:1/')).kind, 'failed');
  });
});
