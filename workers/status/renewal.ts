import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { CLOCK, type Clock } from '../../config/clock.js';
import type { Env } from '../../config/env.js';
import { LOG, type Logger } from '../../config/log.js';
import { REDIS } from '../../config/redis.js';
import { Vault } from '../../config/vault.js';
import { Graph } from '../../graph/graph.js';
import { readSubjects, type KnownSubject } from '../../graph/subjects.js';
import { ENV } from '../../src/core.module.js';
import { colourOf, type Status } from '../../src/domain/colour/colour.js';
import { newsOf } from '../../src/domain/colour/told.js';
import { gateView } from '../../src/domain/gate-view.js';
import type { CitizenStatus } from '../../src/events.js';
import { Policies } from '../../src/policies.js';
import { packSnapshot, unpackSnapshot } from '../../src/snapshot.js';
import { showToCitizen, tellStatuses } from '../../src/told-statuses.js';
import { WebPushQueue } from '../web-push.queue.js';
import { shardOf, snapshotKey, wakeKey } from '../../src/streams.js';

/** How long Redis keeps what can be made anew of somebody who is not seen (assumption). */
const snapshotSeconds = 86_400;

/** In place of an instant: nobody listens, as far as is known, so an instant that lies ahead is somebody else's. */
const nobodyListens = 'nobody';

/**
 * Takes a snapshot in place of one that is not newer, and with it the instant the person wakes the system: an older
 * version overwrites neither. A screen that was opened meanwhile has set an instant of its own, which stays. Returns
 * whether it was taken, and the snapshot that was there.
 */
const keep = `
local old = redis.call('GET', KEYS[1])
if old and tonumber(string.match(old, '^%d+')) > tonumber(string.match(ARGV[1], '^%d+')) then return {0, old} end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
if ARGV[3] == 'nobody' then
  local at = redis.call('ZSCORE', KEYS[2], ARGV[4])
  if at and tonumber(at) <= tonumber(ARGV[5]) then redis.call('ZREM', KEYS[2], ARGV[4]) end
elseif ARGV[3] == '' then redis.call('ZREM', KEYS[2], ARGV[4])
else redis.call('ZADD', KEYS[2], ARGV[3], ARGV[4]) end
return {1, old or ''}`;

interface Renewed extends KnownSubject {
  status: Status;
  /** What the person's screens would show. */
  told: CitizenStatus;
  /** The same, to compare with what they were told last. */
  news: string;
  /** Of the rules it was computed by. */
  revision: number;
}

/** Colours that were computed, on their way into the history. */
interface Looked {
  renewed: Renewed[];
  remembered: Promise<void>;
}

/** Computes the colours of people anew, remembers them, and tells those who have a device and another colour. */
@Injectable()
export class Renewal {
  private lastLook: Promise<unknown> = Promise.resolve();
  private lastTold: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly graph: Graph,
    private readonly vault: Vault,
    private readonly policies: Policies,
    private readonly webPush: WebPushQueue,
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(ENV) private readonly env: Pick<Env, 'SHARDS'>,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /**
   * Safe to run twice. People are looked at one batch after the other, and told in the same order, so that the later
   * look is the one that is told last; while a batch is told, remembered and kept, the next one is looked at.
   */
  async renew(asked: string[]): Promise<void> {
    const people = [...new Set(asked)];
    const look = this.lastLook.then(() => this.look(people));
    const told = Promise.all([look, this.lastTold]).then(([{ renewed }]) => this.tell(renewed));
    this.lastLook = look.catch(() => undefined);
    this.lastTold = told.catch(() => undefined);
    const [{ renewed }, whom] = await Promise.all([look, told, look.then(({ remembered }) => remembered)]);
    await this.tellAsItIs(await this.keep(renewed, whom));
    await this.forgetUnknown(people, renewed);
  }

  private async look(people: string[]): Promise<Looked> {
    const nowMs = this.now();
    const renewed = await this.compute(await this.withSame(people), nowMs);
    return { renewed, remembered: this.remember(renewed, nowMs) };
  }

  /** Whoever is the same person as one of these has the same colour, and cards and screens of their own: few are. */
  private async withSame(people: string[]): Promise<KnownSubject[]> {
    const subjects = await this.read(people);
    const asked = new Set(people);
    const same = new Set(subjects.flatMap(({ person }) => person.same));
    return [...subjects, ...(await this.read([...same].filter((id) => !asked.has(id))))];
  }

  private read(people: string[]): Promise<KnownSubject[]> {
    const { graph, vault } = this;
    return readSubjects({ graph, vault }, people, (person, error) =>
      this.log.warn({ fact: 'record-unreadable', person, reason: error.message }),
    );
  }

