import process from 'node:process';
import type { Command } from 'commander';
import { z } from 'zod';
import { findSystem } from './address.js';
import { Api } from './api.js';
import { Refused } from './errors.js';
import { instant } from './export.js';
import { findPerson, purpose } from './system.js';
import { say, sayJson } from './terminal.js';

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

/** `vetxanh status PERSON`: one colour with its reasons (SPEC 12). */
export function statusCommand(program: Command): void {
  program
    .command('status')
    .description('The colour of a person, the rule that gave it, and what it rests on.')
    .argument('<person>', 'system:value, a bare id as files write it, or an internal id')
    .option('--area <unit>', 'where it is asked for, as a unit’s code; where the person lives if left out')
    .option('--at <instant>', 'when; a past instant is answered as it was then, now if left out', instant)
    .option('--json', 'print all of it as JSON')
    .action(async (text: string, { area, at, json }: Options) => {
      const api = new Api(findSystem(process.env));
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

function linesOf({ colour, rule, policy, text, reasons, nextChangeAt, at }: z.output<typeof shown>): string[] {
  const source = policy ? `${policy.id} ${policy.version}` : 'no policy';
  return [
    `${colour}   rule ${rule} of ${source}, at ${at}`,
    `  ${text['en'] ?? Object.values(text)[0] ?? ''}`,
    ...reasons.map(({ kind, at: since, ...more }) => `  because of ${kind} at ${since} ${JSON.stringify(more)}`),
    nextChangeAt === null ? '  stays so until something new is learnt' : `  changes at ${nextChangeAt}`,
  ];
}
