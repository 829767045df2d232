import process from 'node:process';
import type { Command } from 'commander';
import { z } from 'zod';
import { findSystem } from './address.js';
import { Api } from './api.js';
import { Refused } from './errors.js';
import { instant } from './export.js';
import { findPerson, purpose } from './system.js';
import { count, say, sayJson } from './terminal.js';

const reason = z.looseObject({ kind: z.string(), at: z.string() });
const shown = z.object({
  person: z.string(),
  colour: z.string(),
  rule: z.string(),
  policy: z.object({ id: z.string(), version: z.string() }).nullable(),
  text: z.record(z.string(), z.string()),
  reasons: z.array(reason),
  nextChangeAt: z.string().nullable(),
  version: z.number(),
  at: z.string(),
});

interface Options {
  area?: string;
  at?: number;
  json?: boolean;
}

const tracing = z.object({
  answers: z.enum(['memory', 'graph', 'nobody']),
  readers: z.array(
    z.object({
      reader: z.string(),
      ready: z.boolean(),
      from: z.string().nullable(),
      stays: z.number(),
      expected: z.number().nullable(),
    }),
  ),
  waiting: z.number(),
  audit: z.object({ at: z.string().nullable(), differences: z.number(), since: z.string().nullable() }),
});

/** `vetxanh status [PERSON]`: one colour with its reasons (SPEC 12); without a person, how the tracer is. */
export function statusCommand(program: Command): void {
  program
    .command('status')
    .description('The colour of a person, the rule that gave it, and what it rests on; without one, how the tracer is.')
    .argument('[person]', 'system:value, a bare id as files write it, or an internal id')
    .option('--area <unit>', 'where it is asked for, as a unit’s code; where the person lives if left out')
    .option('--at <instant>', 'when; a past instant is answered as it was then, now if left out', instant)
    .option('--json', 'print all of it as JSON')
    .action(async (text: string | undefined, { area, at, json }: Options) => {
      const api = new Api(findSystem(process.env));
      if (text === undefined) return tellTracing(await api.ask('GET', '/tracing', tracing), json);
      const person = await findPerson(api, text);
      if (person === undefined) throw new Refused(`nobody is known as ${text}`);
      const query = new URLSearchParams();
      if (area !== undefined) query.set('area', area);
      if (at !== undefined) query.set('at', new Date(at).toISOString());
      const status = await api.ask('GET', `/people/${person}/status?${query}`, shown, { purpose });
      if (json) sayJson(status);
      else for (const line of linesOf(status)) say(line);
    });
}

function tellTracing(state: z.output<typeof tracing>, json = false): void {
  if (json) return sayJson(state);
  const { readers, waiting, audit } = state;
  for (const reader of readers) say(tellReader(reader));
  if (readers.length === 0) say('stays     no worker runs: cases wait');
  say(`cases     ${count(waiting)} wait for being traced`);
  say(
    `audit     ${count(audit.differences)} differences${audit.at === null ? ', none has ended yet' : `, last at ${audit.at}`}`,
  );
}

function tellReader({ reader, ready, from, stays, expected }: z.output<typeof tracing>['readers'][number]): string {
  if (reader === 'graph') return 'stays     read from the graph';
  if (ready) return `stays     ${count(stays)} in memory, read from the ${from}`;
  const far = expected === null ? '' : `, ${count(stays)} of ${count(expected)} so far`;
  return `stays     being read into memory${from === null ? '' : ` from the ${from}`}${far}; the graph answers meanwhile`;
}

function linesOf({ colour, rule, policy, text, reasons, nextChangeAt, at }: z.output<typeof shown>): string[] {
  const source = policy ? `${policy.id} ${policy.version}` : 'no policy';
  return [
    `${colour}   rule ${rule} of ${source}, at ${at}`,
    `  ${text['en'] ?? Object.values(text)[0] ?? ''}`,
    ...reasons.map(({ kind, at: since, ...more }) => `  because of ${kind} at ${since} ${JSON.stringify(more)}`),
    nextChangeAt === null ? '  stays so until something new is learnt' : `  changes at ${nextChangeAt}`,
  ];
}
