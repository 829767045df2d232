import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { benches, type Line } from './benches.js';
import { writeTable } from './table.js';
import { Stage } from './stage.js';

/**
 * `npm run bench [-- --only scan,memory] [--quick]`: each bench compares two sides in one run and asserts equal answers
 * before any speed is printed. The results go to `baseline.json` and into the README.
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
try {
  for (const name of wanted) {
    process.stdout.write(`— ${name}\n`);
    lines[name] = await benches[name]!(stage);
    for (const { question, against, measured, target, met } of lines[name]!)
      process.stdout.write(
        `  ${question}, against ${against}: ${measured} (target ${target}${met ? '' : ', missed'})\n`,
      );
  }
} finally {
  await stage.close();
  // What was measured before a bench failed was measured.
  if (Object.keys(lines).length) writeTable(lines, { cores: cpus().length, pairs: stage.pairs });
}
process.exit(0);
