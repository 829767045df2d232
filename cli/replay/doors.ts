import type { PairedGate } from '../system.js';
import { Door, type Answered } from './door.js';
import type { Meter } from './meter.js';

/** Scans that wait at the venues before the file is read on (assumption: enough to keep every socket busy). */
const maxWaiting = 2_000;

/** Something to be sent at a venue. */
export interface Errand<T> {
  venue: string;
  scan: T;
}

/** What the doors do with a scan that stands at its venue: send it, and tell what came of it. */
export type Serve<T> = (door: Door, scan: T) => Promise<Answered>;

interface Gate<T> {
  paired: PairedGate;
  /** Shared by the gates of one venue. */
  queue: T[];
  keeper: Keeper<T> | undefined;
  waits: boolean;
}

/** Whoever opens one socket after another; without work they wait for `wake`. */
interface Keeper<T> {
  gate: Gate<T> | undefined;
  door: Door | undefined;
  wake: (() => void) | undefined;
}

/**
 * The gates of a replay behind a limited number of sockets: every venue has a queue of its own, a socket serves one
 * gate until its queue is empty, and moves on only when another venue waits for a socket.
 */
export class Doors<T> {
  private readonly gatesOf = new Map<string, Gate<T>[]>();
  private readonly ready: Gate<T>[] = [];
  private readonly keepers: Keeper<T>[] = [];
  private readonly working: Promise<void>[] = [];
  private waiting = 0;
  private hasRoom: (() => void) | undefined;
  private closing = false;
  private fault: unknown;

  constructor(
    gates: PairedGate[],
    private readonly how: { url: string; sockets: number; meter: Meter; serve: Serve<T> },
  ) {
    for (const paired of gates) {
      const others = this.gatesOf.get(paired.venue) ?? [];
      others.push({ paired, queue: others[0]?.queue ?? [], keeper: undefined, waits: false });
      this.gatesOf.set(paired.venue, others);
    }
  }

  /** Puts a scan into the queue of its venue, first waiting for room. Throws what stopped any of the gates. */
  async put({ venue, scan }: Errand<T>): Promise<void> {
    while (this.waiting >= maxWaiting && !this.fault) await new Promise<void>((resolve) => (this.hasRoom = resolve));
    if (this.fault) throw this.fault;
    const gates = this.gatesOf.get(venue)!;
    gates[0]!.queue.push(scan);
    this.waiting++;
    this.call(gates);
  }

  /** Waits until every scan is answered, and closes the sockets. Throws what stopped any of the gates. */
  async close(): Promise<void> {
    this.closing = true;
    for (const keeper of this.keepers) keeper.wake?.();
    await Promise.all(this.working);
    if (this.fault) throw this.fault;
  }

  /** Finds somebody for a venue at which a scan waits: an idle socket there, a new one, or one that is idle elsewhere. */
  private call(gates: Gate<T>[]): void {
    const there = gates.find(({ keeper }) => keeper?.wake);
    if (there) return there.keeper!.wake!();
    const free = gates.find(({ keeper, waits }) => !keeper && !waits);
    if (!free) return;
    free.waits = true;
    this.ready.push(free);
    if (this.keepers.length < this.how.sockets) this.hire();
    else this.keepers.find(({ wake }) => wake)?.wake!();
  }

  private hire(): void {
    const keeper: Keeper<T> = { gate: undefined, door: undefined, wake: undefined };
    this.keepers.push(keeper);
    this.working.push(this.work(keeper));
  }

  /** What to do next is decided without a pause in between, so that no scan comes to a queue that nobody looks at. */
  private async work(keeper: Keeper<T>): Promise<void> {
    try {
      while (!this.fault) {
        const next = keeper.gate?.queue.length ? undefined : this.ready.shift();
        if (keeper.gate?.queue.length) await this.serveNext(keeper);
        else if (next) this.moveTo(next, keeper);
        else if (this.closing) break;
        else await idle(keeper);
      }
    } catch (fault) {
      this.fault ??= fault;
      for (const { wake } of this.keepers) wake?.();
    } finally {
      keeper.door?.close();
      this.hasRoom?.();
    }
  }

  private async serveNext({ gate, door }: Keeper<T>): Promise<void> {
    await this.how.serve(door!, gate!.queue.shift()!);
    this.waiting--;
    this.hasRoom?.();
  }

  private moveTo(gate: Gate<T>, keeper: Keeper<T>): void {
    gate.waits = false;
    if (gate.queue.length === 0) return;
    keeper.door?.close();
    if (keeper.gate) keeper.gate.keeper = undefined;
    gate.keeper = keeper;
    keeper.gate = gate;
    keeper.door = new Door(this.how.url, gate.paired, this.how.meter);
  }
}

/** Waits for somebody to call; being called once is enough. */
function idle<T>(keeper: Keeper<T>): Promise<void> {
  return new Promise((resolve) => {
    keeper.wake = () => {
      keeper.wake = undefined;
      resolve();
    };
  });
}
