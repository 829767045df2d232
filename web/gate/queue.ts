import type { QueuedScan, Store } from './store.js';

/** How the device's store is: it takes scans, has no room for more, or there is none. */
export type Storage = 'fine' | 'full';

/**
 * Scans that wait for the server. Each is on the disk before its answer is shown; when the disk has no room they wait
 * in memory, the keeper is told not to close the page, and the disk is tried again.
 */
export class Queue {
  private memory: QueuedScan[] = [];
  private onDisk = 0;
  /** Scans of an earlier pairing at another place, which nobody can send. */
  others = 0;

  constructor(
    private readonly store: Store,
    private readonly gate: string,
  ) {}

  get waiting(): number {
    return this.onDisk + this.memory.length;
  }

  get storage(): Storage {
    return this.memory.length ? 'full' : 'fine';
  }

  /** Counts what an earlier run left. */
  async load(): Promise<void> {
    const { mine, others } = await this.store.count(this.gate).catch(() => ({ mine: 0, others: 0 }));
    this.onDisk = mine;
    this.others = others;
  }

  /** Keeps a scan: on the disk if that can be. */
  async add(scan: QueuedScan): Promise<void> {
    try {
      scan.order = await this.store.add(scan);
      this.onDisk++;
    } catch {
      this.memory.push(scan);
    }
  }

  /** Notes what the guard did about a scan that waits already. */
  async decide(scan: QueuedScan): Promise<void> {
    if (scan.order !== undefined) await this.store.put(scan).catch(() => undefined);
  }

  /** The server has it, or will never take it. */
  async done(scans: QueuedScan[]): Promise<void> {
    const orders = scans.flatMap(({ order }) => (order === undefined ? [] : [order]));
    const gone = new Set(scans.filter(({ order }) => order === undefined).map(({ scanId }) => scanId));
    this.memory = this.memory.filter(({ scanId }) => !gone.has(scanId));
    if (!orders.length) return;
    await this.store.remove(orders).catch(() => undefined);
    this.onDisk = Math.max(0, this.onDisk - orders.length);
  }

  /** The oldest scans of this gate after a place; those in memory last. */
  async oldest(after: number, count: number): Promise<QueuedScan[]> {
    const found = await this.store.oldest(after, count).catch(() => []);
    return found.length ? found : this.memory.slice(0, count);
  }

  async find(scanId: string): Promise<QueuedScan | undefined> {
    const held = this.memory.find((scan) => scan.scanId === scanId);
    return held ?? this.store.find(scanId).catch(() => undefined);
  }

  /** Puts what waits in memory on the disk, if there is room again. */
  async settle(): Promise<void> {
    if (!this.memory.length) return;
    const moving = this.memory;
    try {
      await this.store.addAll(moving);
    } catch {
      return;
    }
    this.memory = this.memory.slice(moving.length);
    this.onDisk += moving.length;
  }

  /** What earlier pairings at this place left is sent by this one: whoever pairs again has the owner's word for it. */
  async adopt(venue: string): Promise<void> {
    if (this.others === 0) return;
    const adopted = await this.store.adopt(this.gate, venue);
    this.onDisk += adopted;
    this.others -= adopted;
  }

  async dropOthers(): Promise<void> {
    await this.store.dropOthers(this.gate);
    this.others = 0;
  }
}
