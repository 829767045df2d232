import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { systemClock } from '../config/clock.js';
import { newId } from '../config/ids.js';
import { Tokens } from '../src/auth/tokens.js';
import { sourceNames } from '../src/domain/identity/sources.js';
import type { Line } from './benches.js';
import { fileOf, fiveApps } from './five-apps.js';
import type { Stage } from './stage.js';

/** People in the five files; a good half of each is in any one of them. Scaled by VETXANH_BENCH_PEOPLE. */
const people = Number(process.env['VETXANH_BENCH_PEOPLE'] ?? 20_000);

/** People of a first run that is not counted: both servers compile what runs often, and an import of millions is long. */
const peopleBefore = 10_000;

const counted = ['read', 'accepted', 'merged', 'queued', 'rejected'] as const;
type Counts = Record<(typeof counted)[number], number>;

/** Rows a second of the earlier apps' files into the real graph, and how much memory the API grows by meanwhile. */
export async function imports(stage: Stage): Promise<Line[]> {
  const { url, pid, stop } = await stage.freshApi();
  try {
    await send(stage, url, { size: Math.min(peopleBefore, people), tag: 1 });
    const before = resident(pid);
    const begun = performance.now();
    const counts = await send(stage, url, { size: people, tag: Math.floor(Date.now() / 1_000) % 100_000 });
    const speed = (counts.read / (performance.now() - begun)) * 1_000;
    const grown = Math.max(0, resident(pid) - before) / 1_048_576;
    const sum = counts.accepted + counts.merged + counts.queued + counts.rejected;
    if (sum !== counts.read) throw new Error(`rows read ${counts.read}, accounted for ${sum}`);
    const against = 'nothing: rows a second';
    const measured = `${Math.round(speed)} (${counts.read} rows, API grew by ${Math.round(grown)} MB)`;
    return [{ question: 'people of five apps imported', against, target: '≥ 5000', measured, met: speed >= 5_000 }];
  } finally {
    await stop();
  }
}

async function send(stage: Stage, url: string, { size, tag }: { size: number; tag: number }): Promise<Counts> {
  const tokens = new Tokens(stage.world.secrets, systemClock);
  const token = await tokens.sign({ id: newId(), kind: 'operator', roles: ['admin'] }, 3_600);
  const rows = [...fiveApps(size, tag)];
  const total: Counts = { read: 0, accepted: 0, merged: 0, queued: 0, rejected: 0 };
  for (const source of sourceNames) {
    const own = rows.filter((row) => row.source === source);
    const body = Readable.from(Array.from(fileOf(source, own), (text) => Buffer.from(text)));
    const response = await fetch(`${url}/api/v1/imports/people?source=${source}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv' },
      body: Readable.toWeb(body) as ReadableStream,
      duplex: 'half',
    } as RequestInit);
    if (!response.ok) throw new Error(await response.text());
    const counts = (await response.json()) as Counts;
    for (const key of counted) total[key] += counts[key];
  }
  return total;
}

/** Resident memory of a process in bytes (Linux). */
function resident(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1_024;
}
