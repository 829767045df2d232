import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { REDIS } from '../../config/redis.js';
import { Graph, type RowOf } from '../../graph/graph.js';
import { within } from '../../config/within.js';

/** A gate in use, with the venue it is a door of. */
export type Door = RowOf<'gate/door'>;

/** Redis keeps what is known of a door, so that shops open while Neo4j is away. */
const doorKey = (gate: string): string => `door:${gate}`;

/** A gate that nobody used for a month is read from the graph (assumption). */
const keptSeconds = 30 * 86_400;

/** How long a gate that connects waits for Neo4j before Redis is asked (assumption). */
const graphWithinMs = 2_000;

/** The doors whose gates are connected to this process. */
@Injectable()
export class Doors {
  private readonly open = new Map<string, Door>();

  constructor(
    private readonly graph: Graph,
    @Inject(REDIS) private readonly redis: Redis,
  ) {}

  /** Looks a gate up as it connects; undefined when it was removed. Throws when nobody knows, for all are away. */
  async find(gate: string): Promise<Door | undefined> {
    const door = await this.read(gate);
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
    for (const gate of gates) await this.find(gate);
  }

  async forget(gate: string): Promise<void> {
    this.open.delete(gate);
    await this.redis.del(doorKey(gate));
  }

  private async read(gate: string): Promise<Door | undefined> {
    try {
      const [door] = await within(graphWithinMs, this.graph.read('gate/door', { gate }));
      if (door) await this.redis.set(doorKey(gate), JSON.stringify(door), 'EX', keptSeconds);
      return door;
    } catch (error) {
      const kept = await this.redis.get(doorKey(gate));
      if (kept === null) throw error;
      return JSON.parse(kept) as Door;
    }
  }
}
