import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/clock.js';
import type { Env } from '../../config/env.js';
import { Graph } from '../../graph/graph.js';
import { parseDirectVenue } from '../../graph/stays/direct-venue.js';
import { ENV } from '../core.module.js';
import { pageOf, type Page } from '../http/page.js';
import { Problem } from '../http/problem.js';
import type { Fact } from '../streams.js';
import { directStays, dropDirect, keepDirect, type DirectEncounter } from './direct-stays.js';
import type { Encounter, EncounterQuery, EncountersChanged, NewEncounter } from './encounter.js';
import { Facts } from './facts.js';

/** How long a change by hand waits for the worker before the caller is told that it is on its way (assumption). */
const settleWithinMs = 5_000;

/** How far ahead of our clock another clock may be (SPEC 12: 5 minutes). */
const aheadMs = 5 * 60_000;

const dayMs = 86_400_000;

/** Kinds of meeting in which everybody is with everybody; in the others the person is with each of them. */
const amongAll: readonly string[] = ['household', 'vehicle'];

/** Meetings otherwise than at a venue, as tracers enter and take them back (SPEC 5.2, 8). */
@Injectable()
export class Encounters {
  constructor(
    private readonly graph: Graph,
    private readonly facts: Facts,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(ENV) private readonly env: Pick<Env, 'RETENTION_DAYS'>,
  ) {}

  /** In the order of their beginning; the cursor is where a page ends. */
  async list(person: string, { limit, after }: EncounterQuery): Promise<Page<Encounter>> {
    const all = (await this.of(person)).map((one) => ({ ...one, cursor: cursorOf(one) }));
    const { items, next } = pageOf(
      all.filter(({ cursor }) => cursor > after),
      limit,
      ({ cursor }) => cursor,
    );
    return { items: items.map(show), next };
  }

  /** Telling the same again changes nothing. */
  async add(person: string, others: string[], { kind, from, to }: Omit<NewEncounter, 'with'>) {
    if (others.includes(person)) throw notOneself();
    this.refuseTimes(from, to);
    const pairs = amongAll.includes(kind)
      ? pairsOf([person, ...others])
      : others.map((other) => [person, other] as const);
    const made = pairs.map(([a, b]): DirectEncounter => ({ kind, people: a < b ? [a, b] : [b, a], from, to }));
    const rows = made.map((one) => ({ id: directStays(one).venue, direct: kind }));
    await this.graph.write('cases/ensure_direct', { rows, atMs: this.now() });
    return this.hand(made, keepDirect);
  }

  /** Both stays of it are dropped, whichever of its people is asked. */
  async remove(person: string, id: string): Promise<EncountersChanged> {
    const found = (await this.of(person)).find((one) => directStays(one).id === id);
    if (!found) throw new Problem(404, 'encounter-unknown', 'This person has no such encounter.');
    return this.hand([found], dropDirect);
  }

  private async of(person: string): Promise<DirectEncounter[]> {
    const rows = await this.graph.read('people/stays', { person, fromMs: 0, toMs: 8.64e15 });
    return rows.flatMap(({ venue, inMs: from, outMs: to }) => {
      const direct = parseDirectVenue(venue);
      return direct ? [{ kind: direct.kind, people: direct.people, from, to }] : [];
    });
  }

  private async hand(of: DirectEncounter[], toFacts: (one: DirectEncounter) => Fact[]): Promise<EncountersChanged> {
    const positions = await this.facts.append(of.flatMap(toFacts));
    return { items: of.map(show), settled: await this.facts.settled(positions, settleWithinMs) };
  }

  private refuseTimes(from: number, to: number): void {
    const [oldest, newest] = [this.now() - this.env.RETENTION_DAYS * dayMs, this.now() + aheadMs];
    if (from < oldest) {
      throw new Problem(422, 'too-old', `Stays are kept for ${this.env.RETENTION_DAYS} days.`, {
        errors: [{ path: 'from', expected: 'an instant within the retention', got: 'an older one' }],
      });
    }
    if (to <= newest) return;
    throw new Problem(422, 'in-future', 'A meeting lies behind us.', {
      errors: [{ path: 'to', expected: 'an instant at or before now', got: 'a later one' }],
    });
  }
}

function pairsOf(people: string[]): (readonly [string, string])[] {
  return people.flatMap((one, at) => people.slice(at + 1).map((other) => [one, other] as const));
}

function show(encounter: DirectEncounter): Encounter {
  const { kind, people, from, to } = encounter;
  const iso = (ms: number) => new Date(ms).toISOString();
  return { id: directStays(encounter).id, kind, people: [...people], from: iso(from), to: iso(to) };
}

/** Fixed width, so that text order is the order of time. */
const cursorOf = (one: DirectEncounter): string => `${String(one.from).padStart(16, '0')}-${directStays(one).id}`;

const notOneself = (): Problem =>
  new Problem(422, 'bad-input', 'The input does not fit.', {
    errors: [{ path: 'with', expected: 'other people than the person', got: 'the person' }],
  });
