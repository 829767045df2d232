import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { CLOCK, type Clock } from '../../config/clock.js';
import type { Env } from '../../config/env.js';
import { canonical } from '../../config/policy.js';
import { REDIS } from '../../config/redis.js';
import { Vault } from '../../config/vault.js';
import { Graph } from '../../graph/graph.js';
import { readSubjects, type KnownSubject } from '../../graph/subjects.js';
import { ENV } from '../core.module.js';
import { colourOf } from '../domain/colour/colour.js';
import { Policies } from '../policies.js';
import { remembered } from '../remembered.js';
import { unpackSnapshot } from '../snapshot.js';
import { shardOf, snapshotKey } from '../streams.js';
import { StatusNews } from '../status-news.js';
import { atOnce, firstDifference, inParts, type Check, type Difference, type Finding, type Turn } from './check.js';
import { peoplePages } from './people-pages.js';

/** People looked at together. */
const peoplePerRead = 500;

/** How often somebody whose colour is on its way is looked at, and how long apart. */
const mostLooks = 20;
const betweenLooksMs = 500;

/** What one person's status comes down to, as texts that can be compared. */
interface Standing {
  version: number;
  verified: boolean;
  unit: string | null;
  evidence: string;
  colour: string | undefined;
}

const fields = ['version', 'verified', 'unit', 'evidence', 'colour'] as const satisfies (keyof Standing)[];

/** Snapshots, colours and history against the evidence in the graph and a fresh evaluation of the rules (SPEC 6). */
@Injectable()
export class StatusesCheck implements Check {
  readonly name = 'statuses';

  constructor(
    private readonly graph: Graph,
    private readonly vault: Vault,
    private readonly policies: Policies,
    private readonly statuses: StatusNews,
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(ENV) private readonly env: Pick<Env, 'SHARDS'>,
  ) {}

  choose(sample?: number): AsyncGenerator<string[]> {
    return peoplePages((page) => this.graph.read('status/people_after', page), sample);
  }

  async *look(ids: string[], turn = atOnce): AsyncGenerator<Finding> {
    for (const people of inParts(ids, peoplePerRead)) {
      yield { looked: people.length };
      for (const difference of await this.lookAt(people, turn)) yield { difference };
    }
  }

  async held(): Promise<number> {
    const [waiting] = await this.graph.read('holds/held', {});
    return waiting!.held;
  }

  /** Looks again at those who differ, for what changed a moment ago is still on its way. */
  private async lookAt(people: string[], turn: Turn): Promise<Difference[]> {
    for (let looks = 1; ; looks++) {
      await turn();
      const begunMs = this.now();
      const differing = await this.differencesOf(people);
      if (differing.size === 0) return [];
      people = [...differing.keys()];
      if (looks === mostLooks) {
        const pending = await this.statuses.isBehind(begunMs);
        return [...differing.values()].flat().map((one) => ({ ...one, pending }));
      }
      await pause(betweenLooksMs);
    }
  }

  private async differencesOf(people: string[]): Promise<Map<string, Difference[]>> {
    const found = new Map<string, Difference[]>();
    const { graph, vault } = this;
    const subjects = await readSubjects({ graph, vault }, people, (person, { message }) =>
      found.set(person, [unreadable(person, message)]),
    );
    const [shown, kept] = [await this.snapshotsOf(people), await this.historyOf(people)];
    const versionsOf = await this.policies.versionsOf(subjects.map(({ person }) => person.unit));
    for (const subject of subjects) {
      const { id, key, unit, version } = subject.person;
      const expected = { ...standingOf(version, { ...subject, unit }), colour: undefined };
      const { colour } = colourOf(subject, versionsOf(unit), this.now());
      const inRedis = shown.get(id);
      const differences = [
        inRedis &&
          differenceOf(id, 'snapshot', {
            expected: inRedis.colour ? { ...expected, colour } : expected,
            found: inRedis,
          }),
        key !== null && this.differenceInHistory(subject, { ...expected, version }, kept.get(id)),
      ].filter((one) => one !== undefined && one !== false);
      if (differences.length) found.set(id, differences);
    }
    return found;
  }

  /** Those that can be read: who has none is looked up in the graph. One that has run out tells no colour. */
  private async snapshotsOf(people: string[]): Promise<Map<string, Standing>> {
    const found = new Map<string, Standing>();
    const pipeline = this.redis.pipeline();
    for (const person of people) pipeline.get(snapshotKey(shardOf(person, this.env.SHARDS), person));
    for (const [at, [error, value]] of ((await pipeline.exec()) ?? []).entries()) {
      if (error) throw error;
      if (typeof value !== 'string') continue;
      const kept = unpackSnapshot(this.vault, value);
      if (!kept) continue;
      const { own } = kept.view;
      const isGood =
        own?.revision === this.policies.revision && (own.nextChangeAt === null || own.nextChangeAt > this.now());
      found.set(people[at]!, { ...standingOf(kept.version, kept.view), colour: isGood ? own.colour : undefined });
    }
    return found;
  }

  private async historyOf(people: string[]): Promise<Map<string, { version: number; sealed: string }>> {
    const rows = await this.graph.read('status/last_remembered', { people });
    return new Map(rows.map(({ person, ...row }) => [person, row]));
  }

  /** A person of whom nothing was ever learnt has no history; one without a key has nothing it could be sealed under. */
  private differenceInHistory(
    { person }: KnownSubject,
    expected: Standing,
    kept: { version: number; sealed: string } | undefined,
  ): Difference | undefined {
    if (!kept && expected.evidence === '') return undefined;
    const then = kept && remembered.parse(this.vault.openFor(person.key!, kept.sealed));
    const found = then && { ...standingOf(kept.version, then), colour: undefined };
    return differenceOf(person.id, 'history', { expected, found });
  }
}

const differenceOf = (
  subject: string,
  where: string,
  pair: { expected: Standing; found: Standing | undefined },
): Difference | undefined => firstDifference({ subject, of: `person ${subject}, ${where}` }, pair, fields);

const unreadable = (subject: string, found: string): Difference => {
  return { subject, of: `person ${subject}`, expected: 'a record that opens', found, pending: false };
};

/** Evidence is a set: the order in which it lies somewhere says nothing. */
function standingOf(version: number, view: z.output<typeof remembered>): Omit<Standing, 'colour'> {
  const { verified, unit, evidence } = view;
  return { version, verified, unit, evidence: evidence.map(canonical).sort().join('\n') };
}
