import { beforeAll, describe, expect, it } from '@jest/globals';
import { neutralZonedContact } from '../../../src/domain/policy/contact.js';
import { gowallaStays, hasRealData, type RealStay } from '../../data/real.js';
import type { World } from '../../reference/world.js';
import { exposuresOf, inMemory } from './ask.js';

const [minute, day] = [60_000, 86_400_000];
const least = 15 * minute;

/** Check-ins that are taken, and cases that are compared: those who went out most. */
const newest = 60_000;
const cases = 150;

interface Met {
  person: string;
  at: number;
  via: string;
  venue: string;
  length: number;
}

/** Stays by a key of theirs. */
function grouped(stays: RealStay[], key: 'person' | 'venue'): Map<string, RealStay[]> {
  const groups = new Map<string, RealStay[]>();
  for (const stay of stays) {
    const group = groups.get(stay[key]);
    if (group) group.push(stay);
    else groups.set(stay[key], [stay]);
  }
  return groups;
}

/** The default rule (SPEC 5), by holding each stay of a carrier against every other at its venue. */
function bruteForce(stays: RealStay[]) {
  const [ofPerson, atVenue] = [grouped(stays, 'person'), grouped(stays, 'venue')];
  const metBy = (via: string, from: number, to: number): Met[] =>
    ofPerson.get(via)!.flatMap((own) =>
      atVenue.get(own.venue)!.flatMap(({ person, venue, in: came, out: went }) => {
        const [begin, end] = [Math.max(own.in, from, came), Math.min(own.out, to, went)];
        const counts = person !== via && end - begin >= least;
        return counts ? [{ person, at: begin + least, via, venue, length: end - begin }] : [];
      }),
    );
  const firstOf = (all: Met[], but: Set<string>): Met[] => {
    const first = new Map<string, Met>();
    for (const met of all) {
      const known = first.get(met.person);
      if (!but.has(met.person) && (!known || isBefore(met, known))) first.set(met.person, met);
    }
    return [...first.values()];
  };
  return (sick: string, onset: number): string[] => {
    const one = firstOf(metBy(sick, onset - 2 * day, onset + 10 * day), new Set([sick]));
    const carried = one.flatMap(({ person, at }) => metBy(person, at + day, at + 15 * day));
    const two = firstOf(carried, new Set([sick, ...one.map(({ person }) => person)]));
    const rows = (level: number, found: Met[]) => found.map((met) => written({ ...met, level }));
    return [...rows(1, one), ...rows(2, two)].sort();
  };
}

/** The earliest, then by whom, where, and how long (SPEC 5.5). */
function isBefore(a: Met, b: Met): boolean {
  if (a.at !== b.at) return a.at < b.at;
  if (a.via !== b.via) return a.via < b.via;
  return a.venue === b.venue ? a.length > b.length : a.venue < b.venue;
}

const written = ({ person, level, at, via, venue, length }: Met & { level: number }) =>
  [person, level, at, via, venue, length].join(' ');

const describeReal = hasRealData ? describe : describe.skip;
if (!hasRealData) process.stderr.write('skipped: the check-ins of ../shared/data are not here\n');

describeReal('check-ins of a city', () => {
  let stays: RealStay[];
  beforeAll(async () => {
    stays = await gowallaStays(newest);
  });

  it('expose whom a search over all stays of a venue finds, for the same reasons', async () => {
    const blank = { encounters: [], settings: {}, standing: {}, contact: neutralZonedContact };
    const all = stays.map((stay) => ({ ...stay, zone: '', trust: 1 }));
    const reader = inMemory({ ...blank, stays: all } as unknown as World);
    const search = bruteForce(stays);
    const often = [...grouped(stays, 'person')].sort(([, a], [, b]) => b.length - a.length).slice(0, cases);
    const found = [0, 0];
    for (const [person, visits] of often) {
      const onset = visits[Math.floor(visits.length / 2)]!.in;
      const one = { id: person, person, onset, sampledAt: null, isolatedAt: null };
      const rows = await exposuresOf({ ...blank, stays: [], case: one }, reader);
      const told = rows.map(({ exposedAt: at, from, to, ...row }) => written({ ...row, at, length: to - from }));
      expect(told.sort()).toEqual(search(person, onset));
      for (const { level } of rows) found[level - 1]!++;
    }
    process.stdout.write(`  check-ins: ${found.join(' and ')} exposures of ${often.length} cases compared\n`);
    expect(Math.min(...found)).toBeGreaterThan(100);
  }, 120_000);
});
