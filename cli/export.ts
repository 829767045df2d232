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

/** What each kind of file holds, in which order. */
const kinds = {
  stays: 'All stays as CSV: person,venue,zone,in,out,trust, in order of in, person, venue, zone.',
  encounters: 'All direct encounters as CSV: kind,personA,personB,from,to, in order of from, kind, personA, personB.',
};

/** `vetxanh export stays|encounters`: what the running system holds, as a file (SPEC 12). */
export function exportCommand(program: Command): void {
  const exporting = program.command('export').description('Write what the running system holds into files.');
  for (const [kind, description] of Object.entries(kinds)) {
    exporting
      .command(kind)
      .description(description)
      .option('--from <instant>', `leave out ${kind} that end at this instant or before`, instant)
      .option('--to <instant>', `leave out ${kind} that begin at this instant or later`, instant)
      .option('--out <file>', 'the file to write; standard output if left out')
      .action(async ({ from, to, out }: Options) => {
        const query = new URLSearchParams();
        if (from !== undefined) query.set('from', String(from));
        if (to !== undefined) query.set('to', String(to));
        await exportTo(`/exports/${kind}?${query}`, out);
      });
  }
}

/** Writes an export of the API into a file, or to standard output. */
export async function exportTo(path: string, out: string | undefined): Promise<void> {
  const api = new Api(findSystem(process.env));
  await save(await api.open(path, purpose), out);
}

/** An instant of the command line, in milliseconds. */
export function instant(text: string): number {
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
