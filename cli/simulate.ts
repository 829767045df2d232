import { readFileSync } from 'node:fs';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { type Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { findSystem } from './address.js';
import { Api } from './api.js';
import { Refused, WrongUse } from './errors.js';
import { findFile } from './files/source.js';
import { count, progress, say, sayJson } from './terminal.js';

const days = z.object({ before: z.number(), after: z.number() });
const changes = z.record(z.string(), z.record(z.string(), z.number()));
const effect = z.object({ at: z.string(), people: z.number(), changed: z.number(), changes, quarantineDays: days });
const unit = z.object({ unit: z.string().nullable(), people: z.number(), changes, quarantineDays: days });
const level = z.object({
  level: z.number(),
  before: z.number(),
  after: z.number(),
  more: z.number(),
  fewer: z.number(),
});
const report = z.object({
  effect: effect.extend({ units: z.array(unit) }),
  replay: z.array(effect).optional(),
  contact: z.object({ cases: z.number(), levels: z.array(level) }).optional(),
});
type Report = z.output<typeof report>;
const line = z.union([
  z.object({ progress: z.object({ part: z.string(), done: z.number(), total: z.number() }) }),
  z.object({ report }),
  z.object({ problem: z.object({ title: z.string() }) }),
]);

const draft = z.looseObject({ id: z.string(), withoutSource: z.array(z.string()) });

interface Options {
  replay?: number;
  contact?: boolean;
  json?: boolean;
}

/** `vetxanh simulate POLICY`: what a policy would do to the people of its area (SPEC 12). */
export function simulateCommand(program: Command): void {
  program
    .command('simulate')
    .description('Try a policy on the live graph: who would go from which colour to which; it is kept as a draft.')
    .argument('<policy>', 'a JSON file as in config/policies, or the id of a draft')
    .option('--replay <days>', 'also replay so many of the last days under it, at most 14', wholeDays)
    .option('--contact', 'also try its contact rule on the cases of its area')
    .option('--json', 'print all of it as JSON')
    .action(async (policy: string, { replay = 0, contact = false, json }: Options) => {
      const api = new Api(findSystem(process.env));
      const { id, withoutSource } = await draftOf(api, policy);
      const body = await api.openPost(`/policies/drafts/${id}/simulate`, { replayDays: replay, contact }, lines);
      const found = await read(body);
      if (json) return sayJson({ draft: id, withoutSource, ...found });
      for (const text of linesOf(id, found)) say(text);
      if (withoutSource.length > 0)
        say(`  not to be published yet: no source is named for ${withoutSource.join(', ')}`);
    });
}

const lines = 'application/x-ndjson';

function wholeDays(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0 && number <= 14) return number;
  throw new InvalidArgumentError('expected whole days from 0 to 14.');
}

/** The draft of a file, made when it is new; or the draft that is named. */
async function draftOf(api: Api, text: string): Promise<z.output<typeof draft>> {
  if (/^[0-9a-f]{24}$/.test(text)) return api.ask('GET', `/policies/drafts/${text}`, draft);
  return api.ask('POST', '/policies/drafts', draft, { body: readPolicy(text) });
}

function readPolicy(path: string): unknown {
  findFile(path);
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown;
  } catch (error) {
    throw new WrongUse(`${path}: expected a JSON file with a policy, got ${(error as Error).message}`);
  }
}

async function read(body: globalThis.ReadableStream<Uint8Array>): Promise<Report> {
  const bar = progress('simulate', 1);
  try {
    for await (const text of createInterface({ input: Readable.fromWeb(body as ReadableStream<Uint8Array>) })) {
      const told = line.parse(JSON.parse(text));
      if ('report' in told) return told.report;
      if ('problem' in told) throw new Refused(told.problem.title);
      const { part, done, total } = told.progress;
      bar.to(done / Math.max(total, 1), `${part}: ${count(done)} of ${count(total)}`);
    }
    throw new Refused('the dry run was cut off: run it again');
  } finally {
    bar.stop();
  }
}

function linesOf(id: string, { effect: all, replay = [], contact }: Report): string[] {
  return [
    `draft ${id}, at ${all.at}: ${count(all.changed)} of ${count(all.people)} people change colour`,
    ...[{ unit: 'all', ...all }, ...all.units].map(
      (one) => `  ${one.unit ?? 'no unit'}: ${tellChanges(one.changes)}; ${tellDays(one.quarantineDays)}`,
    ),
    ...replay.map(
      (day) =>
        `  on ${day.at}: ${count(day.changed)} of ${count(day.people)} people differ; ${tellChanges(day.changes)}`,
    ),
    ...(contact?.levels ?? []).map(
      ({ level: k, before, after, more, fewer }) =>
        `  F${k} of ${contact!.cases} cases: ${before} → ${after} (${more} more, ${fewer} fewer)`,
    ),
  ];
}

const tellDays = ({ before, after }: z.output<typeof days>): string =>
  `quarantine days ${count(before)} → ${count(after)}`;

function tellChanges(of: z.output<typeof changes>): string {
  const pairs = Object.entries(of).flatMap(([from, to]) =>
    Object.entries(to).flatMap(([colour, people]) => (from === colour ? [] : [`${from} → ${colour} ${count(people)}`])),
  );
  return pairs.join(', ') || 'nobody changes';
}
