import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { type Command, Option } from 'commander';
import { z } from 'zod';
import { findSystem } from './address.js';
import { Api } from './api.js';
import { Refused, WrongUse } from './errors.js';
import { instant } from './export.js';
import { count, notice, progress, say, sayJson } from './terminal.js';

const made = z.object({ id: z.string() });
const shown = z.object({
  id: z.string(),
  state: z.enum(['tracing', 'traced', 'retracted', 'closed']),
  progress: z.number(),
  counts: z.record(z.string(), z.number()),
});
type Shown = z.output<typeof shown>;

/** How often a case that is being traced is looked at, and how long it is waited for (assumptions). */
const lookEveryMs = 200;
const patienceMs = 120_000;

/** The instants of a case, as options name them. */
const dates = [
  new Option('--onset <instant>', 'when the first symptom came').argParser(instant),
  new Option('--sampled <instant>', 'when the sample of the first positive test was taken').argParser(instant),
  new Option('--isolated <instant>', 'since when the person meets nobody any more').argParser(instant),
];

interface Dates {
  onset?: number;
  sampled?: number;
  isolated?: number;
  json?: boolean;
}

/** `vetxanh case confirm|amend|retract`: what a tracer does with a case (SPEC 12). */
export function caseCommand(program: Command): void {
  const cases = program.command('case').description('Confirm, amend and take back cases; waits until they are traced.');
  withDates(cases.command('confirm'))
    .description('Confirm a case, trace it, and print its id.')
    .argument('<person>', 'system:value, a bare id as files write it, or an internal id')
    .action(confirm);
  withDates(cases.command('amend'))
    .description('Change the dates of a case and trace it anew; what is not named stays as it is.')
    .argument('<case>', 'the id of the case')
    .action((id: string, options: Dates) => amend(id, options));
  cases
    .command('retract')
    .description('Take a case back, and wait until nothing is left of it but the record that it was there.')
    .argument('<case>', 'the id of the case')
    .requiredOption('--reason <text>', 'why, for those who ask later')
    .option('--json', 'print the case as JSON')
    .action(async (id: string, { reason, json }: { reason: string; json?: boolean }) => {
      const api = new Api(findSystem(process.env));
      await api.ask('POST', `/cases/${encodeURIComponent(id)}/retract`, shown, { body: { reason } });
      report(await traced(api, id), json);
    });
}

function withDates(command: Command): Command {
  for (const option of dates) command.addOption(option);
  return command.option('--json', 'print the case as JSON');
}

async function confirm(person: string, { json, ...options }: Dates): Promise<void> {
  const body = { person, ...datesOf(options) };
  if (options.onset === undefined && options.sampled === undefined)
    throw new WrongUse('a case needs --onset or --sampled: its infectious days are counted from there');
  const api = new Api(findSystem(process.env));
  const { id } = await api.ask('POST', '/cases', made, { body });
  report(await traced(api, id), json);
}

async function amend(id: string, { json, ...options }: Dates): Promise<void> {
  const body = datesOf(options);
  if (Object.keys(body).length === 0) throw new WrongUse('nothing to amend: give --onset, --sampled or --isolated');
  const api = new Api(findSystem(process.env));
  await api.ask('PATCH', `/cases/${encodeURIComponent(id)}`, shown, { body });
  report(await traced(api, id), json);
}

function datesOf({ onset, sampled, isolated }: Dates): Record<string, string> {
  const given = { onset, sampledAt: sampled, isolatedAt: isolated };
  const known = Object.entries(given).filter((each): each is [string, number] => each[1] !== undefined);
  return Object.fromEntries(known.map(([name, ms]) => [name, new Date(ms).toISOString()]));
}

/** Waits until the exposures of a case are those of its facts: none when it was taken back. */
async function traced(api: Api, id: string): Promise<Shown> {
  const bar = progress('tracing', 1);
  try {
    for (const end = performance.now() + patienceMs; performance.now() < end; await pause(lookEveryMs)) {
      const now = await api.ask('GET', `/cases/${encodeURIComponent(id)}`, shown);
      if (now.progress === 1 || now.state === 'closed') return now;
      bar.to(now.progress);
    }
  } finally {
    bar.stop();
  }
  throw new Refused(
    `what was told of the case ${id} is kept, and it waits for being traced: is the worker running? "vetxanh doctor" knows`,
  );
}

function report(now: Shown, json: boolean | undefined): void {
  if (json) return sayJson(now);
  const levels = Object.entries(now.counts).map(([level, people]) => `F${level} ${count(people)}`);
  const people = now.state === 'retracted' ? 'nobody any more' : levels.join(', ') || 'nobody exposed';
  notice(`case ${now.id}: ${now.state}, ${people}`);
  say(now.id);
}
