import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { CLOCK, type Clock } from '../../config/clock.js';
import { newId } from '../../config/ids.js';
import { LOG, type Logger } from '../../config/log.js';
import { REDIS } from '../../config/redis.js';
import { Vault } from '../../config/vault.js';
import { Graph, step } from '../../graph/graph.js';
import type { PersonFields } from '../domain/identity/person.js';
import { strongOf } from '../domain/identity/register.js';
import { repairOf } from '../people/repairs.js';
import { keyOf, knownBy, sealFields } from '../people/sealed.js';
import { Snapshots } from '../people/snapshots.js';
import { newcomersKey, reservedKey } from '../streams.js';
import { within } from '../../config/within.js';

/** How long Redis remembers whose an identifier is, for the times at which the graph is away (assumption). */
const reservedSeconds = 30 * 86_400;

/** How long a door waits until somebody new is in the graph; they are brought there later otherwise (assumption). */
const writeWithinMs = 2_000;

/** How often people who were met while the graph was away are brought into it (DESIGN section 1: as leftovers are). */
const drainEveryMs = 5_000;

/** People brought into the graph before the list is looked at again (assumption). */
const perDrain = 200;

/** Somebody met while the graph was away. */
interface Newcomer {
  person: string;
  fields: PersonFields;
}

/**
 * People whom a gate meets first: unverified, so grey, until a desk knows who they are (SPEC section 4). Whoever comes
 * first reserves a random id for the identifier in Redis; the unique key in the graph decides (DESIGN section 5).
 */
@Injectable()
export class Newcomers implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private draining = false;

  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    private readonly graph: Graph,
    private readonly vault: Vault,
    private readonly snapshots: Snapshots,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** Makes the person of a paper, or finds who was made of it meanwhile. */
  async make(keys: string[], fields: PersonFields): Promise<string> {
    const person = await this.idOf(keys[0]!);
    try {
      if (await within(writeWithinMs, this.write(person, fields))) return person;
      return (await this.holderOf(keys)) ?? (await this.makeAnew(keys, fields));
    } catch (error) {
      this.log.warn({ fact: 'newcomer-not-written', person, reason: (error as Error).message });
      return this.later(person, fields);
    }
  }

  /** The id of a paper's person while the graph is away; whoever it turns out to be is seen to later. */
  async reserve(keys: string[], fields: PersonFields): Promise<string> {
    for (const key of keys) {
      const known = await this.redis.get(reservedKey(key));
      if (known !== null) return known;
    }
    return this.later(await this.idOf(keys[0]!), fields);
  }

  /** Keeps whom identifiers lead to; only a comfort for the time when the graph is away. */
  async remember(found: (readonly [string, string])[]): Promise<void> {
    if (found.length === 0) return;
    const pipeline = this.redis.pipeline();
    for (const [key, person] of found) pipeline.set(reservedKey(key), person, 'EX', reservedSeconds);
    await pipeline.exec();
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.drain(), drainEveryMs);
    void this.drain();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** The first to come reserves, everybody else reads. */
  private async idOf(key: string): Promise<string> {
    const mine = newId();
    const first = await this.redis.set(reservedKey(key), mine, 'EX', reservedSeconds, 'NX');
    return first ? mine : ((await this.redis.get(reservedKey(key))) ?? mine);
  }

  /** The reserved id belongs to somebody who was erased: nothing of theirs may come back. */
  private async makeAnew(keys: string[], fields: PersonFields): Promise<string> {
    await this.redis.del(reservedKey(keys[0]!));
    const person = await this.idOf(keys[0]!);
    if (await this.write(person, fields)) return person;
    const holder = await this.holderOf(keys);
    if (holder === undefined) throw new Error('the identifier leads nowhere');
    return holder;
  }

  private async holderOf(keys: string[]): Promise<string | undefined> {
    const rows = await this.graph.read('people/ids_by_identifiers', { keys });
    const holders = new Map(rows.map(({ key, id }) => [key, id]));
    return keys.map((key) => holders.get(key)).find((id) => id !== undefined);
  }

  /** Durable before the scan is, so that no acknowledged scan is of somebody who cannot be told from others. */
  private async later(person: string, fields: PersonFields): Promise<string> {
    const newcomer: Newcomer = { person, fields };
    await this.redis.rpush(newcomersKey, this.vault.sealSnapshot(JSON.stringify(newcomer)));
    return person;
  }

  /** False, and nothing written, when the id or an identifier is somebody's already. */
  private async write(id: string, fields: PersonFields): Promise<boolean> {
    const key = this.vault.newPersonKey();
    const row = { id, key, ...sealFields(this.vault, key, fields), atMs: this.now() };
    const rows = knownBy(this.vault, { id, version: 0, verified: false, fields });
    const steps = [step('gate/make_newcomer', row), step('people/know', { rows })];
    try {
      await this.graph.writeAll(steps, ([made = [], taken = []]) => {
        if (made.length === 0 || taken.length > 0) throw new Taken();
      });
    } catch (error) {
      if (error instanceof Taken) return false;
      throw error;
    }
    await this.snapshots.forget([id]);
    return true;
  }

  /** Brings those who were met while the graph was away into it; safe beside other processes that do the same. */
  private async drain(): Promise<void> {
    if (this.draining) return;
    this.draining = true;
    try {
      const waiting = await this.redis.lrange(newcomersKey, 0, perDrain - 1);
      for (const sealed of waiting) {
        await this.bring(JSON.parse(this.vault.openSnapshot(sealed)) as Newcomer);
        await this.redis.lrem(newcomersKey, 1, sealed);
      }
    } catch (error) {
      this.log.warn({ fact: 'newcomers-wait', reason: (error as Error).message });
    } finally {
      this.draining = false;
    }
  }

  private async bring({ person, fields }: Newcomer): Promise<void> {
    if (await this.write(person, fields)) return;
    const keys = strongOf(fields).map((each) => keyOf(this.vault, each));
    const holders = await this.graph.read('people/by_identifiers', { keys });
    const others = holders.filter(({ id, key }) => id !== person && key !== null);
    if (others.length === 0) return;
    await this.write(person, { ...fields, identifiers: [] });
    await this.queue(person, { fields, others: others.map(({ id, key }) => [id, key!] as const) });
  }

  /** The identifier turned out to be somebody's: both are one, which waits for an officer to link them. */
  private async queue(
    person: string,
    { fields, others }: { fields: PersonFields; others: (readonly [string, string])[] },
  ) {
    const [stored] = await this.graph.read('people/by_id', { id: person });
    const keys = new Map([...others, ...(stored?.key ? [[person, stored.key] as const] : [])]);
    const reasons = [...keys.keys()].map((id) => ({ person: id, found: { verdict: 'unverified' as const } }));
    const row = repairOf(this.vault, { record: fields, outcome: { outcome: 'conflict', reasons }, keys });
    if (row) await this.graph.write('people/queue_repair', { rows: [row], atMs: this.now() });
  }
}

/** Somebody else has the id or one of the identifiers. */
class Taken extends Error {}
