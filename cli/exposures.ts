import type { Command } from 'commander';
import { exportTo } from './export.js';

interface Options {
  case?: string;
  out?: string;
}

/** `vetxanh exposures`: what tracing found, as a file (SPEC 12). */
export function exposuresCommand(program: Command): void {
  program
    .command('exposures')
    .description('Who was exposed, as CSV: case,person,level,exposedAt,via,venue,minutes,dose.')
    .option('--case <case>', 'only those of this case; those of every case that stands if left out')
    .option('--out <file>', 'the file to write; standard output if left out')
    .action(async ({ case: id, out }: Options) => {
      const query = new URLSearchParams(id === undefined ? {} : { case: id });
      await exportTo(`/exports/exposures?${query}`, out);
    });
}
