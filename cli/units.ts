import { createWriteStream } from 'node:fs';
import process from 'node:process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { csvRow } from '../src/domain/csv/write.js';
import { unitsOfVietnam } from './units/vietnam.js';

/** `vetxanh units`: the units of Vietnam with three levels, and what became of its provinces, for `import units`. */
export function unitsCommand(program: Command): void {
  program
    .command('units')
    .description('Print the units of Vietnam up to the reform of 2025-07-01 as a file for `import units`.')
    .option('--out <file>', 'write to this file instead')
    .action(async ({ out }: { out?: string }) => {
      const to = out === undefined ? process.stdout : createWriteStream(out);
      await pipeline(Readable.from(lines()), to, { end: out !== undefined });
    });
}

async function* lines(): AsyncGenerator<string> {
  const columns = ['code', 'name', 'parent', 'level', 'validFrom', 'validTo', 'mergedInto'] as const;
  yield csvRow(columns);
  for (const unit of await unitsOfVietnam()) yield csvRow(columns.map((column) => unit[column] ?? ''));
}
