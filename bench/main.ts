import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { benches, type Line } from './benches.js';
import { Unsteady } from './pairs.js';
import { writeTable } from './table.js';
import { Stage } from './stage.js';

/**
 * `npm run bench [-- --only scan,memory] [--quick]`: each bench compares two sides in one run and asserts equal answers
 * before any speed is printed. The results go to `baseline.json` and into the README, but for those of `--quick`: three
 * pairs in small worlds tell that a bench works, not how fast anything is. A bench that the machine was too unsteady for
 * says so, keeps its rows of before, and the others go on.
 */
const { values } = parseArgs({ options: { only: { type: 'string' }, quick: { type: 'boolean', default: false } } });
const wanted = values.only?.split(',') ?? Object.keys(benches);
const unknown = wanted.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length) {
  process.stderr.write(`There is no bench ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}.\n`);
  process.exit(2);
}

const stage = await Stage.open({ pairs: values.quick ? 3 : 7, quick: values.quick });
const lines: Record<string, Line[]> = {};
let refused = 0;
try {
  for (const name of wanted) {
    process.stdout.write(`— ${name}\n`);
    try {
      lines[name] = await benches[name]!(stage);
    } catch (error) {
      if (!(error instanceof Unsteady)) throw error;
      process.stdout.write(`  not measured: ${error.message}\n`);
      refused++;
      continue;
    }
    for (const { question, against, measured, target, met } of lines[name])
      process.stdout.write(
        `  ${question}, against ${against}: ${measured} (target ${target}${met ? '' : ', missed'})\n`,
      );
  }
} finally {
  await stage.close();
  // What was measured before a bench failed was measured.
  const run = { cores: cpus().length, pairs: stage.pairs, day: new Date().toISOString().slice(0, 10) };
  if (values.quick) process.stdout.write('  --quick: nothing is written to baseline.json or the README\n');
  else if (Object.keys(lines).length) writeTable(lines, run);
}
process.exit(refused > 0 ? 1 : 0);
