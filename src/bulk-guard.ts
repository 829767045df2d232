import { Inject, Injectable, Module } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import { CLOCK, type Clock } from '../config/clock.js';
import { newId } from '../config/ids.js';
import { LOG, type Logger } from '../config/log.js';
import { REDIS } from '../config/redis.js';
import { Vault } from '../config/vault.js';
import { Graph, step, type Step } from '../graph/graph.js';
import { readSubjects, type KnownSubject } from '../graph/subjects.js';
import { colourAt } from './domain/colour/colour.js';
import type { Evidence } from './domain/colour/evidence.js';
import { inForce, type BulkChangeGuard } from './domain/policy/policy.js';
import { PoliciesModule, Policies } from './policies.js';
import { bodyField, packPush, pushKept, pushStream } from './streams.js';

/** How long a unit's number of people is good for (assumption). */
const countedForMs = 60_000;

/**
 * Counts so many more if they stay within what is allowed, in one step: of two files at once only one may pass.
 * KEYS: the minutes, this one first. ARGV: people, the most there may be, seconds to keep. 1 when they were counted.
 */
const countIfFew = `
local people = tonumber(ARGV[1])
for _, minute in ipairs(KEYS) do people = people + tonumber(redis.call('GET', minute) or 0) end
if people > tonumber(ARGV[2]) then return 0 end
redis.call('INCRBY', KEYS[1], ARGV[1])
redis.call('EXPIRE', KEYS[1], ARGV[3])
return 1`;

/** What is about to be written about somebody. */
export interface Coming {
  person: string;
  facts: Evidence[];
}

/** The people whose new evidence is held, each with the hold it waits in. */
export type Held = ReadonlyMap<string, string>;

/** An officer decided about a hold before what was to wait in it was written. */
class DecidedMeanwhile extends Error {}

const holdsOf = (held: Held): string[] => [...new Set(held.values())].sort();

/** The last step of a transaction that puts evidence into holds; {@link refuseDecided} is to see its rows. */
export const stillOpen = (held: Held): Step[] => (held.size ? [step('holds/still_open', { ids: holdsOf(held) })] : []);

/** Undoes the transaction when one of its holds was decided: nothing more may come into it. */
export function refuseDecided(held: Held, rows: unknown[][]): void {
  if (held.size && rows.at(-1)!.length < holdsOf(held).length) throw new DecidedMeanwhile();
}

/**
 * Holds evidence that would change the colour of more than a set share of a unit within minutes (SPEC section 6): held
 * evidence does not exist for colours until a second officer releases it. A policy without `bulkChangeGuard` holds none.
 */
@Injectable()
export class BulkGuard {
  private readonly people = new LRUCache<string, number>({ max: 20_000, ttl: countedForMs });

  constructor(
    private readonly graph: Graph,
    private readonly vault: Vault,
    private readonly policies: Policies,
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** Writes evidence, with the people of whom it is held; once more when the hold was decided in between. */
  async writing<T>(coming: Coming[], by: string, write: (held: Held) => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await write(await this.hold(coming, by));
      } catch (error) {
        if (!(error instanceof DecidedMeanwhile)) throw error;
      }
    }
  }

  /** Whoever changes colour within what is allowed is counted. */
  async hold(coming: Coming[], by: string): Promise<Held> {
    const held = new Map<string, string>();
    if (!this.policies.all.some(({ bulkChangeGuard }) => bulkChangeGuard)) return held;
    const subjects = await this.subjectsOf(coming.map(({ person }) => person));
    for (const [unit, people] of subjects) {
      const guard = inForce(this.policies.of(unit), this.now())?.bulkChangeGuard;
      if (!guard) continue;
      const changed = this.changing(people, coming);
      if (changed.length === 0 || (await this.mayPass(unit, changed.length, guard))) continue;
      const hold = await this.open(unit, changed.length, by);
      for (const person of changed) held.set(person, hold);
    }
    return held;
  }

  private async subjectsOf(people: string[]): Promise<Map<string, KnownSubject[]>> {
    const { graph, vault } = this;
    const byUnit = new Map<string, KnownSubject[]>();
    for (const subject of await readSubjects({ graph, vault }, people, () => undefined)) {
      const { unit } = subject.person;
      if (unit !== null) byUnit.set(unit, [...(byUnit.get(unit) ?? []), subject]);
    }
    await this.policies.learn(byUnit.keys());
    return byUnit;
  }

  /** Those of a unit whose colour would be another with what is coming, now or when a part of it that lies ahead begins. */
  private changing(people: KnownSubject[], coming: Coming[]): string[] {
    const nowMs = this.now();
    const facts = new Map<string, Evidence[]>();
    for (const one of coming) facts.set(one.person, [...(facts.get(one.person) ?? []), ...one.facts]);
    return people.flatMap(({ person, verified, evidence }) => {
      const versions = this.policies.of(person.unit);
      const fresh = facts.get(person.id) ?? [];
      const keys = new Set(fresh.map(keyOf));
      const after = [...evidence.filter((fact) => !keys.has(keyOf(fact))), ...fresh];
      const colourOf = (facts: Evidence[], ms: number) =>
        colourAt({ verified, evidence: facts }, inForce(versions, ms), ms).colour;
      const looked = [nowMs, ...fresh.map(({ at }) => at).filter((at) => at > nowMs)];
      return looked.some((ms) => colourOf(evidence, ms) !== colourOf(after, ms)) ? [person.id] : [];
    });
  }

  /** Whether so many more may change; they are counted then, by the minute. */
  private async mayPass(unit: string, changing: number, guard: BulkChangeGuard): Promise<boolean> {
    const minute = Math.floor(this.now() / 60_000);
    const keyAt = (at: number) => `bulk:{${unit}}:${at}`;
    const minutes = Array.from({ length: guard.withinMinutes }, (_, back) => keyAt(minute - back));
    const most = Math.max(guard.minPeople, guard.share * (await this.peopleOf(unit)));
    const seconds = guard.withinMinutes * 60 + 60;
    return (await this.redis.eval(countIfFew, minutes.length, ...minutes, changing, most, seconds)) === 1;
  }

  private async peopleOf(unit: string): Promise<number> {
    const known = this.people.get(unit);
    if (known !== undefined) return known;
    const [row] = await this.graph.read('holds/people_of', { unit });
    this.people.set(unit, row!.people);
    return row!.people;
  }

  /** The open hold of a unit, with an alarm for its officers. */
  private async open(unit: string, people: number, by: string): Promise<string> {
    const atMs = this.now();
    const [hold] = await this.graph.write('holds/open', { id: newId(), unit, by, people, atMs });
    this.log.warn({ fact: 'bulk-change-held', unit, hold: hold!.id, people });
    const news = packPush([{ push: 'held', hold: hold!.id, unit, people: hold!.people, at: atMs }]);
    await this.redis.xadd(pushStream, 'MAXLEN', '~', pushKept, '*', bodyField, news);
    return hold!.id;
  }
}

/** What makes two facts the same one in another state. */
const keyOf = (fact: Evidence): string => ('id' in fact ? fact.id : `${fact.kind} ${fact.case}`);

@Module({ imports: [PoliciesModule], providers: [BulkGuard], exports: [BulkGuard] })
export class BulkGuardModule {}
