import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTestDatabase } from '../../../../tests/support/test-database.ts';
import { createDatabase, type Database } from '../db/database.ts';
import { listen } from '../db/postgres-notifications.ts';
import { createLog } from '../log.ts';
import { JobFailure, type JobKind } from './job.ts';
import { createJobRunner, type JobRunner, type JobRunnerOptions } from './job-runner.ts';

const { pool, connection, drop } = await createTestDatabase();
const log = createLog('silent');
const database = createDatabase(pool);
const closing: (() => Promise<void>)[] = [];
after(async () => {
  for (const close of closing.reverse()) await close();
  await drop();
});

/** Only the test moves it. */
const clock = {
  time: 1_700_000_000_000,
  now(): number {
    return this.time;
  },
};

type TestKind = JobKind & { readonly ran: { readonly payload: unknown; readonly attempt: number }[] };

function kind(name: string, run: (attempt: number) => Promise<void> | void, more: Partial<JobKind> = {}): TestKind {
  const ran: { payload: unknown; attempt: number }[] = [];
  return {
    name,
    maximumAttempts: 3,
    retryAfter: (attempt) => attempt * 1_000,
    concurrency: 2,
    ran,
    async run(payload, { attempt }) {
      ran.push({ payload, attempt });
      await run(attempt);
    },
    ...more,
  };
}

function runner(kinds: readonly JobKind[], options: Partial<JobRunnerOptions> = {}): JobRunner {
  const created = createJobRunner({ database, clock, log, kinds, sweepMilliseconds: 10, ...options });
  closing.push(() => created.stop());
  return created;
}

async function enqueue(jobs: JobRunner, name: string, payload: unknown = null, key?: string): Promise<void> {
  await jobs.enqueue(database, { kind: name, dueOn: clock.now(), payload, ...(key === undefined ? {} : { key }) });
}

async function rowsOf(name: string): Promise<unknown[]> {
  const { rows } = await pool.query(
    'SELECT due_on, attempts, last_error, is_dead FROM parley.job WHERE kind = $1 ORDER BY id',
    [name],
  );
  return rows;
}

test('a job runs when it is due, once, and is gone', async () => {
  const simple = kind('simple', () => undefined);
  const jobs = runner([simple]);
  await jobs.enqueue(database, { kind: 'simple', dueOn: clock.now() + 5_000, payload: { of: ['anything'] } });
  assert.equal(await jobs.tick(), 0);
  clock.time += 5_000;
  assert.equal(await jobs.tick(), 1);
  assert.deepEqual(simple.ran, [{ payload: { of: ['anything'] }, attempt: 1 }]);
  assert.deepEqual(await rowsOf('simple'), []);
  await assert.rejects(enqueue(jobs, 'unknown'), /no kind of job named unknown/);
});

test('a job exists when the transaction that wrote it commits', async () => {
  const written = kind('written', () => undefined);
  const jobs = runner([written]);
  await assert.rejects(
    database.transaction(async (inside) => {
      await jobs.enqueue(inside, { kind: 'written', dueOn: clock.now(), payload: 'never' });
      throw new Error('no');
    }),
  );
  await database.transaction(async (inside) => {
    await jobs.enqueue(inside, { kind: 'written', dueOn: clock.now(), payload: 'kept' });
    assert.equal(await jobs.tick(), 0);
  });
  assert.equal(await jobs.tick(), 1);
  assert.deepEqual(written.ran, [{ payload: 'kept', attempt: 1 }]);
});

test('the same kind and key is one job while it lives', async () => {
  const keyed = kind('keyed', () => {
    throw new JobFailure('dead', 'given up');
  });
  const jobs = runner([keyed]);
  await enqueue(jobs, 'keyed', 'first', 'a key');
  await enqueue(jobs, 'keyed', 'second', 'a key');
  await enqueue(jobs, 'keyed', 'other', 'another key');
  assert.equal(await jobs.tick(), 2);
  assert.deepEqual(keyed.ran.map(({ payload }) => payload).toSorted(), ['first', 'other']);
  await enqueue(jobs, 'keyed', 'third', 'a key');
  assert.equal(await jobs.tick(), 1);
});

test('a job that fails is tried again later, and is dead after its last attempt', async () => {
  const failing = kind('failing', (attempt) => {
    throw new Error(`attempt ${attempt} ${'x'.repeat(3_000)}`);
  });
  const jobs = runner([failing]);
  await enqueue(jobs, 'failing');
  assert.equal(await jobs.tick(), 1);
  for (const pause of [1_000, 2_000]) {
    clock.time += pause - 1;
    assert.equal(await jobs.tick(), 0);
    clock.time += 1;
    assert.equal(await jobs.tick(), 1);
  }
  clock.time += 1_000_000;
  assert.equal(await jobs.tick(), 0);
  const last_error = `Error: attempt 3 ${'x'.repeat(3_000)}`.slice(0, 2_000);
  const due_on = String(clock.time - 1_000_000);
  assert.deepEqual(await rowsOf('failing'), [{ due_on, attempts: '3', last_error, is_dead: 't' }]);
  assert.equal((await jobs.status()).find((each) => each.kind === 'failing')?.deadCount, 1);
});

