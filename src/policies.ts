import { Global, Inject, Injectable, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { CLOCK, type Clock } from '../config/clock.js';
import { LOG, type Logger } from '../config/log.js';
import { Graph } from '../graph/graph.js';
import { readPolicies, seedPolicies } from '../graph/policies.js';
import { PolicyBook, type Place } from './domain/policy/book.js';
import { inForce, type Policy } from './domain/policy/policy.js';
import type { RulesAt } from './domain/stay/rules.js';

/** How long what was read of policies and units is good for: another process may have changed some (assumption). */
const goodForMs = 60_000;

/** How soon a version that another process published is known here: before anybody sees a door answer (assumption). */
const lookForNewMs = 1_000;

/** How soon a unit that is not known is looked for again (assumption). */
const lookAgainMs = 1_000;

/** The published policies and which of them speak for whom, in the memory of every process that decides. */
@Injectable()
export class Policies implements OnModuleInit, OnApplicationShutdown {
  private book = new PolicyBook([]);
  private parents = new Map<string, string | null>();
  private readAtMs = -Infinity;
  private reading: Promise<void> | undefined;
  private published = new Map<Policy, number>();
  private timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly graph: Graph,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** Throws, and so stops the start, when a file and the graph disagree about a published version. */
  async onModuleInit(): Promise<void> {
    await seedPolicies(this.graph, this.now());
    await this.read();
    const looks = [setInterval(() => this.refresh(), goodForMs), setInterval(() => this.lookForNew(), lookForNewMs)];
    this.timers = looks.map((timer) => timer.unref());
  }

  onApplicationShutdown(): void {
    for (const timer of this.timers) clearInterval(timer);
  }

  /** Every published version. */
  get all(): readonly Policy[] {
    return this.book.policies;
  }

  /** When a version was published, epoch milliseconds. */
  publishedAt(policy: Policy): number {
    return this.published.get(policy) ?? 0;
  }

  /** The same, as far as they had been published by a past instant; before the first of all, as if all had been. */
  async versionsKnownAt(unit: string | null, atMs: number): Promise<readonly Policy[]> {
    await this.learn([unit]);
    const versions = this.of(unit);
    const known = versions.filter((one) => this.publishedAt(one) <= atMs);
    return known.length > 0 ? known : versions;
  }

  /** The versions of one area, the one that goes before first. */
  inArea(area: string | null): readonly Policy[] {
    return this.book.of(area === null ? [] : [area]);
  }

  /** What would be if this version were published too. */
  supposing(policy: Policy): (unit: string | null) => readonly Policy[] {
    const book = this.book.with(policy);
    return (unit) => book.of(this.placeOf(unit));
  }

  /** Reads what other processes published and imported. */
  async reread(): Promise<void> {
    await this.reading;
    await this.read();
  }

  /** The versions that may speak for a unit, the one that goes before first, as far as this process knows. */
  of(unit: string | null): readonly Policy[] {
    if (unit !== null && !this.parents.has(unit) && this.now() - this.readAtMs >= lookAgainMs) this.refresh();
    return this.book.of(this.placeOf(unit));
  }

  /** The same, after looking again for units that are new. */
  async versionsOf(units: (string | null)[]): Promise<(unit: string | null) => readonly Policy[]> {
    await this.learn(units);
    return (unit) => this.of(unit);
  }

  /** Looks again when some of these units are new to this process. */
  async learn(units: Iterable<string | null>): Promise<void> {
    const isNew = [...units].some((unit) => unit !== null && !this.parents.has(unit));
    if (isNew && this.now() - this.readAtMs >= lookAgainMs) await this.read();
  }

  /** The stay rules in force for a unit at an instant; where no policy speaks, stays fold by the neutral one. */
  readonly stayRules: RulesAt = (unit, atMs) => {
    const found = inForce(this.of(unit), atMs) ?? inForce(this.book.of([]), atMs);
    if (!found) throw new Error(`no policy covers the instant ${atMs}`);
    return found.stays;
  };

  /** A unit and all it is a part of; ends also where older data hold a circle. */
  placeOf(unit: string | null): Place {
    const place: string[] = [];
    for (let at: string | null | undefined = unit; at && !place.includes(at); at = this.parents.get(at)) place.push(at);
    return place;
  }

  private refresh(): void {
    this.read().catch((error: Error) => this.log.warn({ fact: 'policies-not-read', reason: error.message }));
  }

  private lookForNew(): void {
    const look = async () => {
      const [row] = await this.graph.read('policies/count', {});
      if (row!.published !== this.book.policies.length) await this.read();
    };
    look().catch((error: Error) => this.log.debug({ fact: 'policies-not-looked-at', reason: error.message }));
  }

  private read(): Promise<void> {
    this.reading ??= this.readNow().finally(() => (this.reading = undefined));
    return this.reading;
  }

  private async readNow(): Promise<void> {
    this.readAtMs = this.now();
    const [policies, units] = await Promise.all([readPolicies(this.graph), this.graph.read('units/all', {})]);
    this.parents = new Map(units.map(({ code, parent }) => [code, parent]));
    if (policies.length === this.book.policies.length) return;
    this.published = new Map(policies.map(({ policy, publishedAt }) => [policy, publishedAt]));
    this.book = new PolicyBook(policies.map(({ policy }) => policy));
  }
}

@Global()
@Module({ providers: [Policies], exports: [Policies] })
export class PoliciesModule {}
