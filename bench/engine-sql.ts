import { chmodSync, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import pg from 'pg';
import { infectiousWindow } from '../src/domain/exposure/windows.js';
import { caseOf, rule, type EngineRow } from './engine-trace.js';
import { longestMs, type WorldStays } from './engine-world.js';
import { startPostgres } from './postgres.js';

/** A database that holds the same stays and answers the same question, one statement for each level. */
export interface SqlEngine {
  /** Traces a case to level 2 and keeps the rows in its own tables. */
  trace(person: number): Promise<void>;
  rows(): Promise<EngineRow[][]>;
  close(): Promise<void>;
}

const dayMs = 86_400_000;

/** Lines written at once to the file that the databases load. */
const linesPerWrite = 100_000;

/** Writes the stays where both databases read them; people and venues are numbers. */
export async function writeCsv({ person, venue, from, to }: WorldStays): Promise<{ file: string; remove: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'vetxanh-engine-'));
  chmodSync(folder, 0o755); // the server of PostgreSQL may be another user
  const file = join(folder, 'stays.csv');
  const out = createWriteStream(file);
  for (let first = 0; first < person.length; first += linesPerWrite) {
    const count = Math.min(linesPerWrite, person.length - first);
    const lines = Array.from({ length: count }, (_, at) => {
      const stay = first + at;
      return `${person[stay]},${venue[stay]},${from[stay]},${to[stay]}\n`;
    });
    if (!out.write(lines.join(''))) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Where the two dialects differ: how the best of several witnesses is chosen, and what helps the planner. */
interface Dialect {
  best: (columns: string) => string;
  near: string;
}

/** SPEC 5.4 and 5.5 under the neutral rule: the shared time, the least witness, chains forward in time. */
function levels(person: number, { best, near }: Dialect): [string, string] {
  const window = infectiousWindow(caseOf(person), rule.contact, rule.days)!;
  const min = rule.contact.minMinutes * 60_000;
  const { latentDays, carryDays } = rule.contact.carrier;
  const met = 'least(s.went, a.went) - greatest(s.came, a.came)';
  const found = (but: string) => `
    SELECT s.person, ${best(`greatest(s.came, a.came) + ${min}, a.via, s.venue, -(${met})`)} AS w
    FROM airs a JOIN stays s ON s.venue = a.venue AND s.came < a.went AND s.went > a.came ${near}
    WHERE ${met} >= ${min} AND ${but} GROUP BY s.person`;
  const one = `
    WITH airs AS (
      SELECT CAST(${person} AS BIGINT) AS via, venue,
        greatest(came, ${window.from}) AS came, least(went, ${window.to}) AS went
      FROM stays WHERE person = ${person} AND came < ${window.to} AND went > ${window.from})
    ${found(`s.person <> ${person}`)}`;
  const two = `
    WITH airs AS (
      SELECT CAST(f.person AS BIGINT) AS via, s.venue, greatest(s.came, f.at + ${latentDays * dayMs}) AS came,
        least(s.went, f.at + ${(latentDays + carryDays) * dayMs}) AS went
      FROM (SELECT person, w[1] AS at FROM f1) f JOIN stays s ON s.person = f.person
        AND s.came < f.at + ${(latentDays + carryDays) * dayMs} AND s.went > f.at + ${latentDays * dayMs})
    ${found(`s.person <> ${person} AND s.person NOT IN (SELECT person FROM f1)`)}`;
  return [one, two];
}

const select = (table: string) => `SELECT person, w[1] AS at, w[2] AS via, w[3] AS venue, -w[4] AS met FROM ${table}`;

const toRow = ({ person, at, via, venue, met }: Record<string, unknown>): EngineRow =>
  [person, at, via, venue, met].map(Number) as EngineRow;

/** DuckDB in this process, two threads, the table sorted by venue and time. */
export async function startDuckDb(file: string): Promise<SqlEngine> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const db = await instance.connect();
  await db.run(
    `CREATE TABLE stays AS SELECT * FROM read_csv('${file}', header = false,
      columns = {'person': 'INTEGER', 'venue': 'INTEGER', 'came': 'BIGINT', 'went': 'BIGINT'}) ORDER BY venue, came`,
  );
  const dialect = { best: (columns: string) => `min([${columns}])`, near: '' };
  return {
    trace: async (person) => {
      const [one, two] = levels(person, dialect);
      await db.run(`CREATE OR REPLACE TEMP TABLE f1 AS ${one}`);
      await db.run(`CREATE OR REPLACE TEMP TABLE f2 AS ${two}`);
    },
    rows: () =>
      Promise.all(
        ['f1', 'f2'].map(async (table) => {
          const reader = await db.runAndReadAll(`${select(table)} ORDER BY person`);
          return reader.getRowObjects().map(toRow);
        }),
      ),
    close: () => Promise.resolve(db.closeSync()),
  };
}

/** PostgreSQL with covering indexes by venue and time and by person, in memory that holds them all. */
export async function startPg(file: string): Promise<SqlEngine> {
  const server = await startPostgres();
  const db = new pg.Client({ connectionString: server.url });
  await db.connect();
  await db.query(`SET work_mem = '256MB'; SET maintenance_work_mem = '1GB'; SET max_parallel_workers_per_gather = 2;
    SET effective_cache_size = '4GB'; SET random_page_cost = 1.1;`);
  await db.query('CREATE UNLOGGED TABLE stays (person int, venue int, came bigint, went bigint)');
  await db.query(`COPY stays FROM '${file}' WITH (FORMAT csv)`);
  await db.query('CREATE INDEX ON stays (venue, came) INCLUDE (went, person)');
  await db.query('CREATE INDEX ON stays (person, came) INCLUDE (venue, went)');
  await db.query('VACUUM (ANALYZE) stays');
  const near = `AND s.came > a.came - ${longestMs}`;
  const dialect = { best: (columns: string) => `min(ARRAY[${columns}])`, near };
  return {
    trace: async (person) => {
      const [one, two] = levels(person, dialect);
      await db.query(`DROP TABLE IF EXISTS f1, f2; CREATE TEMP TABLE f1 AS ${one}; ANALYZE f1;`);
      await db.query(`CREATE TEMP TABLE f2 AS ${two}`);
    },
    rows: () =>
      Promise.all(
        ['f1', 'f2'].map(async (table) => {
          const { rows } = await db.query<Record<string, unknown>>(`${select(table)} ORDER BY person`);
          return rows.map(toRow);
        }),
      ),
    close: async () => {
      await db.end();
      await server.stop();
    },
  };
}
