import { setTimeout as pause } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { Logger } from '../../config/log.js';
import { step, type Graph, type Params, type RowOf } from '../../graph/graph.js';
import { chainHash } from '../../src/read-chain.js';
import { unpackRead } from '../../src/reads.js';
import { bodyField } from '../../src/streams.js';

/** Reads written in one transaction; each names up to 1,000 people (assumption). */
const readsPerBatch = 500;

/** People of reads that one transaction ties, so that it stays short (assumption). */
const peoplePerBatch = 5_000;

const blockMs = 1_000;

/** How long the writer rests after a fault before it starts over (assumption). */
const restMs = 1_000;

/** What the chain works with. */
interface Tools {
  graph: Graph;
  log: Logger;
  /** For this chain alone: its reads block. */
  reading: Redis;
  stream: string;
  /** The chain's id in the graph. */
  name: string;
}

type End = RowOf<'reads/end'>;
type Row = Params<'reads/append'>['rows'][number];

/**
 * Appends the reads of a stream to a chain in the graph, each hashed together with the one before. The end of the chain
 * moves by compare-and-set in the transaction that appends, so a crash or a second writer neither loses nor doubles one.
 */
export class ReadsChain {
  private end: End | undefined;
  private stopped = false;
  private done: Promise<void> | undefined;

  constructor(private readonly tools: Tools) {}

  start(): void {
    this.done = this.run();
  }

  /** Resolves when the batch in hand is written. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.tools.reading.disconnect();
    await this.done;
  }

  /** Reads on and appends once; resolves to the number of reads. Tests call it to go step by step. */
  async beat(): Promise<number> {
    const { graph, reading, stream, name } = this.tools;
    this.end ??= (await graph.read('reads/end', { chain: name }))[0] ?? (await this.begin());
    const from = this.end;
    const read = await reading.xread('COUNT', readsPerBatch, 'BLOCK', blockMs, 'STREAMS', stream, from.position);
    const { rows, to } = extend(from, read?.[0]?.[1] ?? [], name);
    if (to === from) return 0;
    const move = step('reads/move', { chain: name, from, to });
    await graph.writeAll([move, step('reads/append', { rows })], ([moved = []]) => {
      if (moved.length === 0) throw new Error('another worker has moved the end of the chain');
    });
    this.end = to;
    await reading.xtrim(stream, 'MINID', to.position);
    return rows.length;
  }

  private async begin(): Promise<End> {
    const [end] = await this.tools.graph.write('reads/begin', { chain: this.tools.name });
    return end!;
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      try {
        await this.beat();
      } catch (error) {
        this.end = undefined;
        if (this.stopped) return;
        this.tools.log.warn({ fact: 'reads-interrupted', reason: (error as Error).message });
        await pause(restMs);
      }
    }
  }
}

/** The rows that entries of the stream add behind an end, and the end after them. */
function extend(from: End, entries: [string, string[]][], chain: string): { rows: Row[]; to: End } {
  const rows: Row[] = [];
  let to = from;
  let people = 0;
  for (const [position, [field, body = '']] of entries) {
    if (people > peoplePerBatch) break;
    if (field !== bodyField) {
      to = { ...to, position };
      continue;
    }
    to = { number: to.number + 1, hash: chainHash(to.hash, body), position };
    const row = { chain, number: to.number, hash: to.hash, body, ...about(body) };
    people += row.people.length;
    rows.push(row);
  }
  return { rows, to };
}

/** What a read tells; a damaged one stays in the chain as it is, and the chain goes on. */
function about(body: string): Pick<Row, 'who' | 'purpose' | 'case' | 'atMs' | 'people'> {
  try {
    const { who, purpose, case: caseId = null, at, people } = unpackRead(body);
    return { who, purpose, case: caseId, atMs: at, people: [...new Set(people)] };
  } catch {
    return { who: null, purpose: null, case: null, atMs: null, people: [] };
  }
}