test('a job says itself when it wants to be asked again, and waiting counts no attempt', async () => {
  const answers = [new JobFailure('wait', 'not my turn', 10), new JobFailure('retry', 'come later', 7_000)];
  const choosy = kind('choosy', () => {
    const answer = answers.shift();
    if (answer !== undefined) throw answer;
  });
  const jobs = runner([choosy]);
  await enqueue(jobs, 'choosy');
  await jobs.tick();
  clock.time += 10;
  await jobs.tick();
  clock.time += 6_999;
  assert.equal(await jobs.tick(), 0);
  clock.time += 1;
  await jobs.tick();
  assert.deepEqual(
    choosy.ran.map(({ attempt }) => attempt),
    [1, 1, 2],
  );
  assert.deepEqual(await rowsOf('choosy'), []);
});

test('a job whose process died is due again when the lease is over, and dead when that was its last attempt', async () => {
  const orphaned = kind('orphaned', () => undefined, { maximumAttempts: 2 });
  const [dead, alive] = [runner([orphaned]), runner([orphaned])];
  await enqueue(dead, 'orphaned');
  // What a claim leaves behind when nothing follows.
  const abandon = (): Promise<unknown> =>
    pool.query("UPDATE parley.job SET attempts = attempts + 1, due_on = $1 WHERE kind = 'orphaned'", [
      clock.now() + 60_000,
    ]);
  await abandon();
  assert.equal(await alive.tick(), 0);
  clock.time += 60_000;
  await abandon();
  clock.time += 60_000;
  assert.equal(await alive.tick(), 1);
  assert.deepEqual(orphaned.ran, []);
  assert.deepEqual(await rowsOf('orphaned'), [
    {
      due_on: String(clock.time),
      attempts: '3',
      last_error: 'The process ended during the last attempt',
      is_dead: 't',
    },
  ]);
});

test('a job that runs longer than its lease stays with its process', async () => {
  const mayEnd = Promise.withResolvers<void>();
  const long = kind('long', () => mayEnd.promise);
  const [left, right] = [runner([long], { leaseMilliseconds: 30 }), runner([long])];
  await enqueue(left, 'long');
  const ticking = left.tick();
  while (long.ran.length === 0) await sleep(5);
  const leaseEnd = clock.now() + 30;
  clock.time += 25;
  // The renewal that comes within the lease, however long the machine takes for it.
  for (;;) {
    const { rows } = await pool.query("SELECT due_on FROM parley.job WHERE kind = 'long'");
    if (Number(rows[0].due_on) > leaseEnd) break;
    await sleep(5);
  }
  clock.time += 10;
  assert.equal(await right.tick(), 0);
  mayEnd.resolve();
  assert.equal(await ticking, 1);
  assert.deepEqual(await rowsOf('long'), []);
});

test('a run that lost its job to another process does not touch it', async () => {
  const mayEnd = Promise.withResolvers<void>();
  const lost = kind('lost', (attempt) => (attempt === 1 ? mayEnd.promise : Promise.reject(new Error('second'))));
  const [left, right] = [runner([lost]), runner([lost])];
  await enqueue(left, 'lost');
  const ticking = left.tick();
  while (lost.ran.length === 0) await sleep(5);
  clock.time += 60_000;
  assert.equal(await left.tick(), 0, 'the process itself knows that it is at work');
  assert.equal(await right.tick(), 1);
  mayEnd.resolve();
  await ticking;
  const [row] = await rowsOf('lost');
  assert.deepEqual(row, {
    due_on: String(clock.time + 2_000),
    attempts: '2',
    last_error: 'Error: second',
    is_dead: 'f',
  });
  await pool.query("DELETE FROM parley.job WHERE kind = 'lost'");
});

test('a run that lost its job and fails afterwards does not change when it is due', async () => {
  const mayEnd = Promise.withResolvers<void>();
  const late = kind('late', (attempt) => (attempt === 1 ? mayEnd.promise : Promise.reject(new Error('second'))));
  const [left, right] = [runner([late]), runner([late])];
  await enqueue(left, 'late');
  const ticking = left.tick();
  while (late.ran.length === 0) await sleep(5);
  clock.time += 60_000;
  assert.equal(await right.tick(), 1);
  const asTheOtherLeftIt = await rowsOf('late');
  clock.time += 500;
  mayEnd.reject(new Error('first'));
  await ticking;
  assert.deepEqual(await rowsOf('late'), asTheOtherLeftIt);
  await pool.query("DELETE FROM parley.job WHERE kind = 'late'");
});