  private async compute(subjects: KnownSubject[], nowMs: number): Promise<Renewed[]> {
    const versionsOf = await this.policies.versionsOf(subjects.map(({ person }) => person.unit));
    const { revision } = this.policies;
    return subjects.map((subject): Renewed => {
      const { id, version, unit } = subject.person;
      const status = colourOf(subject, versionsOf(unit), nowMs);
      const told = showToCitizen({ person: id, version, atMs: nowMs, status });
      return { ...subject, status, told, news: newsOf(told), revision };
    });
  }

  /** History: per version of a person, the evidence as it stood; nothing of somebody who was erased. */
  private async remember(renewed: Renewed[], atMs: number): Promise<void> {
    const rows = renewed.flatMap(({ person, verified, evidence, status }) => {
      if (person.key === null) return [];
      const { colour, rule, policy } = status;
      const then = { verified, unit: person.unit, evidence, colour, rule, policy };
      return [{ person: person.id, version: person.version, sealed: this.vault.sealFor(person.key, then) }];
    });
    if (rows.length) await this.graph.write('status/remember', { rows, atMs });
  }

  /** Told before the snapshot says so: a crash between the two tells twice, which a screen does not show, never not. */
  private async tell(renewed: Renewed[]): Promise<Set<string>> {
    const listening = renewed.filter(({ hasDevice }) => hasDevice);
    const told = await this.toldOf(listening);
    const news = listening.filter((one, index) => one.news !== told[index]);
    await this.tellAll(news);
    return new Set(news.map(({ person }) => person.id));
  }

  private async tellAll(news: Renewed[]): Promise<void> {
    if (news.length === 0) return;
    const statuses = news.map(({ person, told }) => ({ person: person.id, status: told }));
    await tellStatuses(this.redis, this.vault, statuses);
    await this.webPush.tell(statuses.map(({ person }) => person));
  }

  /** Somebody who may have heard two batches in the wrong order, or one of them only, hears how it is. */
  private async tellAsItIs(people: string[]): Promise<void> {
    if (people.length === 0) return;
    const nowMs = this.now();
    await this.tellAll(await this.compute(await this.read(people), nowMs));
  }

  /** What people were told last, as their snapshots remember it. */
  private async toldOf(renewed: Renewed[]): Promise<(string | undefined)[]> {
    const pipeline = this.redis.pipeline();
    for (const { person } of renewed) pipeline.get(snapshotKey(this.shard(person.id), person.id));
    const answers = renewed.length ? ((await pipeline.exec()) ?? []) : [];
    return answers.map(([error, snapshot]) => {
      if (error) throw error;
      return this.newsIn(snapshot);
    });
  }

  private newsIn(snapshot: unknown): string | undefined {
    return typeof snapshot === 'string' ? unpackSnapshot(this.vault, snapshot)?.view.own?.news : undefined;
  }

  /**
   * Resolves to those of whom another batch was told or kept since this one looked: what stood there is neither what
   * they were told nor what this batch took for it.
   */
  private async keep(renewed: Renewed[], told: ReadonlySet<string>): Promise<string[]> {
    const pipeline = this.redis.pipeline();
    for (const { person, fields, evidence, status, news, hasDevice, revision } of renewed) {
      const shard = this.shard(person.id);
      const { colour, nextChangeAt } = status;
      const view = { ...gateView(fields, { ...person, evidence }), own: { colour, nextChangeAt, news, revision } };
      const snapshot = packSnapshot(this.vault, { version: person.version, view });
      const wake = hasDevice ? (nextChangeAt ?? '') : nobodyListens;
      const keys = [snapshotKey(shard, person.id), wakeKey(shard)];
      pipeline.eval(keep, keys.length, ...keys, snapshot, snapshotSeconds, wake, person.id, this.now());
    }
    const answers = renewed.length ? ((await pipeline.exec()) ?? []) : [];
    return renewed.flatMap(({ person, news, hasDevice }, index) => {
      const [error, answer] = answers[index]!;
      if (error) throw error;
      const [taken, old] = answer as [number, string];
      const isOverheard = hasDevice && (taken === 0) === told.has(person.id) && this.newsIn(old) !== news;
      return isOverheard ? [person.id] : [];
    });
  }

  /** Somebody who is no longer there wakes nobody. */
  private async forgetUnknown(people: string[], renewed: Renewed[]): Promise<void> {
    const known = new Set(renewed.map(({ person }) => person.id));
    const unknown = people.filter((id) => !known.has(id));
    const pipeline = this.redis.pipeline();
    for (const id of unknown) pipeline.zrem(wakeKey(this.shard(id)), id);
    if (unknown.length) await pipeline.exec();
  }

  private shard(person: string): number {
    return shardOf(person, this.env.SHARDS);
  }
}
