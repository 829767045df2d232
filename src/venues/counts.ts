import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { CLOCK, type Clock } from '../../config/clock.js';
import type { Env } from '../../config/env.js';
import { REDIS } from '../../config/redis.js';
import { Graph } from '../../graph/graph.js';
import type { StoredVenue } from '../../graph/queries/venues.js';
import { ENV } from '../core.module.js';
import { daysTouched } from '../domain/stay/day.js';
import type { Headcount } from '../events.js';
import { headcountKey } from '../streams.js';

const dayMs = 86_400_000;

/** The longest span that is counted at once: a month and a day (assumption). */
const mostDays = 32;

const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

/** Half-open `[from, to)`; hours are those of the clock in UTC, which whole-hour zones share. */
export const countsQuery = z
  .strictObject({ from: instant, to: instant })
  .refine(({ from, to }) => from < to && to - from <= mostDays * dayMs, {
    path: ['to'],
    message: `an instant after from, at most ${mostDays} days later`,
  });
export type CountsQuery = z.output<typeof countsQuery>;

/** People who came and who left within one hour; an end that nobody scanned is no leaving. */
export interface HourCount {
  hour: string;
  zone: string;
  entered: number;
  left: number;
}

/** How full a venue is and was: numbers, and nobody's name. */
@Injectable()
export class Counts {
  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(ENV) private readonly env: Pick<Env, 'SHARDS'>,
    private readonly graph: Graph,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** People inside now; a zone that nobody is in is there with 0. */
  async inside({ id, zones: named, capacity }: StoredVenue): Promise<Headcount & { at: string }> {
    const zones: Record<string, number> = Object.fromEntries(named.map((zone) => [zone, 0]));
    for (let shard = 0; shard < this.env.SHARDS; shard++) {
      const text = await this.redis.hget(headcountKey(shard), id);
      const counted = text ? (JSON.parse(text) as { zones: Record<string, number> }).zones : {};
      for (const [zone, people] of Object.entries(counted)) zones[zone] = (zones[zone] ?? 0) + people;
    }
    const inside = Object.values(zones).reduce((sum, people) => sum + people, 0);
    const at = new Date(this.now()).toISOString();
    return { venue: id, zones, inside, ...(capacity !== null && { capacity }), at };
  }

  /** Hours in which somebody came or left, oldest first. */
  async byHour(venue: string, { from: fromMs, to: toMs }: CountsQuery): Promise<HourCount[]> {
    const keys = daysTouched(fromMs, toMs).map((day) => `${venue}|${day}`);
    const rows = await this.graph.read('venues/by_hour', { keys, fromMs, toMs });
    return rows.map(({ hourMs: at, ...row }) => ({ hour: new Date(at).toISOString(), ...row }));
  }
}
