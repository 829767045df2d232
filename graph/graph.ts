import { readFileSync } from 'node:fs';
import neo4j, { type Driver, type ManagedTransaction, type Neo4jError, type Record as Row } from 'neo4j-driver';
import type { z } from 'zod';
import { within } from '../config/within.js';
import { queries, type QueryName } from './queries.js';

/** What a query takes and gives, by its name. */
export type Params<Q extends QueryName> = z.input<(typeof queries)[Q]['params']>;
export type RowOf<Q extends QueryName> = z.output<(typeof queries)[Q]['row']>;

/** One query of a transaction that holds several. */
export type Step = { [Q in QueryName]: { name: Q; params: Params<Q> } }[QueryName];

/** Builds a {@link Step} with its parameters checked by the compiler. */
export const step = <Q extends QueryName>(name: Q, params: Params<Q>): Step => ({ name, params }) as unknown as Step;

export interface GraphAddress {
  NEO4J_URI: string;
  NEO4J_USER: string;
  NEO4J_PASSWORD: string;
  NEO4J_DATABASE: string;
}

/** A missing file stops the start, not the first request that needs it. */
const cypher = new Map(
  Object.keys(queries).map((name) => [name, readFileSync(new URL(`queries/${name}.cypher`, import.meta.url), 'utf8')]),
);

/** Rows a bulk read takes over the wire at once; DESIGN section 3 measured 10,000 and more as fast. */
const fetchSize = 10_000;

/**
 * A query of ours takes seconds: what has no answer by then will have none, for the driver may wait for a server that
 * was killed: two imports were seen waiting for four minutes after a kill (assumption).
 */
const answeredWithinMs = 60_000;

/** The only door to Neo4j: named queries, checked rows, transient errors tried again for up to 15 s (assumption). */
export class Graph {
  private constructor(
    private readonly driver: Driver,
    private readonly database: string,
  ) {}

  static connect(at: GraphAddress): Graph {
    const driver = neo4j.driver(at.NEO4J_URI, neo4j.auth.basic(at.NEO4J_USER, at.NEO4J_PASSWORD), {
      disableLosslessIntegers: true,
      fetchSize,
      maxTransactionRetryTime: 15_000,
      connectionTimeout: 5_000,
      connectionAcquisitionTimeout: 10_000,
    });
    return new Graph(driver, at.NEO4J_DATABASE);
  }

  /** Runs one query that changes nothing; may be answered by a read replica. */
  async read<Q extends QueryName>(name: Q, params: Params<Q>): Promise<RowOf<Q>[]> {
    return this.inSession('READ', (tx) => runIn(tx, name, params));
  }

  /** Runs one query that changes something, in a transaction of its own. */
  async write<Q extends QueryName>(name: Q, params: Params<Q>): Promise<RowOf<Q>[]> {
    return this.inSession('WRITE', (tx) => runIn(tx, name, params));
  }

  /**
   * Runs several queries in one transaction, all sent before the first answer is awaited: all of them happen or none.
   * `check` sees the rows of every step and may throw to undo them all.
   */
  async writeAll(steps: Step[], check?: (rows: unknown[][]) => void): Promise<unknown[][]> {
    return this.inSession('WRITE', async (tx) => {
      const rows = await Promise.all(steps.map(({ name, params }) => runIn(tx, name, params as never)));
      check?.(rows);
      return rows;
    });
  }

  /** Hands over rows one by one as they come, for exports that must not hold them all. */
  async *stream<Q extends QueryName>(name: Q, params: Params<Q>): AsyncGenerator<RowOf<Q>> {
    const session = this.driver.session({ database: this.database, defaultAccessMode: neo4j.session.READ });
    try {
      const result = session.run(text(name), queries[name].params.parse(params) as Record<string, unknown>);
      for await (const record of result) yield toRow(name, record);
    } finally {
      await session.close();
    }
  }

  /** Resolves when the server answers; throws otherwise. */
  async ping(): Promise<void> {
    await this.driver.verifyConnectivity({ database: this.database });
  }

  /** Runs schema text as it stands; for migrations alone. What another process made meanwhile is there. */
  async runSchema(statement: string): Promise<void> {
    try {
      await this.driver.executeQuery(statement, {}, { database: this.database });
    } catch (error) {
      if (!/^Neo\.ClientError\.Schema\..*AlreadyExists$/.test((error as Neo4jError).code)) throw error;
    }
  }

  async close(): Promise<void> {
    await this.driver.close();
  }

  private inSession<T>(mode: 'READ' | 'WRITE', work: (tx: ManagedTransaction) => Promise<T>): Promise<T> {
    return within(answeredWithinMs, this.run(mode, work));
  }

  private async run<T>(mode: 'READ' | 'WRITE', work: (tx: ManagedTransaction) => Promise<T>): Promise<T> {
    const session = this.driver.session({ database: this.database });
    try {
      return await (mode === 'READ' ? session.executeRead(work) : session.executeWrite(work));
    } finally {
      await session.close();
    }
  }
}

/** Whether a write failed because somebody else has the unique key that it would have given. */
export const isTaken = (error: unknown): boolean =>
  (error as Neo4jError).code === 'Neo.ClientError.Schema.ConstraintValidationFailed';

const text = (name: QueryName): string => cypher.get(name)!;

async function runIn<Q extends QueryName>(tx: ManagedTransaction, name: Q, params: Params<Q>): Promise<RowOf<Q>[]> {
  const { records } = await tx.run(text(name), queries[name].params.parse(params) as Record<string, unknown>);
  return records.map((record) => toRow(name, record));
}

function toRow<Q extends QueryName>(name: Q, record: Row): RowOf<Q> {
  return queries[name].row.parse(record.toObject()) as RowOf<Q>;
}
