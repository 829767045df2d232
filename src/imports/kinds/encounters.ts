import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../../config/clock.js';
import type { Env } from '../../../config/env.js';
import { Graph } from '../../../graph/graph.js';
import { ENV } from '../../core.module.js';
import { encounterColumns, readEncounter, type EncounterRow } from '../../domain/files/encounters.js';
import { directStays, keepDirect, type DirectEncounter } from '../../people/direct-stays.js';
import { KeptStays, type InFlight } from '../in-flight.js';
import { Sightings, type Seen } from '../seen.js';
import type { Row } from '../table.js';
import type { Tally, Why } from '../tally.js';
import type { OpenFile } from './kind.js';

/** How far ahead of our clock another clock may be (SPEC 12: 5 minutes). */
const aheadMs = 5 * 60_000;

const dayMs = 86_400_000;

/** A direct encounter is two stays, trust 1, at a private venue of its own (SPEC 5.2). */
@Injectable()
export class EncountersFiles {
  constructor(
    private readonly sightings: Sightings,
    private readonly kept: KeptStays,
    private readonly graph: Graph,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(ENV) private readonly env: Pick<Env, 'RETENTION_DAYS'>,
  ) {}

  open(shiftMs: number): OpenFile {
    const seen = this.sightings.open();
    const inFlight = this.kept.open();
    return {
      columns: encounterColumns,
      take: async (rows, tally) => {
        const read = rows.flatMap((row) => this.read(row, { shiftMs, tally }));
        await this.keep(await found(read, seen, tally), inFlight, tally);
      },
      settle: (watch) => inFlight.settle(watch),
    };
  }

  private read(row: Row, { shiftMs, tally }: { shiftMs: number; tally: Tally }): RowEncounter[] {
    const read = readEncounter(row.by);
    if ('fault' in read) {
      tally.reject(row, { ...read.fault, reason: 'bad-value' });
      return [];
    }
    const { from, to } = read.encounter;
    const encounter = { ...read.encounter, from: from + shiftMs, to: to + shiftMs };
    const why = this.timeFault(encounter);
    if (why) tally.reject(row, why);
    return why ? [] : [{ row, encounter }];
  }

  private timeFault({ from, to }: EncounterRow): Why | undefined {
    const now = this.now();
    const [oldest, newest] = [now - this.env.RETENTION_DAYS * dayMs, now + aheadMs];
    if (from < oldest)
      return { column: 'from', expected: `${iso(oldest)} or later`, got: iso(from), reason: 'too-old' };
    if (to <= newest) return undefined;
    return { column: 'to', expected: `${iso(newest)} or earlier`, got: iso(to), reason: 'in-future' };
  }

  private async keep(meetings: Map<string, Meeting>, inFlight: InFlight, tally: Tally): Promise<void> {
    const known = await inFlight.trustsOf([...meetings.values()].flatMap(({ stays }) => stays.map(({ id }) => id)));
    const fresh = [...meetings.values()].filter(({ stays }) => stays.some(({ id }) => !known.has(id)));
    const rows = fresh.map(({ venue, encounter }) => ({ id: venue, direct: encounter.kind }));
    if (rows.length) await this.graph.write('cases/ensure_direct', { rows, atMs: this.now() });
    const facts = fresh.flatMap(({ encounter }) => keepDirect(encounter));
    const trusts = new Map(fresh.flatMap(({ stays }) => stays.map(({ id }) => [id, 1])));
    tally.add('accepted', fresh.length);
    tally.add('merged', [...meetings.values()].reduce((sum, { rows: same }) => sum + same, 0) - fresh.length);
    if (facts.length) await inFlight.add(facts, trusts);
  }
}

interface RowEncounter {
  row: Row;
  encounter: EncounterRow;
}

/** A meeting of the file with the two stays it is, and how many rows say it. */
interface Meeting {
  encounter: DirectEncounter;
  venue: string;
  stays: { id: string; person: string }[];
  rows: number;
}

/** The meetings by what makes them one. */
async function found(read: RowEncounter[], seen: Seen, tally: Tally): Promise<Map<string, Meeting>> {
  const people = await seen.peopleOf(read.flatMap(({ encounter: { personA, personB } }) => [personA, personB]));
  const meetings = new Map<string, Meeting>();
  for (const { row, encounter } of read) {
    const { kind, from, to, personA, personB } = encounter;
    const [a, b] = [people.get(personA), people.get(personB)];
    if (a === undefined || b === undefined || a === b) {
      tally.reject(row, ofSeveral(a === undefined ? 'personA' : 'personB'));
      continue;
    }
    const meeting: DirectEncounter = { kind, people: [a, b], from, to };
    const { id, venue, stays } = directStays(meeting);
    meetings.set(id, { encounter: meeting, venue, stays, rows: (meetings.get(id)?.rows ?? 0) + 1 });
  }
  return meetings;
}

const ofSeveral = (column: string): Why => ({
  column,
  expected: 'an id of one person, another than the first',
  got: 'one of several, or the same',
  reason: 'contradiction',
});

const iso = (ms: number): string => new Date(ms).toISOString();
