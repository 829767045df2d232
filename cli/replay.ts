import process from 'node:process';
import { type Command, InvalidArgumentError } from 'commander';
import { findSystem } from './address.js';
import { Api } from './api.js';
import { addShiftOptions, daysToNow, tellShift, type ShiftOptions } from './files/shift.js';
import { findFile } from './files/source.js';
import { staysOf } from './files/stays.js';
import { Ledger } from './replay/ledger.js';
import type { ReplayReport } from './replay/meter.js';
import { prepare, putAway } from './replay/prepare.js';
import { run, waitUntilFolded } from './replay/run.js';
import { count, notice, progress, say, sayJson } from './terminal.js';

interface Options extends ShiftOptions {
  speed?: number;
  gates: number;
  ledger?: string;
  json?: boolean;
}

/** Sockets that are open at once unless told otherwise (assumption: a small town's doors). */
const defaultGates = 50;
const mostGates = 10_000;

/** `vetxanh replay F`: stays as real scans over real gate sockets (SPEC 12). */
export function replayCommand(program: Command): void {
  const command = program
    .command('replay')
    .description('Send the stays of a file as real scans, in and out, through gates of its own.')
    .argument('<file>', 'stays as CSV: person,venue,zone,in,out')
    .option('--speed <n>', 'n times as fast as it happened; as fast as it is answered if left out', above(1e6, false))
    .option('--gates <n>', 'how many gate sockets are open at once, at least', above(mostGates, true), defaultGates)
    .option('--ledger <file>', 'write every acknowledged scan to this file, as CSV')
    .option('--json', 'print the report as JSON');
  addShiftOptions(command).action(replay);
}

/** A number above zero. */
function above(most: number, isWhole: boolean): (text: string) => number {
  return (text) => {
    const n = Number(text);
    if (n > 0 && n <= most && (!isWhole || Number.isInteger(n))) return n;
    throw new InvalidArgumentError(`expected a ${isWhole ? 'whole ' : ''}number above 0, at most ${most}.`);
  };
}

async function replay(path: string, options: Options): Promise<void> {
  findFile(path);
  const api = new Api(findSystem(process.env));
  let skipped = 0;
  const cast = await prepare(
    api,
    staysOf(path, () => skipped++),
    options.gates,
  );
  const shiftMs = shiftFor(cast.lastMs, options);
  const ledger = options.ledger === undefined ? undefined : new Ledger(options.ledger);
  const bar = progress('replay', 2 * cast.rows);
  try {
    const stays = staysOf(path, () => undefined);
    const report = await run(stays, {
      url: api.at.url,
      cast,
      shiftMs,
      ledger,
      bar,
      speed: options.speed,
      gates: options.gates,
    });
    bar.stop();
    await waitUntilFolded(api);
    tell(report, { ...options, skipped, shiftMs });
  } finally {
    bar.stop();
    ledger?.close();
    await putAway(api, cast.gates);
  }
}

function shiftFor(lastMs: number | undefined, { shiftToNow, shiftBy }: ShiftOptions): number {
  if (shiftToNow && lastMs !== undefined) return daysToNow(lastMs, Date.now());
  return shiftBy ?? 0;
}

function tell(report: ReplayReport, { json, skipped, shiftMs }: Options & { skipped: number; shiftMs: number }): void {
  const rejected = Object.entries(report.rejected);
  if (rejected.length > 0) process.exitCode = 1;
  if (json) return sayJson({ ...report, skipped, shiftMs });
  say(`scans ${count(report.scans)}, acknowledged ${count(report.acknowledged)}, repeated ${count(report.retries)}`);
  say(
    `${count(report.rate)} scans/s, answered in ${report.p50Ms.toFixed(1)} ms (p50), ${report.p99Ms.toFixed(1)} ms (p99)`,
  );
  for (const [error, scans] of rejected) notice(`${scans} scans were refused: ${error}`);
  if (skipped > 0) notice(`${skipped} rows of the file are no stays and were left out`);
  if (shiftMs !== 0) say(tellShift(shiftMs));
}
