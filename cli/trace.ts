import { statSync } from 'node:fs';
import type { Command } from 'commander';
import { StayTable } from '../graph/stays/stay-table.js';
import type { MemoryStays } from '../graph/stays/memory-stays.js';
import { ContactRule } from '../src/domain/exposure/contact-rule.js';
import { inFileOrder, type Exposure } from '../src/domain/exposure/exposure.js';
import { byText } from '../src/domain/exposure/finding.js';
import { trace } from '../src/domain/exposure/trace.js';
import type { TracedCase } from '../src/domain/exposure/windows.js';
import { neutralZonedContact, type ZonedContact } from '../src/domain/policy/contact.js';
import { Refused, WrongUse } from './errors.js';
import { readContact } from './files/contact.js';
import { writeExposures } from './files/exposures.js';
import { isolationsOf, readCases, readEncounters, readStays, type Reading } from './files/inputs.js';
import { RejectsFile } from './files/rejects.js';
import { explainFault } from './files/table.js';
import { count, notice, progress, sayJson } from './terminal.js';

interface Options {
  stays?: string;
  cases?: string;
  contact?: string;
  encounters?: string;
  out?: string;
  rejects?: string;
  json?: boolean;
  printContact?: boolean;
}

/** What a trace is made of. */
interface Inputs {
  contact: ZonedContact;
  stays: MemoryStays;
  cases: Map<string, TracedCase>;
}

/** `vetxanh trace`: who was exposed to whom, computed over files alone; no service is needed (SPEC 12). */
export function traceCommand(program: Command): void {
  program
    .command('trace')
    .description('Compute the exposures of cases over files of stays, without any service.')
    .option('--stays <file>', 'stays: person,venue,zone,in,out[,trust]')
    .option('--cases <file>', 'cases: case,person,onset,sampledAt,isolatedAt')
    .option('--contact <file>', 'the contact rule and its timezone, as JSON; the neutral default without it')
    .option('--encounters <file>', 'direct encounters: kind,personA,personB,from,to')
    .option('--out <file>', 'where the exposures go; standard output without it')
    .option('--rejects <file>', 'where rows go that cannot be read; without it the first one ends the command')
    .option('--json', 'print what was read, how long it took and how many were found; needs --out')
    .option('--print-contact', 'print the contact rule with everything the file leaves out, and do nothing else')
    .action(run);
}

async function run(options: Options): Promise<void> {
  const contact = options.contact === undefined ? neutralZonedContact : readContact(options.contact);
  if (options.printContact) return sayJson(contact);
  if (options.stays === undefined || options.cases === undefined) {
    throw new WrongUse('trace: expected --stays FILE and --cases FILE');
  }
  if (options.json && options.out === undefined) throw new WrongUse('trace: --json needs --out FILE for the exposures');
  const rejects = options.rejects === undefined ? undefined : await Rejects.open(options.rejects);
  try {
    await traceFiles({ ...options, stays: options.stays, cases: options.cases }, contact, rejects);
  } finally {
    await rejects?.close();
  }
  if (rejects && rejects.rows > 0) notice(`${count(rejects.rows)} rows were not read: see ${options.rejects}`);
}

type Files = Options & { stays: string; cases: string };

async function traceFiles(files: Files, contact: ZonedContact, rejects: Rejects | undefined): Promise<void> {
  const startMs = performance.now();
  const inputs = await readInputs(files, contact, rejects);
  const loadMs = performance.now() - startMs;
  const told: Told = { exposures: 0, levels: {}, queryMs: 0 };
  await writeExposures(exposuresOf(inputs, told), files.out);
  if (!files.json) return;
  const [cases, rejected] = [inputs.cases.size, rejects?.rows ?? 0];
  const rssMb = Math.round(process.memoryUsage.rss() / 2 ** 20);
  sayJson({ ...inputs.stays.counts, cases, rejected, ...told, loadMs, rssMb });
}

/** What `--json` tells of a trace: how long the rule alone took, and whom it found at which level. */
interface Told {
  exposures: number;
  levels: Record<number, number>;
  queryMs: number;
}

async function readInputs(files: Files, contact: ZonedContact, rejects: Rejects | undefined): Promise<Inputs> {
  const paths = [files.stays, files.cases, files.encounters].filter((path) => path !== undefined);
  const bar = progress(
    'read',
    paths.reduce((sum, path) => sum + sizeOf(path), 0),
  );
  const done = new Map<string, number>();
  const reading: Reading = {
    timezone: contact.timezone,
    head: (_, columns) => rejects?.head(columns) ?? Promise.resolve(),
    reject: async (path, bad) => {
      if (!rejects) throw new Refused(explainFault(path, bad.row, bad));
      await rejects.add(path, bad);
    },
    watch: (path, bytes) => {
      done.set(path, bytes);
      bar.to([...done.values()].reduce((sum, part) => sum + part, 0));
    },
  };
  try {
    const table = new StayTable();
    await readStays(files.stays, table, reading);
    if (files.encounters !== undefined) await readEncounters(files.encounters, table, reading);
    const cases = await readCases(files.cases, reading);
    return { contact, stays: table.build(), cases };
  } finally {
    bar.stop();
  }
}

/** A file that is not there is told when it is read. */
const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** The exposures of every case, in the order of the file (SPEC 12): a case at a time. */
async function* exposuresOf({ contact, stays, cases }: Inputs, told: Told): AsyncGenerator<Exposure[]> {
  const rule = new ContactRule(contact);
  const known = isolationsOf(cases.values());
  const ids = [...cases.keys()].sort(byText);
  const bar = progress('trace', ids.length);
  try {
    for (const [at, id] of ids.entries()) {
      const rows: Exposure[] = [];
      const begun = performance.now();
      for await (const { level, people, rows: ofLevel } of trace(cases.get(id)!, rule, {
        stays,
        standing: () => known,
      })) {
        told.levels[level] = (told.levels[level] ?? 0) + people.length;
        for (const row of ofLevel()) rows.push(row);
      }
      told.queryMs += performance.now() - begun;
      told.exposures += rows.length;
      yield rows.sort(inFileOrder);
      bar.to(at + 1);
    }
  } finally {
    bar.stop();
  }
}

/** Rejected rows of several files in one: each file's columns head its own rows. */
class Rejects {
  rows = 0;

  private constructor(private readonly file: RejectsFile) {}

  static async open(path: string): Promise<Rejects> {
    return new Rejects(await RejectsFile.create(path));
  }

  async head(columns: string[]): Promise<void> {
    await this.file.head(columns);
  }

  async add(
    path: string,
    bad: { row: number; column: string; expected: string; got: string; cells: readonly string[] },
  ) {
    this.rows++;
    await this.file.add({ ...bad, cells: [...bad.cells], reason: path });
  }

  async close(): Promise<void> {
    await this.file.close();
  }
}
