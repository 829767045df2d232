import { createReadStream, existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';

/** Real inputs beside the project; whoever tests with them says so when they are not there. */
const folder = resolve(import.meta.dirname, '../../../shared/data');

export const hasRealData = existsSync(folder);

export interface RealStay {
  person: string;
  venue: string;
  in: number;
  out: number;
}

/** A contact of two people during the 20 seconds that end at `t` (seconds). */
export interface Contact {
  t: number;
  a: string;
  b: string;
}

const hourMs = 3_600_000;
const stepMs = 20_000;

/** The newest check-ins of New York, oldest first, each taken for a stay of an hour (the data's README: an assumption). */
export async function gowallaStays(newest: number): Promise<RealStay[]> {
  const stays: RealStay[] = [];
  for await (const line of linesOf('gowalla-nyc/events.tsv.gz')) {
    const [person = '', time = '', , , venue = ''] = line.split('\t');
    const from = Date.parse(time);
    stays.push({ person, venue, in: from, out: from + hourMs });
  }
  return stays.sort((a, b) => a.in - b.in || (a.person < b.person ? -1 : 1)).slice(-newest);
}

/** The raw contacts of the conference. */
export async function sfhhContacts(): Promise<Contact[]> {
  const contacts: Contact[] = [];
  for await (const line of linesOf('sfhh-conference/tij.dat.gz')) {
    const [t = '', a = '', b = ''] = line.trim().split(/\s+/);
    contacts.push({ t: Number(t), a, b });
  }
  return contacts;
}

/** Runs of contacts without a gap: each is two stays at a private venue of its own (the data's README). */
export function staysOfContacts(contacts: Contact[]): RealStay[] {
  const open = new Map<string, { a: string; b: string; from: number; to: number }>();
  const runs: { a: string; b: string; from: number; to: number }[] = [];
  for (const { t, a, b } of [...contacts].sort((x, y) => x.t - y.t)) {
    const pair = a < b ? `${a} ${b}` : `${b} ${a}`;
    const [from, to] = [t * 1_000 - stepMs, t * 1_000];
    const run = open.get(pair);
    if (run?.to === from) run.to = to;
    else {
      const fresh = { a, b, from, to };
      open.set(pair, fresh);
      runs.push(fresh);
    }
  }
  return runs.flatMap(({ a, b, from, to }, at) =>
    [a, b].map((person) => ({ person, venue: `contact-${at}`, in: from, out: to })),
  );
}

export const staysCsv = (stays: RealStay[]): string =>
  ['person,venue,zone,in,out', ...stays.map((s) => `${s.person},${s.venue},,${s.in},${s.out}`), ''].join('\n');

async function* linesOf(file: string): AsyncGenerator<string> {
  const input = createReadStream(resolve(folder, file)).pipe(createGunzip());
  for await (const line of createInterface({ input })) if (line) yield line;
}
