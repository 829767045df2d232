import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Known } from './known.js';

/** A scan that the server has not acknowledged yet, as it will be sent (API.md, `scan`). */
export interface QueuedScan {
  /** Place in the queue, given by the store. */
  order?: number;
  /** The gate that made it: scans of a pairing that is over are sent by another of the same place alone. */
  gate: string;
  scanId: string;
  code: string;
  direction: 'in' | 'out' | 'auto';
  zone?: string;
  /** Epoch milliseconds by the server's clock, as far as this device knew it. */
  scannedAt: number;
  decided?: 'allow' | 'warn' | 'deny';
  force?: true;
}

interface Shelves extends DBSchema {
  queue: { key: number; value: QueuedScan; indexes: { scanId: string; gate: string } };
  kept: { key: string; value: Known };
}

const name = 'vetxanh-gate';

/** Scans read at once while they are looked at one by one. */
const pageSize = 500;

/** What this device keeps through reload and power-off: scans that wait, and what an offline gate decides with. */
export class Store {
  private readonly open: Promise<IDBPDatabase<Shelves>>;

  constructor() {
    this.open = openDB<Shelves>(name, 2, {
      upgrade(db, from, _, writing) {
        if (from === 0) {
          db.createObjectStore('queue', { keyPath: 'order', autoIncrement: true }).createIndex('scanId', 'scanId');
          db.createObjectStore('kept');
        }
        writing.objectStore('queue').createIndex('gate', 'gate');
      },
    });
    // Whoever needs it hears of the failure; nobody does before the first scan.
    this.open.catch(() => undefined);
  }

  /** Resolves once the scan is on the disk. Throws when the device has no room, or no store at all. */
  async add(scan: QueuedScan): Promise<number> {
    const db = await this.open;
    const write = db.transaction('queue', 'readwrite', { durability: 'strict' });
    const [order] = await Promise.all([write.store.add(scan), write.done]);
    return order;
  }

  /** Several at once, for a queue that was kept in memory while there was no room. */
  async addAll(scans: QueuedScan[]): Promise<void> {
    const write = (await this.open).transaction('queue', 'readwrite', { durability: 'strict' });
    await Promise.all([...scans.map((scan) => write.store.add(scan)), write.done]);
  }

  async put(scan: QueuedScan): Promise<void> {
    await (await this.open).put('queue', scan);
  }

  async remove(orders: number[]): Promise<void> {
    const write = (await this.open).transaction('queue', 'readwrite');
    const ranges = runsOf(orders).map(([first, last]) => IDBKeyRange.bound(first, last));
    await Promise.all([...ranges.map((range) => write.store.delete(range)), write.done]);
  }

  /** The oldest scans after a place in the queue. */
  async oldest(after: number, count = pageSize): Promise<QueuedScan[]> {
    return (await this.open).getAll('queue', IDBKeyRange.lowerBound(after, true), count);
  }

  async find(scanId: string): Promise<QueuedScan | undefined> {
    return (await this.open).getFromIndex('queue', 'scanId', scanId);
  }

  /** How many wait, and how many of them are another pairing's. */
  async count(gate: string): Promise<{ mine: number; others: number }> {
    const db = await this.open;
    const [all, mine] = await Promise.all([db.count('queue'), db.countFromIndex('queue', 'gate', gate)]);
    return { mine, others: all - mine };
  }

  /** Makes what earlier pairings at this place left another gate's of it; how many scans those were. */
  async adopt(gate: string, venue: string): Promise<number> {
    const db = await this.open;
    let adopted = 0;
    const known = await db.getAll('kept');
    const here = known.filter((each) => each.gate !== gate && each.hello.venue.id === venue);
    for (const { gate: left } of here) {
      for (let page = await this.left(left); page.length > 0; page = await this.left(left)) {
        const write = db.transaction('queue', 'readwrite', { durability: 'strict' });
        await Promise.all([...page.map((scan) => write.store.put({ ...scan, gate })), write.done]);
        adopted += page.length;
      }
    }
    return adopted;
  }

  private async left(gate: string): Promise<QueuedScan[]> {
    return (await this.open).getAllFromIndex('queue', 'gate', gate, pageSize);
  }

  /** Throws away what an earlier pairing left and cannot be sent any more. */
  async dropOthers(gate: string): Promise<void> {
    for (let after = 0; ;) {
      const page = await this.oldest(after);
      const last = page.at(-1)?.order;
      if (last === undefined) return;
      await this.remove(page.filter((scan) => scan.gate !== gate).map(({ order }) => order!));
      after = last;
    }
  }

  async keep(known: Known): Promise<void> {
    await (await this.open).put('kept', known, known.gate);
  }

  async kept(gate: string): Promise<Known | undefined> {
    return (await this.open).get('kept', gate);
  }
}

/** Numbers that follow each other, as first and last: one order to the store instead of hundreds. */
function runsOf(orders: number[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const order of orders) {
    const run = runs.at(-1);
    if (run?.[1] === order - 1) run[1] = order;
    else runs.push([order, order]);
  }
  return runs;
}
