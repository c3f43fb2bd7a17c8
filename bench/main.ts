/** `npm run bench [-- NAME]`: runs the named benchmark, or all. */
import { benchChaos } from './chaos.ts';
import { benchDay } from './day.ts';
import { benchRouting } from './routing.ts';
import { benchWebApi } from './webapi.ts';

const benchmarks: Readonly<Record<string, (print: (line: string) => void) => Promise<void>>> = {
  webapi: benchWebApi,
  routing: benchRouting,
  day: benchDay,
  chaos: benchChaos,
};

const names = process.argv.slice(2);
const unknown = names.find((name) => !(name in benchmarks));
if (unknown !== undefined) {
  process.stderr.write(`There is no benchmark '${unknown}'. Known: ${Object.keys(benchmarks).join(', ')}\n`);
  process.exit(1);
}
for (const name of names.length === 0 ? Object.keys(benchmarks) : names) {
  process.stdout.write(`== ${name}\n`);
  await benchmarks[name]?.((line) => process.stdout.write(`${line}\n`));
}
process.exit(0);
