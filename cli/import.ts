import process from 'node:process';
import { type Command, Option } from 'commander';
import { z } from 'zod';
import { sourceNames } from '../src/domain/identity/sources.js';
import { findSystem } from './address.js';
import { Refused, WrongUse } from './errors.js';
import { helpOf } from './files/columns.js';
import { explainReject, rejectedRow, RejectsFile, type RejectedRow } from './files/rejects.js';
import { addShiftOptions, isDated, shiftOf, tellShift, type ShiftOptions } from './files/shift.js';
import { findFile, readBytes, type Source } from './files/source.js';
import { notice, progress, say, sayJson } from './terminal.js';
import { json, upload } from './upload.js';

const kinds = {
  stays: 'Stays at venues: person,venue,zone,in,out[,trust].',
  people: 'People: person,name,birthDate,gender,phone and identifiers (cccd, bhyt, …), any subset.',
  cases: 'Confirmed cases: case,person,onset,sampledAt,isolatedAt; a second import with other content amends.',
  encounters: 'Direct encounters: kind,personA,personB,from,to.',
  evidence: 'Evidence: kind,at and who it is about; tests, doses, recoveries, quarantines, declarations, overrides.',
  units: 'Administrative units: code,name,parent,level,validFrom,validTo[,timezone,mergedInto].',
} as const;

/** Rejected rows that are printed; a file of all of them is asked for with `--rejects`. */
const mostPrinted = 10;
/** Rejected rows in the JSON report. */
const mostInJson = 1_000;

const counts = z.object({
  read: z.int(),
  accepted: z.int(),
  merged: z.int(),
  queued: z.int(),
  rejected: z.int(),
});
type Counts = z.output<typeof counts>;

/** The lines of the answer, one kind each (API.md, `POST /imports/{kind}`). */
const line = z.union([
  z.object({ columns: z.array(z.string()) }),
  z.object({ reject: rejectedRow }),
  z.object({ progress: counts.extend({ left: z.int() }) }),
  z.object({ report: counts }),
  z.object({ problem: z.object({ detail: z.string() }) }),
]);

type Options = ShiftOptions & { source?: string; rejects?: string; json?: boolean };

/** `vetxanh import stays|people|cases|encounters|evidence|units F` (SPEC 12). */
export function importCommand(program: Command): void {
  const importing = program
    .command('import')
    .description('Take files into the running system; a second run changes nothing.');
  for (const [kind, description] of Object.entries(kinds)) {
    const command = importing
      .command(kind)
      .description(description)
      .argument(
        '<file>',
        kind === 'people' ? 'a CSV file, or JSON of an earlier app' : 'a CSV file with a header row, UTF-8',
      )
      .option('--source <name>', sourceHelp(kind))
      .option('--rejects <file>', 'write the rows that were not taken, with the reason, to this file')
      .addOption(new Option('--json', 'print the report as JSON'))
      .addHelpText('after', helpOf(kind))
      .action((file: string, options: Options) => runImport(kind, file, options));
    if (isDated(kind)) addShiftOptions(command);
  }
}

/** People of an earlier app have columns of their own, records of evidence ids; for all others a source is only a name. */
function sourceHelp(kind: string): string {
  if (kind === 'people') return `who the file is from; ${sourceNames.join(', ')}: in the columns of that app`;
  return kind === 'evidence'
    ? 'who the file is from: its ids are that source’s own'
    : 'who the file is from, for the log';
}

async function runImport(kind: string, path: string, options: Options): Promise<void> {
  const file = findFile(path);
  if (options.rejects === path) throw new WrongUse('--rejects: expected another file than the one that is imported');
  const shiftMs = isDated(kind) ? await shiftOf({ kind, path }, options, Date.now()) : 0;
  const outcome = await send(kind, file, { ...options, shiftMs });
  if (options.json) return sayJson({ file: path, shiftMs, ...outcome.counts, rejects: outcome.rejects });
  say(tellCounts(outcome.counts));
  for (const reject of outcome.rejects.slice(0, mostPrinted)) notice(`${path}, ${explainReject(reject)}`);
  const others = outcome.counts.rejected - Math.min(mostPrinted, outcome.rejects.length);
  if (others > 0) notice(`and ${others} more rejected rows; --rejects FILE keeps them all`);
  if (shiftMs !== 0) say(tellShift(shiftMs));
}

const tellCounts = ({ read, accepted, merged, queued, rejected }: Counts): string =>
  `rows read ${read} = accepted ${accepted} + merged ${merged} + queued ${queued} + rejected ${rejected}`;

interface Outcome {
  counts: Counts;
  /** The first ones. */
  rejects: RejectedRow[];
}

async function send(
  kind: string,
  file: Source,
  { source, rejects, shiftMs }: Options & { shiftMs: number },
): Promise<Outcome> {
  const query = new URLSearchParams({ shiftMs: String(shiftMs), ...(source && { source }) });
  const rejectsFile = rejects === undefined ? undefined : await RejectsFile.create(rejects);
  const bar = progress(`import ${kind}`, file.bytes);
  let readBytesSoFar = 0;
  const body = readBytes(file, (bytes) => (readBytesSoFar = bytes));
  const outcome: Partial<Outcome> & { rejects: RejectedRow[] } = { rejects: [] };
  try {
    const type = /\.(json|jsonl|ndjson)$/i.test(file.path) ? json : undefined;
    for await (const text of upload(findSystem(process.env), `/imports/${kind}?${query}`, body, type)) {
      const told = line.parse(JSON.parse(text));
      if ('columns' in told) await rejectsFile?.head(told.columns);
      if ('progress' in told) bar.to(readBytesSoFar, tellProgress(told.progress));
      if ('report' in told) outcome.counts = told.report;
      if ('problem' in told) throw new Refused(told.problem.detail);
      if ('reject' in told) {
        await rejectsFile?.add(told.reject);
        if (outcome.rejects.length < mostInJson) outcome.rejects.push(told.reject);
      }
    }
  } finally {
    bar.stop();
    await rejectsFile?.close();
  }
  if (!outcome.counts) throw new Refused('the answer was cut off: run it again, rows that are in stay as they are');
  return { counts: outcome.counts, rejects: outcome.rejects };
}

const tellProgress = ({ read, rejected, left }: Counts & { left: number }): string =>
  `${read} rows, ${rejected} rejected${left ? `, ${left} on their way into the graph` : ''}`;
