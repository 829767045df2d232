import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import type { Api } from '../api.js';
import { Refused } from '../errors.js';
import type { StayRow } from '../../src/domain/files/stays.js';
import type { Progress } from '../terminal.js';
import { Doors } from './doors.js';
import type { Ledger } from './ledger.js';
import { Meter, type ReplayReport } from './meter.js';
import type { Cast } from './prepare.js';
import { scansOf, type FileScan } from './scans.js';

/** Sockets that are open at once although fewer were asked for: changing gates costs more than keeping them. */
const mostSockets = 6_000;

/** How long the worker may take for what it was told last before that is called a fault (assumption). */
const foldedWithinMs = 10 * 60_000;

/** What a replay is run with. */
export interface Replay {
  url: string;
  cast: Cast;
  shiftMs: number;
  /** Times real time; as fast as it is answered when undefined. */
  speed: number | undefined;
  gates: number;
  ledger: Ledger | undefined;
  bar: Progress;
}

/** Sends the stays as scans and counts the answers; every scan is sent until it is answered. */
export async function run(stays: AsyncIterable<StayRow>, replay: Replay): Promise<ReplayReport> {
  const { url, cast, ledger, bar } = replay;
  const meter = new Meter();
  const sockets = Math.max(replay.gates, Math.min(cast.gates.length, mostSockets));
  const doors = new Doors<FileScan>(cast.gates, {
    url,
    sockets,
    meter,
    serve: async (door, scan) => {
      const { scanId, direction, zone, at } = scan;
      const code = cast.cards.get(scan.person)!;
      const answered = await door.send({ scanId, code, direction, scannedAt: at, ...(zone && { zone }) });
      if (answered.ok) ledger?.add(scan, door.gate.gateId, answered.decision);
      else meter.reject(answered.error);
      bar.to(meter.answered, `${meter.answered} scans`);
      return answered;
    },
  });
  const pace = new Pace(replay.speed);
  meter.start();
  for await (const scan of scansOf(stays, replay.shiftMs)) {
    await pace.wait(scan.at);
    await doors.put({ venue: scan.venue, scan });
  }
  await doors.close();
  return meter.report();
}

/** Holds scans back until their time has come, so many times as fast as it happened. */
class Pace {
  private start: { at: number; ms: number } | undefined;

  constructor(private readonly speed: number | undefined) {}

  async wait(at: number): Promise<void> {
    if (this.speed === undefined) return;
    this.start ??= { at, ms: performance.now() };
    const due = this.start.ms + (at - this.start.at) / this.speed;
    const rest = due - performance.now();
    if (rest > 0) await setTimeout(rest);
  }
}

const behind = z.object({ settled: z.boolean(), behindMs: z.number() });

/** Waits until every acknowledged scan has become part of a stay. Throws when that takes too long. */
export async function waitUntilFolded(api: Api): Promise<void> {
  const end = performance.now() + foldedWithinMs;
  for (;;) {
    const { settled, behindMs } = await api.ask('GET', '/imports/backlog?withinMs=5000', behind);
    if (settled) return;
    if (performance.now() > end) throw new Refused(`the worker is ${behindMs} ms behind: "vetxanh doctor" says more`);
  }
}
