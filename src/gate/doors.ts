import { Inject, Injectable } from '@nestjs/common';
import DataLoader from 'dataloader';
import type { Redis } from 'ioredis';
import { REDIS } from '../../config/redis.js';
import { Graph, type RowOf } from '../../graph/graph.js';
import { within } from '../../config/within.js';

/** A gate in use, with the venue it is a door of. */
export type Door = RowOf<'gate/doors'>;

/** Redis keeps what is known of a door, so that shops open while Neo4j is away. */
const doorKey = (gate: string): string => `door:${gate}`;

/** A gate that nobody used for a month is read from the graph (assumption). */
const keptSeconds = 30 * 86_400;

/** How long a gate that connects waits for Neo4j before Redis is asked (assumption). */
const graphWithinMs = 2_000;

/** After a restart every gate of a province connects at once: so long they gather, and so many are read together (assumptions). */
const gatherMs = 5;
const mostAtOnce = 500;

/** The doors whose gates are connected to this process. */
@Injectable()
export class Doors {
  private readonly open = new Map<string, Door>();
  private readonly reads = new DataLoader<string, Door | undefined>((gates) => this.read([...gates]), {
    cache: false,
    maxBatchSize: mostAtOnce,
    batchScheduleFn: (read) => setTimeout(read, gatherMs),
  });

  constructor(
    private readonly graph: Graph,
    @Inject(REDIS) private readonly redis: Redis,
  ) {}

  /** Looks a gate up as it connects; undefined when it was removed. Throws when nobody knows, for all are away. */
  async find(gate: string): Promise<Door | undefined> {
    const door = await this.reads.load(gate);
    if (door) this.open.set(gate, door);
    return door;
  }

  /** The door of a gate that connected. */
  of(gate: string): Door | undefined {
    return this.open.get(gate);
  }

  /** How many people a venue with a connected gate holds; null when that is not known. */
  capacityOf(venue: string): number | null {
    for (const door of this.open.values()) if (door.venue === venue) return door.capacity;
    return null;
  }

  /** Reads the doors of a venue again: its name, zones or capacity changed. */
  async refresh(venue: string): Promise<void> {
    const gates = [...this.open.values()].filter((door) => door.venue === venue).map(({ gate }) => gate);
    await Promise.all(gates.map((gate) => this.find(gate)));
  }

  async forget(gate: string): Promise<void> {
    this.open.delete(gate);
    await this.redis.del(doorKey(gate));
  }

  /** The door of each of some gates, or the reason why nobody knows now. */
  private async read(gates: string[]): Promise<(Door | undefined | Error)[]> {
    try {
      const doors = await within(graphWithinMs, this.graph.read('gate/doors', { gates }));
      await this.keep(doors);
      const byGate = new Map(doors.map((door) => [door.gate, door]));
      return gates.map((gate) => byGate.get(gate));
    } catch (error) {
      const kept = await this.redis.mget(gates.map(doorKey));
      return kept.map((text) => (text === null ? (error as Error) : (JSON.parse(text) as Door)));
    }
  }

  private async keep(doors: Door[]): Promise<void> {
    const pipeline = this.redis.pipeline();
    for (const door of doors) pipeline.set(doorKey(door.gate), JSON.stringify(door), 'EX', keptSeconds);
    for (const [error] of doors.length ? ((await pipeline.exec()) ?? []) : []) if (error) throw error;
  }
}
