import { Global, Inject, Injectable, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { CLOCK, type Clock } from '../config/clock.js';
import { LOG, type Logger } from '../config/log.js';
import { Graph } from '../graph/graph.js';
import { readPolicies, seedPolicies } from '../graph/policies.js';
import { readAreas } from '../graph/areas.js';
import { Areas, type Standing } from './domain/area/areas.js';
import { levelsOf, type AssessedUnit, type LevelStep } from './domain/area/levels.js';
import { PolicyBook, type Place } from './domain/policy/book.js';
import { inForce, type Policy } from './domain/policy/policy.js';
import { Speaking } from './domain/policy/speaking.js';
import type { RulesAt } from './domain/stay/rules.js';

/** How soon what another process published or changed is known here: before anybody sees a door answer (assumption). */
const lookForNewMs = 1_000;

/** How soon is looked again for a unit that is not known (assumption). */
const lookAgainMs = 500;

/** Which risk level holds in a unit: since when, the unit it was found for, and what was told ahead. */
export interface RiskInForce {
  level: number | null;
  fromMs: number | null;
  of: string | null;
  ahead: readonly LevelStep[];
}

/** The published policies and which of them speak for whom, in the memory of every process that decides. */
@Injectable()
export class Policies implements OnModuleInit, OnApplicationShutdown {
  private book = new PolicyBook([]);
  private areas = new Areas([]);
  private assessed: AssessedUnit[] = [];
  private speaking = new Speaking(this.book);
  private readonly versions = new Map<string | null, readonly Policy[]>();
  private published = new Map<string, number>();
  private changes = 0;
  private lookedAtMs = -Infinity;
  private reading: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly graph: Graph,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** Throws, and so stops the start, when a file and the graph disagree about a published version. */
  async onModuleInit(): Promise<void> {
    await seedPolicies(this.graph, this.now());
    await this.read();
    this.timer = setInterval(() => this.refresh(), lookForNewMs).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Every published version. */
  get all(): readonly Policy[] {
    return this.book.policies;
  }

  /** Rises with every version that is published and every change of units and risk levels. */
  get revision(): number {
    return this.book.policies.length + this.changes;
  }

  /** When a version was published, epoch milliseconds. */
  publishedAt(policy: Policy): number {
    return this.published.get(keyOf(policy)) ?? 0;
  }

  /** As far as versions had been published and risk levels found by a past instant; before the first of all, as if all had. */
  async versionsKnownAt(unit: string | null, atMs: number): Promise<readonly Policy[]> {
    await this.learn([unit]);
    const then = this.assessed.filter((one) => one.atMs <= atMs);
    const areas = then.length === this.assessed.length ? this.areas : this.areas.withLevels(levelsOf(then));
    const versions = this.speaking.of(standingsIn(areas, unit));
    const known = versions.filter((one) => this.publishedAt(one) <= atMs);
    return known.length > 0 ? known : versions;
  }

  /** The versions of one area, the one that goes before first. */
  inArea(area: string | null): readonly Policy[] {
    return this.book.of(area === null ? [] : [area]);
  }

  /** What would be if this version were published too. */
  supposing(policy: Policy): (unit: string | null) => readonly Policy[] {
    const speaking = new Speaking(this.book.with(policy));
    const versions = new Map<string | null, readonly Policy[]>();
    return (unit) => {
      const known = versions.get(unit) ?? speaking.of(standingsIn(this.areas, unit));
      versions.set(unit, known);
      return known;
    };
  }

  /** Reads what other processes published and imported. */
  async reread(): Promise<void> {
    await this.reading;
    await this.read();
  }

  /**
   * The versions that may speak for a unit, the one that goes before first, each clipped to the times in which it does
   * (domain/policy/speaking.ts), as far as this process knows.
   */
  of(unit: string | null): readonly Policy[] {
    const known = this.versions.get(unit);
    if (known) return known;
    if (this.isNew(unit)) this.refresh();
    const versions = this.speaking.of(standingsIn(this.areas, unit));
    this.versions.set(unit, versions);
    return versions;
  }

  /** The same, after looking again for units that are new. */
  async versionsOf(units: (string | null)[]): Promise<(unit: string | null) => readonly Policy[]> {
    await this.learn(units);
    return (unit) => this.of(unit);
  }

  /** Looks again when some of these units are new to this process. */
  async learn(units: Iterable<string | null>): Promise<void> {
    if ([...units].some((unit) => this.isNew(unit)) && this.now() - this.lookedAtMs >= lookAgainMs) await this.look();
  }

  /** The stay rules in force for a unit at an instant; where no policy speaks, stays fold by the neutral one. */
  readonly stayRules: RulesAt = (unit, atMs) => {
    const found = inForce(this.of(unit), atMs) ?? inForce(this.book.of([]), atMs);
    if (!found) throw new Error(`no policy covers the instant ${atMs}`);
    return found.stays;
  };

  /** A unit and all it is a part of at an instant, nearest first. */
  placeOf(unit: string | null, atMs: number): Place {
    return unit === null ? [] : this.areas.placeAt(unit, atMs);
  }

  /** The risk level in force for a unit at an instant, whose it is, and those told ahead. */
  riskOf(unit: string, atMs: number): RiskInForce {
    const found = this.areas.levelAt(unit, atMs);
    const of = found?.unit ?? null;
    const ahead = this.areas.stepsOf(of ?? unit).filter(({ fromMs }) => fromMs > atMs);
    return { level: found?.step.level ?? null, fromMs: found?.step.fromMs ?? null, of, ahead };
  }

  /** The units for which a risk level was found, as far as this process has read. */
  get assessedUnits(): string[] {
    return this.areas.assessed;
  }

  /** Every unit that is, was or will be within one of these. */
  everWithin(codes: readonly string[]): string[] {
    return this.areas.everWithin(codes);
  }

  /** Whether a unit was imported, as far as this process has read. */
  knows(unit: string): boolean {
    return this.areas.knows(unit);
  }

  private isNew(unit: string | null): boolean {
    return unit !== null && !this.areas.knows(unit);
  }

  private refresh(): void {
    if (this.now() - this.lookedAtMs < lookAgainMs) return;
    this.look().catch((error: Error) => this.log.warn({ fact: 'policies-not-read', reason: error.message }));
  }

  /** Reads again if other processes published, imported or assessed anything. */
  async look(): Promise<void> {
    this.lookedAtMs = this.now();
    const [row] = await this.graph.read('policies/count', {});
    if (row!.published !== this.book.policies.length || row!.changes !== this.changes) await this.read();
  }

  private read(): Promise<void> {
    this.reading ??= this.readNow().finally(() => (this.reading = undefined));
    return this.reading;
  }

  /** The count comes first: what is written meanwhile is read again, never missed. */
  private async readNow(): Promise<void> {
    const [row] = await this.graph.read('policies/count', {});
    const [policies, { units, assessed }] = await Promise.all([readPolicies(this.graph), readAreas(this.graph)]);
    this.changes = row!.changes;
    this.assessed = assessed;
    this.areas = new Areas(units, levelsOf(assessed));
    this.published = new Map(policies.map(({ policy, publishedAt }) => [keyOf(policy), publishedAt]));
    if (policies.length !== this.book.policies.length) this.book = new PolicyBook(policies.map(({ policy }) => policy));
    this.speaking = new Speaking(this.book);
    this.versions.clear();
  }
}

const keyOf = ({ id, version }: Policy): string => `${id}|${version}`;

const standingsIn = (areas: Areas, unit: string | null): Standing[] | null =>
  unit === null ? null : areas.standings(unit);

@Global()
@Module({ providers: [Policies], exports: [Policies] })
export class PoliciesModule {}
