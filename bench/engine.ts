import assert from 'node:assert/strict';
import type { MemoryStays } from '../graph/stays/memory-stays.js';
import type { Line } from './benches.js';
import { startDuckDb, startPg, writeCsv, type SqlEngine } from './engine-sql.js';
import { heaviest, rowsOf, touchedBy, traceOne, traceTwo } from './engine-trace.js';
import { intoMemory, makeStays, million, sequentialPass, tenMillion, type Scale } from './engine-world.js';
import { inPairs, median, type Measured, type Ratios } from './pairs.js';

/** Random cases whose contacts are asked for, and rounds of each time that is taken by itself. */
const cases = 1_000;
const rounds = 9;

/** A trace through the memory reader against databases and against one look at every stay; and how all that grows. */
export async function engine({ pairs, quick }: { pairs: number; quick: boolean }): Promise<Line[]> {
  const scale = quick ? million : tenMillion;
  const world = makeStays(scale);
  const { stays, nsPerStay } = intoMemory(world, scale);
  const person = await heaviest(world, scale, stays);
  const levels = await rowsOf(person, stays);
  const question = `heaviest case of ${scale.stays / 1e6} M stays, F0→F1→F2 (${levels.map((rows) => rows.length).join(' and ')} people)`;
  const side = { person, levels, stays, pairs };
  const { file, remove } = await writeCsv(world);
  const lines: Line[] = [];
  try {
    const sql = async (start: (file: string) => Promise<SqlEngine>, against: string, target: number) => {
      const ratios = await againstSql(await start(file), side);
      const measured = `${times(ratios.speed)} (${milliseconds(ratios)})`;
      lines.push({ question, against, target: `≥ ${target}x`, measured, met: ratios.speed >= target });
    };
    await sql(startDuckDb, 'DuckDB, 2 threads, sorted table', 25);
    await sql(startPg, 'PostgreSQL, covering indexes', 100);
  } finally {
    remove();
  }
  const pass = await inPairs(() => timed(() => traceTwo(person, stays)), passes(stays), pairs);
  lines.push({
    question,
    against: 'one sequential pass over three columns',
    target: '≤ 3x',
    measured: `${times(1 / pass.speed)} (${milliseconds(pass)})`,
    met: 1 / pass.speed <= 3,
  });
  return [...lines, ...sizeLines(stays, nsPerStay), ...(quick ? [] : await growthLines(stays, scale, person))];
}

interface Side {
  person: number;
  levels: Awaited<ReturnType<typeof rowsOf>>;
  stays: MemoryStays;
  pairs: number;
}

async function againstSql(other: SqlEngine, { person, levels, stays, pairs }: Side): Promise<Ratios> {
  try {
    await other.trace(person);
    assert.deepEqual(await other.rows(), levels, 'both sides must find the same people for the same reasons');
    const theirs = () => timed(() => other.trace(person));
    return await inPairs(() => timed(() => traceTwo(person, stays)), theirs, pairs);
  } finally {
    await other.close();
  }
}

async function timed(work: () => Promise<unknown>): Promise<Measured> {
  const begun = performance.now();
  await work();
  return { speed: 1_000 / (performance.now() - begun) };
}

function passes(stays: MemoryStays): () => Promise<Measured> {
  let sum = 0;
  return () =>
    timed(() => {
      sum += sequentialPass(stays);
      return Promise.resolve(sum);
    });
}

function sizeLines(stays: MemoryStays, nsPerStay: number): Line[] {
  const bytes = stays.bytes / stays.counts.stays;
  const clock = { against: 'the clock', target: '≤ 250 ns a stay' };
  return [
    {
      question: 'memory reader, memory of a stay',
      against: 'its columns and indexes',
      target: '≤ 24 B',
      measured: `${bytes.toFixed(1)} B`,
      met: bytes <= 24,
    },
    {
      question: 'memory reader, built from columns in memory',
      ...clock,
      measured: `${Math.round(nsPerStay)} ns a stay`,
      met: nsPerStay <= 250,
    },
  ];
}

/** A tenth of the world, with a tenth of the people and venues, against the whole. */
async function growthLines(large: MemoryStays, scale: Scale, heavy: number): Promise<Line[]> {
  const world = makeStays(million);
  const { stays: small } = intoMemory(world, million);
  const light = await heaviest(world, million, small);
  const f1 = (await levelOneP50(large, scale)) / (await levelOneP50(small, million));
  const [few, many] = [await nsPerTouched(light, small), await nsPerTouched(heavy, large)];
  const [question, against] = ['10x more stays, people and venues', '1 M stays'];
  return [
    { question: `${question}: F1 of a case, p50`, against, target: '≤ 2x', measured: times(f1), met: f1 <= 2 },
    {
      question: `${question}: time for a stay touched`,
      against,
      target: '≤ 1.5x',
      measured: `${times(many / few)} (${few.toFixed(0)} and ${many.toFixed(0)} ns)`,
      met: many / few <= 1.5,
    },
  ];
}

async function levelOneP50(stays: MemoryStays, { people }: Scale): Promise<number> {
  const taken: number[] = [];
  for (let round = 0; round < cases; round++) {
    const { speed } = await timed(() => traceOne((round * 7_919) % people, stays));
    taken.push(1_000 / speed);
  }
  return median(taken);
}

async function nsPerTouched(person: number, stays: MemoryStays): Promise<number> {
  const touched = await touchedBy(person, stays);
  const taken: number[] = [];
  for (let round = 0; round < rounds; round++) taken.push(1e9 / (await timed(() => traceTwo(person, stays))).speed);
  return median(taken) / touched;
}

const times = (ratio: number): string => `${ratio < 10 ? ratio.toFixed(2) : Math.round(ratio)}x`;

const ms = (side: Measured[]): string => `${(1_000 / median(side.map(({ speed }) => speed))).toFixed(0)} ms`;
const milliseconds = ({ ours, theirs }: Ratios): string => `${ms(ours)} and ${ms(theirs)}`;
