import { beforeAll, describe, expect, it } from '@jest/globals';
import type { StayReader } from '../../../src/domain/exposure/reader.js';
import { neutralContact } from '../../../src/domain/policy/contact.js';
import { hasRealData, sfhhContacts, staysOfContacts, type Contact } from '../../data/real.js';
import type { World } from '../../reference/world.js';
import { exposuresOf, inMemory } from './ask.js';

const [stepSeconds, minuteSeconds, dayMs] = [20, 60, 86_400_000];

/** Who was in touch with whom: ends of the 20 seconds, ascending, by person and person. */
type Touches = Map<string, Map<string, number[]>>;

function touchesOf(contacts: Contact[]): Touches {
  const touches: Touches = new Map();
  const add = (one: string, other: string, t: number) => {
    const others = touches.get(one) ?? new Map<string, number[]>();
    const ends = others.get(other) ?? [];
    ends.push(t);
    touches.set(one, others.set(other, ends));
  };
  for (const { t, a, b } of [...contacts].sort((x, y) => x.t - y.t)) {
    add(a, b, t);
    add(b, a, t);
  }
  return touches;
}

/** The second at which so many minutes without a gap are over, of touches that begin at `from` or later. */
function exposedAt(ends: number[], minutes: number, from: number): number {
  let [steps, before] = [0, -Infinity];
  for (const end of ends) {
    if (end - stepSeconds < from) continue;
    steps = end - stepSeconds === before ? steps + 1 : 1;
    before = end;
    if (steps * stepSeconds >= minutes * minuteSeconds) return end - steps * stepSeconds + minutes * minuteSeconds;
  }
  return Infinity;
}

/** F1 and F2 by looking at every touch of everybody: `person level second`. */
function bruteForce(touches: Touches, carrier: string, minutes: number): string[] {
  const met = (person: string, from: number) =>
    [...(touches.get(person) ?? [])].map(([other, ends]) => [other, exposedAt(ends, minutes, from)] as const);
  const first = new Map(met(carrier, -Infinity).filter(([, at]) => at < Infinity));
  const second = new Map<string, number>();
  for (const [person, from] of first)
    for (const [other, at] of met(person, from))
      if (other !== carrier && !first.has(other) && at < (second.get(other) ?? Infinity)) second.set(other, at);
  const rows = (level: number, found: Map<string, number>) => [...found].map(([who, at]) => `${who} ${level} ${at}`);
  return [...rows(1, first), ...rows(2, second)].sort();
}

const describeReal = hasRealData ? describe : describe.skip;
if (!hasRealData) process.stderr.write('skipped: the conference of ../shared/data is not here\n');

describeReal('the contacts of a conference', () => {
  let touches: Touches;
  let stays: StayReader;
  let people: string[];
  let from: number;
  const blank = { encounters: [], settings: {}, standing: {} };
  beforeAll(async () => {
    const contacts = await sfhhContacts();
    touches = touchesOf(contacts);
    people = [...touches.keys()].sort((a, b) => Number(a) - Number(b));
    const runs = staysOfContacts(contacts).map((stay) => ({ ...stay, zone: '', trust: 1 }));
    from = Math.min(...runs.map((run) => run.in));
    stays = inMemory({ ...blank, stays: runs } as unknown as World);
  });

  it.each([1, 5, 15])('of %i minutes are those that a search over every touch finds', async (minMinutes) => {
    const carrier = { latentDays: 0, carryDays: 14 };
    const contact = { ...neutralContact, timezone: 'Asia/Ho_Chi_Minh', minMinutes, carrier };
    let found = 0;
    for (const person of people) {
      const one = { id: person, person, onset: Math.floor(from / dayMs) * dayMs, sampledAt: null, isolatedAt: null };
      const rows = await exposuresOf({ ...blank, contact, stays: [], case: one }, stays);
      const told = rows.map((row) => `${row.person} ${row.level} ${row.exposedAt / 1_000}`).sort();
      expect(told).toEqual(bruteForce(touches, person, minMinutes));
      found += told.length;
    }
    process.stdout.write(
      `  conference, ${minMinutes} minutes: ${found} exposures of ${people.length} cases compared\n`,
    );
    expect(found).toBeGreaterThan(0);
  });
});
