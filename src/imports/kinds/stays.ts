import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../../config/clock.js';
import type { Env } from '../../../config/env.js';
import { ENV } from '../../core.module.js';
import { readStay, stayColumns, type StayRow } from '../../domain/files/stays.js';
import { stayIdOf } from '../../people/direct-stays.js';
import { packKeep, type Fact, type KeptStay } from '../../streams.js';
import { KeptStays, type InFlight } from '../in-flight.js';
import { Sightings, type Seen } from '../seen.js';
import type { Row } from '../table.js';
import type { Tally, Why } from '../tally.js';
import type { OpenFile } from './kind.js';

/** How far ahead of our clock another clock may be (SPEC 12: 5 minutes). */
const aheadMs = 5 * 60_000;

const dayMs = 86_400_000;

/**
 * Stays of a file are kept as they are, beside the folded ones (SPEC 4). A stay's id is made of what makes stays
 * equal (SPEC 12), so a second run of the file finds them all; of equal rows the highest trust counts.
 */
@Injectable()
export class StaysFiles {
  constructor(
    private readonly sightings: Sightings,
    private readonly kept: KeptStays,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(ENV) private readonly env: Pick<Env, 'RETENTION_DAYS'>,
  ) {}

  open(shiftMs: number): OpenFile {
    const seen = this.sightings.open();
    const inFlight = this.kept.open();
    return {
      columns: stayColumns,
      take: async (rows, tally) => {
        const stays = rows.flatMap((row) => this.read(row, { shiftMs, tally }));
        await keep(await byId(stays, seen, tally), inFlight, tally);
      },
      settle: (watch) => inFlight.settle(watch),
    };
  }

  /** The stay of a row, moved in time; none when the row cannot be taken, of which the tally hears. */
  private read(row: Row, { shiftMs, tally }: { shiftMs: number; tally: Tally }): RowStay[] {
    const read = readStay(row.by);
    if ('fault' in read) {
      tally.reject(row, { ...read.fault, reason: 'bad-value' });
      return [];
    }
    const stay = { ...read.stay, in: read.stay.in + shiftMs, out: read.stay.out + shiftMs };
    const why = this.timeFault(stay);
    if (why) tally.reject(row, why);
    return why ? [] : [{ row, stay }];
  }

  private timeFault({ in: inMs, out }: StayRow): Why | undefined {
    const now = this.now();
    const [oldest, newest] = [now - this.env.RETENTION_DAYS * dayMs, now + aheadMs];
    if (inMs < oldest) return { column: 'in', expected: `${iso(oldest)} or later`, got: iso(inMs), reason: 'too-old' };
    if (out <= newest) return undefined;
    return { column: 'out', expected: `${iso(newest)} or earlier`, got: iso(out), reason: 'in-future' };
  }
}

interface RowStay {
  row: Row;
  stay: StayRow;
}

/** A stay of the file, and how many of its rows say the same. */
interface Found {
  person: string;
  stay: KeptStay;
  rows: number;
}

/** The stays by their ids, equal ones once with the highest trust; their people and venues are there by then. */
async function byId(stays: RowStay[], seen: Seen, tally: Tally): Promise<Map<string, Found>> {
  const people = await seen.peopleOf(stays.map(({ stay }) => stay.person));
  await seen.ensureVenues(stays.map(({ stay }) => stay.venue));
  const found = new Map<string, Found>();
  for (const { row, stay } of stays) {
    const person = people.get(stay.person);
    if (person === undefined) tally.reject(row, ofSeveral);
    else add(found, person, stay);
  }
  return found;
}

const ofSeveral: Why = {
  column: 'person',
  expected: 'an id of one person',
  got: 'one of several',
  reason: 'contradiction',
};

function add(found: Map<string, Found>, person: string, { venue, zone, in: inMs, out, trust }: StayRow): void {
  const id = stayIdOf([person, venue, zone, inMs, out]);
  const before = found.get(id);
  const highest = Math.max(trust, before?.stay.trust ?? trust);
  const stay = { id, venue, zone, in: inMs, out, trust: highest };
  found.set(id, { person, stay, rows: (before?.rows ?? 0) + 1 });
}

/** Hands over what is new, or trusted more than before. */
async function keep(found: Map<string, Found>, inFlight: InFlight, tally: Tally): Promise<void> {
  const known = await inFlight.trustsOf([...found.keys()]);
  const facts: Fact[] = [];
  const trusts = new Map<string, number>();
  for (const [id, { person, stay, rows }] of found) {
    const before = known.get(id);
    if (before === undefined) tally.add('accepted');
    tally.add('merged', before === undefined ? rows - 1 : rows);
    if (before !== undefined && before >= stay.trust) continue;
    facts.push({ person, line: packKeep(stay) });
    trusts.set(id, stay.trust);
  }
  if (facts.length) await inFlight.add(facts, trusts);
}

const iso = (ms: number): string => new Date(ms).toISOString();
