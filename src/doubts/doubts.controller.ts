import { Controller, Get, Param } from '@nestjs/common';
import { z } from 'zod';
import { Graph } from '../../graph/graph.js';
import type { LogEntry } from '../../graph/queries/log.js';
import { gateShown } from '../domain/stay/scan.js';
import { Roles, Who, type Caller } from '../auth/roles.js';
import { Documented } from '../http/openapi.js';
import { pageFields, pageOf, type Page } from '../http/page.js';
import { ReadsPerson } from '../http/reads.js';
import { ZodQuery } from '../http/zod.js';
import { Units } from '../units/units.service.js';
import { Venues } from '../venues/venues.service.js';

/** The `next` of the page before: epoch milliseconds and an id. */
const after = z
  .string()
  .max(400)
  .regex(/^(\d{1,16}\|.+)?$/su, 'the next of the page before')
  .default('');
const query = z.strictObject({ ...pageFields, after });
type Query = z.output<typeof query>;

/** One thing an owner may look into: nobody's name, and no other place; `self` is a visitor's own check-in. */
interface OwnersEntry {
  kind: string;
  gate: string;
  at: string;
  times: number;
  code?: LogEntry['code'];
}

/** A doubt as officers see it; instants ISO 8601, `km` null where a place has no coordinates. */
interface Doubt {
  id: string;
  kind: string;
  person: string | null;
  venue: string;
  gate: string;
  unit: string | null;
  at: string;
  times: number;
  other: { venue: string; at: string; km: number | null } | null;
}

/** The log of a place's gates, for its owner. */
@Controller('venues/:id/log')
@Roles('owner', 'admin', 'head', 'tracer')
export class GateLogController {
  constructor(
    private readonly graph: Graph,
    private readonly venues: Venues,
  ) {}

  @Get()
  @Documented({ summary: 'What the gates noted: doubtful scans, codes not read, a clock that is wrong', query })
  async list(
    @Who() caller: Caller,
    @Param('id') id: string,
    @ZodQuery(query) asked: Query,
  ): Promise<Page<OwnersEntry>> {
    const { venue } = await this.venues.get(caller, id);
    const rows = await this.graph.read('log/of_venue', { venue: venue.id, ...pageParams(asked) });
    const { items, next } = pageOf(rows, asked.limit, cursorOf);
    return { items: items.map(forOwner), next };
  }
}

/** Doubts about scans and codes, for the officers of their units. */
@Controller('doubts')
@Roles('tracer', 'head', 'admin')
export class DoubtsController {
  constructor(
    private readonly graph: Graph,
    private readonly units: Units,
  ) {}

  @Get()
  @ReadsPerson(({ items }: Page<Doubt>) => [...new Set(items.flatMap(({ person }) => person ?? []))])
  @Documented({ summary: 'Scans that may not be what they say, of your units, newest first', query })
  async list(@Who() { unit }: Caller, @ZodQuery(query) asked: Query): Promise<Page<Doubt>> {
    const units = unit === undefined ? null : await this.units.within(unit);
    const rows = await this.graph.read('log/of_units', { units, ...pageParams(asked) });
    const { items, next } = pageOf(rows, asked.limit, cursorOf);
    return { items: items.map(forOfficer), next };
  }
}

const cursorOf = ({ atMs, id }: LogEntry): string => `${atMs}|${id}`;

function pageParams({ after: cursor, limit }: Query) {
  const bar = cursor.indexOf('|');
  const before = cursor ? { beforeMs: Number(cursor.slice(0, bar)), beforeId: cursor.slice(bar + 1) } : newest;
  return { ...before, limit: limit + 1 };
}

const newest = { beforeMs: 8.64e15, beforeId: '' };

const iso = (ms: number): string => new Date(ms).toISOString();

const forOwner = ({ kind, gate, atMs, times, code }: LogEntry): OwnersEntry => ({
  kind,
  gate: gateShown(gate),
  at: iso(atMs),
  times,
  ...(code && { code }),
});

function forOfficer({ code: _, atMs, other, ...entry }: LogEntry): Doubt {
  return { ...entry, at: iso(atMs), other: other && { venue: other.venue, at: iso(other.atMs), km: other.km } };
}
