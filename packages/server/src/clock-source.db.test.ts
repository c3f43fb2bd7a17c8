import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { createTestDatabase } from '../../../tests/support/test-database.ts';
import { createClock, type MovableClock } from './clock-source.ts';
import { createDatabase } from './db/database.ts';
import { createLog } from './log.ts';

const { pool, connection, drop } = await createTestDatabase();
const log = createLog('silent');
const database = createDatabase(pool);
const closing: (() => Promise<void>)[] = [];
after(async () => {
  for (const close of closing.reverse()) await close();
  await drop();
});

async function open(): Promise<MovableClock> {
  const clock = await createClock({ database, connection, log });
  closing.push(() => clock.close());
  return clock;
}

async function databaseTime(): Promise<number> {
  const { rows } = await pool.query('SELECT extract(epoch FROM clock_timestamp()) * 1000 AS now');
  return Number(rows[0].now);
}

function nextMove(clock: MovableClock): Promise<void> {
  return new Promise((resolve) => {
    const end = clock.onMove(() => {
      end();
      resolve();
    });
  });
}

/** The clocks agree up to the time that a look at the database takes. */
async function assertAhead(clock: MovableClock, by: number): Promise<void> {
  const before = await databaseTime();
  const time = clock.now();
  const afterwards = await databaseTime();
  // Half the way of a measurement, at most, is the error of an offset; a second is far beyond what these take.
  assert.ok(time >= before + by - 1_000 && time <= afterwards + by + 1_000, `${time - before} ms ahead, not ${by}`);
}

test('the clock follows the time of the database, in whole milliseconds, and never goes back', async () => {
  const clock = await open();
  await assertAhead(clock, 0);
  let last = clock.now();
  for (let index = 0; index < 10_000; index += 1) {
    const time = clock.now();
    assert.ok(Number.isInteger(time) && time >= last);
    last = time;
  }
});

test('a move is followed by the process itself when it resolves, by the others at once, and by later ones from the start', async () => {
  const [mover, other] = [await open(), await open()];
  const moved = [nextMove(mover), nextMove(other)];
  await mover.move(3_600_000);
  await assertAhead(mover, 3_600_000);
  await Promise.all(moved);
  await assertAhead(other, 3_600_000);
  await Promise.all([mover.move(1_000), other.move(2_000)]);
  const late = await open();
  await assertAhead(late, 3_603_000);
  while (mover.now() < late.now() - 500) await nextMove(mover);
  await assertAhead(mover, 3_603_000);
  await assert.rejects(mover.move(-1), RangeError);
  await assert.rejects(mover.move(0.5), RangeError);
});

test('a move that was made while the connection was cut is followed when it is back', async () => {
  const [mover, other] = [await open(), await open()];
  const start = other.now() - mover.now();
  assert.ok(Math.abs(start) < 1_000);
  const moved = nextMove(other);
  await pool.query(
    `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
     WHERE application_name = 'parley-listener' AND datname = current_database()`,
  );
  await mover.move(500_000);
  await moved;
  assert.ok(Math.abs(other.now() - mover.now()) < 1_000);
});

test('a listener that throws keeps no other from being called', async () => {
  const clock = await open();
  clock.onMove(() => {
    throw new Error('no');
  });
  const moved = nextMove(clock);
  await clock.move(1);
  await moved;
});
