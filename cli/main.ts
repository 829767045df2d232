import process from 'node:process';
import { CommanderError } from 'commander';
import { Refused, WrongUse } from './errors.js';
import { buildProgram } from './program.js';
import { notice } from './terminal.js';

/** Runs one command line; resolves to the exit code of SPEC 12: 0 done, 1 refused or different, 2 wrong use. */
export async function run(argv: string[]): Promise<number> {
  process.stdout.on('error', endWithReader);
  try {
    await buildProgram().parseAsync(argv);
    return Number(process.exitCode ?? 0);
  } catch (error) {
    return explain(error);
  }
}

/** `vetxanh export stays | head` closes the pipe early: that is an end, not a fault. */
function endWithReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
}

function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof WrongUse || error instanceof Refused) notice(`vetxanh: ${error.message}`);
  else notice(`vetxanh: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return error instanceof WrongUse ? 2 : 1;
}
