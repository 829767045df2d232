import process from 'node:process';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { type Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { findSystem } from './address.js';
import { Api } from './api.js';
import { Refused } from './errors.js';
import { count, notice, say, sayJson } from './terminal.js';

const sum = z.object({
  check: z.string(),
  looked: z.number(),
  closed: z.number(),
  held: z.number().default(0),
  differences: z.number(),
});
const report = z.object({ settled: z.boolean(), differences: z.number(), checks: z.array(sum) });
const difference = z.object({ check: z.string(), of: z.string(), expected: z.string(), found: z.string() });
const line = z.union([
  z.object({ difference }),
  z.object({ progress: sum }),
  z.object({ report }),
  z.object({ problem: z.object({ title: z.string() }) }),
]);

interface Options {
  sample?: number;
  json?: boolean;
}

/** `vetxanh audit`: everything derived, computed afresh and compared with what is stored (SPEC 12). */
export function auditCommand(program: Command): void {
  program
    .command('audit')
    .description(
      'Compute stays, exposures and colours afresh and print what is stored otherwise; ends with 1 if any is.',
    )
    .option('--sample <n>', 'look at so many people and cases by chance; at all of them if left out', whole)
    .option('--json', 'print the report and the differences as JSON')
    .action(async ({ sample, json }: Options) => {
      const api = new Api(findSystem(process.env));
      const found: z.output<typeof difference>[] = [];
      const body = await api.openPost('/audit', sample === undefined ? {} : { sample });
      const ended = await read(body, (each) => {
        found.push(each);
        if (!json) say(`${each.check}: ${each.of}: expected ${each.expected}, found ${each.found}`);
      });
      if (json) sayJson({ ...ended, found });
      notice(`${count(ended.differences)} differences${ended.settled ? '' : '; work was still on its way'}`);
      if (ended.differences > 0) process.exitCode = 1;
    });
}

function whole(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new InvalidArgumentError('expected a whole number from 1.');
}

async function read(
  body: globalThis.ReadableStream<Uint8Array>,
  onDifference: (found: z.output<typeof difference>) => void,
): Promise<z.output<typeof report>> {
  for await (const text of createInterface({ input: Readable.fromWeb(body as ReadableStream<Uint8Array>) })) {
    const told = line.parse(JSON.parse(text));
    if ('report' in told) return told.report;
    if ('problem' in told) throw new Refused(told.problem.title);
    if ('difference' in told) onDifference(told.difference);
    else notice(tellSum(told.progress));
  }
  throw new Refused('the audit was cut off: run it again');
}

const tellSum = ({ check, looked, closed, held }: z.output<typeof sum>): string =>
  `${check}: ${count(looked)} looked at, ${count(closed)} closed, ${count(held)} held`;
