import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { CLOCK, type Clock } from '../../config/clock.js';
import { newId } from '../../config/ids.js';
import { LOG, type Logger } from '../../config/log.js';
import { REDIS } from '../../config/redis.js';
import { loadRiskScales } from '../../config/risk.js';
import { Graph } from '../../graph/graph.js';
import type { StoredAssessment } from '../../graph/queries/risk.js';
import type { Caller } from '../auth/caller.js';
import { figuresOf, riskOf, type Figures, type RiskLevel, type RiskScale } from '../domain/area/risk.js';
import { LocalDays } from '../domain/exposure/local-days.js';
import { Problem } from '../http/problem.js';
import { Policies, type RiskInForce } from '../policies.js';
import { bodyField, packPush, pushKept, pushStream } from '../streams.js';
import { Units } from '../units/units.service.js';
import type { Assessment } from './bodies.js';
import { outlineOf, type Point } from '../domain/area/outline.js';

/** What a level was found from; kept with it as JSON. */
export interface FoundRisk extends RiskLevel {
  population: number;
  /** Confirmed in the scale's days, as counted here or as the officer told. */
  cases: number;
  figures: Figures;
}

/** An area on a map. */
export interface RiskArea {
  unit: string;
  risk: RiskInForce & { atMs: number };
  outline: Point[];
}

/** Degrees that an area's shape is drawn to, some hundred metres (assumption). */
const cell = 0.001;

/** The risk levels of units: how they are found, which holds when, and what it rests on (SPEC section 8). */
@Injectable()
export class Risks {
  private readonly scales = loadRiskScales();

  constructor(
    private readonly graph: Graph,
    private readonly units: Units,
    private readonly policies: Policies,
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** Finds the level of a unit from the figures of its week; a higher one than now holds after its notice. */
  async assess(unit: string, given: Assessment, by: Caller): Promise<StoredAssessment> {
    if (!(await this.units.mayKnow(by.unit, unit))) {
      throw new Problem(403, 'outside-your-unit', 'You assess your own unit and its parts only.');
    }
    await this.policies.reread();
    this.refuseUnknown(unit);
    const at = this.now();
    const scale = this.scaleAt(at);
    const found = await this.find(unit, given, { scale, at });
    const { id, version, noticeHours } = scale;
    const row = { key: newId(), unit, at, level: found.level, noticeMs: noticeHours * hourMs, by: by.id };
    const stored = { ...row, scale: `${id} ${version}`, found: JSON.stringify(found) };
    await this.graph.write('risk/save', stored);
    await this.policies.reread();
    this.log.info({ fact: 'risk-assessed', unit, level: found.level });
    await this.tell(unit, at);
    return stored;
  }

  /** What was found for a unit itself, the last first. */
  async history(unit: string, limit: number): Promise<StoredAssessment[]> {
    await this.policies.learn([unit]);
    this.refuseUnknown(unit);
    return this.graph.read('risk/of_unit', { unit, limit });
  }

  /** The level in force in a unit at an instant: its own, else that of the nearest unit above that has one. */
  async of(unit: string, atMs = this.now()) {
    await this.policies.learn([unit]);
    return { atMs, ...this.policies.riskOf(unit, atMs) };
  }

  /** Every unit a caller may know of for which a level was found, and around which places it lies. */
  async areas(caller: Caller): Promise<RiskArea[]> {
    await this.policies.look();
    const all = await Promise.all(
      this.policies.assessedUnits.map(async (unit) => ((await this.units.mayKnow(caller.unit, unit)) ? [unit] : [])),
    );
    const known = all.flat();
    const parts = await Promise.all(known.map(async (unit) => ({ unit, units: await this.units.within(unit) })));
    const places = await this.graph.read('risk/places', { areas: parts, cell });
    const atMs = this.now();
    return known.map((unit) => ({
      unit,
      risk: { atMs, ...this.policies.riskOf(unit, atMs) },
      outline: outlineOf(places.filter((place) => place.unit === unit)),
    }));
  }

  private refuseUnknown(unit: string): void {
    if (!this.policies.knows(unit)) throw new Problem(404, 'not-found', 'There is no such unit.');
  }

  private async find(
    unit: string,
    { population, cases, figures }: Assessment,
    { scale, at }: { scale: RiskScale; at: number },
  ) {
    const counted = cases ?? (await this.casesIn(unit, { scale, at }));
    const all: Figures = { ...figures, cases: (counted / population) * 100_000 };
    const missing = figuresOf(scale).filter((name) => all[name] === undefined);
    if (missing.length > 0) {
      const errors = missing.map((name) => ({ path: `figures.${name}`, expected: 'a number', got: 'nothing' }));
      throw new Problem(422, 'figures-missing', `${scale.id} ${scale.version} asks for more figures.`, { errors });
    }
    const before = this.policies.riskOf(unit, at).level;
    return { ...riskOf(scale, all, before), population, cases: counted, figures: all } satisfies FoundRisk;
  }

  /** Cases confirmed in the unit and its parts in the scale's days, the last of which ended with the last midnight. */
  private async casesIn(unit: string, { scale, at }: { scale: RiskScale; at: number }): Promise<number> {
    const days = LocalDays.of(scale.timezone);
    const untilMs = days.at(at).from;
    const fromMs = days.plus(untilMs, -scale.days);
    const [row] = await this.graph.read('risk/cases', { units: await this.units.within(unit), fromMs, untilMs });
    return row!.cases;
  }

  private scaleAt(ms: number): RiskScale {
    const found = this.scales.find(({ validFrom, validTo }) => validFrom <= ms && (validTo === null || ms < validTo));
    if (!found) throw new Problem(409, 'no-scale', 'No scale of risk is in force now.');
    return found;
  }

  private async tell(unit: string, atMs: number): Promise<void> {
    const { level, ahead } = this.policies.riskOf(unit, atMs);
    const news = packPush([{ push: 'risk', unit, level, ahead: [...ahead], at: atMs }]);
    await this.redis.xadd(pushStream, 'MAXLEN', '~', pushKept, '*', bodyField, news);
  }
}

const hourMs = 3_600_000;
