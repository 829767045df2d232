import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import process from 'node:process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { type Command, InvalidArgumentError } from 'commander';
import { readInstant } from '../src/domain/files/instant.js';
import { neutralTimezone } from '../src/domain/policy/contact.js';
import { findSystem } from './address.js';
import { Api } from './api.js';
import { Refused } from './errors.js';
import { purpose } from './system.js';

interface Options {
  from?: number;
  to?: number;
  out?: string;
}

/** `vetxanh export stays`: what the running system holds, as a file (SPEC 12). */
export function exportCommand(program: Command): void {
  const exporting = program.command('export').description('Write what the running system holds into files.');
  exporting
    .command('stays')
    .description('All stays as CSV: person,venue,zone,in,out,trust, in order of in, person, venue, zone.')
    .option('--from <instant>', 'leave out stays that end at this instant or before', instant)
    .option('--to <instant>', 'leave out stays that begin at this instant or later', instant)
    .option('--out <file>', 'the file to write; standard output if left out')
    .action(async ({ from, to, out }: Options) => {
      const api = new Api(findSystem(process.env));
      const query = new URLSearchParams();
      if (from !== undefined) query.set('from', String(from));
      if (to !== undefined) query.set('to', String(to));
      await save(await api.open(`/exports/stays?${query}`, purpose), out);
    });
}

function instant(text: string): number {
  const ms = readInstant(text, neutralTimezone);
  if (ms !== undefined) return ms;
  throw new InvalidArgumentError('expected ISO 8601 with an offset, or epoch milliseconds.');
}

/** A file appears under its name when it is whole. */
async function save(body: globalThis.ReadableStream<Uint8Array>, out: string | undefined): Promise<void> {
  const source = Readable.fromWeb(body as ReadableStream<Uint8Array>);
  const draft = `${out}.part`;
  try {
    await pipeline(source, out === undefined ? process.stdout : createWriteStream(draft), { end: out !== undefined });
    if (out !== undefined) await rename(draft, out);
  } catch (error) {
    if (out !== undefined) await rm(draft, { force: true });
    throw new Refused(`the export was cut off (${(error as Error).message}): run it again`);
  }
}
