import { readFileSync } from 'node:fs';
import process from 'node:process';
import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { systemClock } from '../config/clock.js';
import { readTrustList } from '../config/trust-list.js';
import type { SignersOf } from '../src/domain/codes/certificate/check.js';
import { describeCode, type Described } from './code/describe.js';
import { linesOf } from './code/lines.js';
import { Refused, WrongUse } from './errors.js';
import { instant } from './export.js';
import { findFile } from './files/source.js';
import { say, sayJson } from './terminal.js';

interface Options {
  trust?: string;
  at?: number;
  json?: boolean;
}

/** `vetxanh code [TEXT]`: reads a code as a gate would, without any service (SPEC 12). */
export function codeCommand(program: Command): void {
  program
    .command('code')
    .description('Read a code as a gate would: what kind it is, what it says, what is wrong with it.')
    .argument('[text]', 'the text of the code; one code per line from standard input if left out')
    .option('--trust <file>', 'whose certificates to believe: a JSON list of {kid, certificate}')
    .option('--at <instant>', 'when it is shown; now if left out', instant)
    .option('--json', 'print JSON; from standard input one object a line')
    .addHelpText(
      'after',
      '\nA code that is damaged or unknown is an answer too: the exit code is 0 whenever it was read.',
    )
    .action(run);
}

async function run(text: string | undefined, { trust, at, json }: Options): Promise<void> {
  const terms = { signersOf: trust === undefined ? undefined : signersOf(trust), atMs: at ?? systemClock() };
  if (text !== undefined) {
    const described = await describeCode(text, terms);
    return json ? sayJson(described) : show(described);
  }
  if (process.stdin.isTTY) throw new WrongUse('code: expected TEXT, or one code per line on standard input');
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === '') continue;
    const described = await describeCode(line, terms);
    if (json) say(JSON.stringify(described));
    else show(described);
  }
}

function show(described: Described): void {
  for (const line of linesOf(described)) say(line);
}

function signersOf(file: string): SignersOf {
  findFile(file);
  try {
    return readTrustList(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Refused(`${file}: ${(error as Error).message}`);
  }
}