test('many processes run each job once, and no kind more at once than it allows', async () => {
  const now = { running: 0, most: 0 };
  const counted = kind(
    'counted',
    async () => {
      now.running += 1;
      now.most = Math.max(now.most, now.running);
      await sleep(1);
      now.running -= 1;
    },
    { concurrency: 3 },
  );
  const runners = [runner([counted]), runner([counted])];
  const [first] = runners;
  assert.ok(first !== undefined);
  for (let index = 0; index < 60; index += 1) await enqueue(first, 'counted', index);
  for (const each of runners) each.start();
  while ((await rowsOf('counted')).length > 0) await sleep(5);
  const payloads = counted.ran.map(({ payload }) => Number(payload)).toSorted((left, right) => left - right);
  assert.deepEqual(
    payloads,
    Array.from({ length: 60 }, (_, index) => index),
  );
  assert.ok(now.most <= 6);
});

test('a slow kind delays no other', async () => {
  const mayEnd = Promise.withResolvers<void>();
  const slow = kind('slow', () => mayEnd.promise);
  const quick = kind('quick', () => undefined);
  const jobs = runner([slow, quick]);
  for (let index = 0; index < 5; index += 1) await enqueue(jobs, 'slow', index);
  jobs.start();
  while (slow.ran.length < 2) await sleep(5);
  for (let index = 0; index < 5; index += 1) await enqueue(jobs, 'quick', index);
  while ((await rowsOf('quick')).length > 0) await sleep(5);
  assert.equal(slow.ran.length, 2);
  mayEnd.resolve();
  while ((await rowsOf('slow')).length > 0) await sleep(5);
  assert.equal(slow.ran.length, 5);
});

test('stopping waits for what runs and starts nothing more', async () => {
  const mayEnd = Promise.withResolvers<void>();
  const last = kind('last', () => mayEnd.promise, { concurrency: 1 });
  const jobs = runner([last]);
  await enqueue(jobs, 'last', 1);
  await enqueue(jobs, 'last', 2);
  jobs.start();
  while (last.ran.length === 0) await sleep(5);
  let hasStopped = false;
  const stopping = jobs.stop().then(() => {
    hasStopped = true;
  });
  await sleep(20);
  assert.equal(hasStopped, false);
  mayEnd.resolve();
  await stopping;
  assert.equal(last.ran.length, 1);
  assert.equal((await rowsOf('last')).length, 1);
});

test('a periodic kind has one job, in every process the same, that comes back whatever happens', async () => {
  let isBroken = false;
  const run = (): void => {
    if (isBroken) throw new Error('broken');
  };
  const periodic = kind('periodic', run, { every: 3_600_000, maximumAttempts: 2 });
  const [left, right] = [runner([periodic]), runner([periodic])];
  assert.equal((await left.tick()) + (await right.tick()), 1);
  assert.equal((await left.tick()) + (await right.tick()), 0);
  clock.time += 3_600_000;
  isBroken = true;
  assert.equal(await right.tick(), 1);
  clock.time += 1_000;
  assert.equal(await right.tick(), 1);
  const due_on = String(clock.time + 3_600_000);
  assert.deepEqual(await rowsOf('periodic'), [{ due_on, attempts: '0', last_error: 'Error: broken', is_dead: 'f' }]);
  isBroken = false;
  clock.time += 3_600_000;
  assert.equal(await left.tick(), 1);
});

test('a notification wakes a runner that would not look for an hour', async () => {
  const woken = kind('woken', () => undefined);
  const listeners = new Set<() => void>();
  const wakeAll = (): void => {
    for (const wake of listeners) wake();
  };
  const listener = await listen(connection, ['parley_jobs'], wakeAll, {
    onLost: () => undefined,
    onRestored: () => undefined,
  });
  closing.push(() => listener.close());
  const jobs = runner([woken], {
    sweepMilliseconds: 3_600_000,
    wake: (wake) => {
      listeners.add(wake);
      return () => listeners.delete(wake);
    },
  });
  jobs.start();
  for (let round = 1; round <= 2; round += 1) {
    await enqueue(jobs, 'woken', round);
    while (woken.ran.length < round) await sleep(5);
  }
});

test('a runner survives a database that does not answer', async () => {
  const failures = { left: 3 };
  const flaky: Database = {
    query: (text, values) =>
      failures.left-- > 0 ? Promise.reject(new Error('the database is away')) : database.query(text, values),
    transaction: (work) => database.transaction(work),
  };
  const patient = kind('patient', () => undefined);
  await enqueue(runner([patient]), 'patient');
  runner([patient], { database: flaky }).start();
  while ((await rowsOf('patient')).length > 0) await sleep(5);
  assert.equal(patient.ran.length, 1);
});
