import { readFileSync } from 'node:fs';
import process from 'node:process';
import type { Command } from 'commander';
import { z } from 'zod';
import { findSystem } from './address.js';
import { Api } from './api.js';
import { WrongUse } from './errors.js';
import { instant } from './export.js';
import { say, sayJson } from './terminal.js';

const step = z.object({ level: z.number(), from: z.string() });
const shown = z.looseObject({
  unit: z.string(),
  at: z.string(),
  level: z.number().nullable(),
  since: z.string().nullable(),
  of: z.string().nullable(),
  ahead: z.array(step),
});
const found = z.looseObject({
  at: z.string(),
  level: z.number(),
  transmission: z.number(),
  response: z.number(),
  scale: z.string(),
  unmet: z.array(z.string()),
});
const history = z.object({ items: z.array(found) });

interface Options {
  at?: number;
  assess?: string;
  history?: boolean;
  json?: boolean;
}

/** `vetxanh risk UNIT`: the risk level of an area, its history, and finding it anew. */
export function riskCommand(program: Command): void {
  program
    .command('risk')
    .description('The risk level of a unit, 1 to 4: what holds, what was told ahead, and what it was found from.')
    .argument('<unit>', 'a unit’s code')
    .option('--at <instant>', 'when; now if left out', instant)
    .option('--history', 'what was found for the unit, the last first')
    .option('--assess <file>', 'find the level from figures: JSON {population, cases?, figures}')
    .option('--json', 'print all of it as JSON')
    .action(async (unit: string, { at, assess, history: isHistory, json }: Options) => {
      const api = new Api(findSystem(process.env));
      const path = `/units/${encodeURIComponent(unit)}/risk`;
      if (isHistory) {
        const { items } = await api.ask('GET', `${path}/history`, history);
        if (json) return sayJson(items);
        return items.forEach((one) => say(foundLine(one)));
      }
      const query = at === undefined ? '' : `?at=${new Date(at).toISOString()}`;
      const risk =
        assess === undefined
          ? await api.ask('GET', `${path}${query}`, shown)
          : await api.ask('POST', path, shown, { body: readJson(assess) });
      if (json) sayJson(risk);
      else for (const line of linesOf(risk)) say(line);
    });
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown;
  } catch (error) {
    throw new WrongUse(`--assess ${path}: expected a file of JSON, got: ${(error as Error).message}`);
  }
}

function linesOf({ unit, level, since, of, ahead }: z.output<typeof shown>): string[] {
  const now =
    level === null ? `${unit}: no level was found` : `${unit}: level ${level} since ${since} (found for ${of})`;
  return [now, ...ahead.map((next) => `  level ${next.level} from ${next.from}`)];
}

const foundLine = ({ at, level, transmission, response, scale, unmet }: z.output<typeof found>): string =>
  `${at}   level ${level}: transmission ${transmission}, response ${response}, by ${scale}` +
  (unmet.length > 0 ? `; not met: ${unmet.join(', ')}` : '');
