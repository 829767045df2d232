import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/clock.js';
import { readUnits } from '../../graph/areas.js';
import { Graph } from '../../graph/graph.js';
import { Areas, type UnitVersion } from '../domain/area/areas.js';
import { describeUnit, searchUnits, type FoundUnit } from './search.js';
import type { UnitRow } from './unit.js';

/** How long what was read of the units is good for: another process may have imported some meanwhile (assumption). */
const goodForMs = 60_000;

const batchSize = 2_000;

/** What became of a row of a file of units; a unit cannot be a part of itself, over however many steps. */
export type UnitOutcome = 'created' | 'merged' | 'unchanged' | 'circle';

/** The administrative units, and who is within whose now (SPEC section 10: everyone is scoped to a subtree). */
@Injectable()
export class Units {
  private read: { areas: Promise<Areas>; atMs: number } | undefined;

  constructor(
    private readonly graph: Graph,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Whether a unit is the ancestor itself or a part of it. */
  async isWithin(unit: string, ancestor: string): Promise<boolean> {
    return unit === ancestor || (await this.areas()).placeAt(unit, this.now()).includes(ancestor);
  }

  /**
   * Whether somebody with this scope may know of something in this unit. No scope is the whole country; something
   * without a unit is nobody's alone, and known to all (DECISIONS: scope).
   */
  async mayKnow(scope: string | undefined, unit: string | null | undefined): Promise<boolean> {
    return scope === undefined || unit === null || unit === undefined || this.isWithin(unit, scope);
  }

  /** The codes of a unit and everything it contains, also what became a part of it. */
  async within(ancestor: string): Promise<string[]> {
    const areas = await this.areas();
    const nowMs = this.now();
    const parts = areas.codes.filter((code) => areas.placeAt(code, nowMs).includes(ancestor));
    return [ancestor, ...parts.filter((code) => code !== ancestor)];
  }

  /** All units as they are at an instant, now where none is given, by code; or those directly under a parent. */
  async list({ parent, atMs = this.now() }: { parent?: string | undefined; atMs?: number | undefined } = {}) {
    const areas = await this.areas();
    const all = areas.codes.map((code) => areas.at(code, atMs)).filter((unit) => unit !== undefined);
    return parent === undefined ? all : all.filter((unit) => unit.parent === parent);
  }

  /** Units of now that fit what somebody typed. */
  async search(typed: string): Promise<FoundUnit[]> {
    return searchUnits(await this.areas(), typed, this.now());
  }

  async describe(code: string): Promise<FoundUnit | undefined> {
    return describeUnit(await this.areas(), code, this.now());
  }

  /** Writes units in the order in which they come, amending the versions that are there; safe to repeat. */
  async save(rows: UnitRow[]): Promise<UnitOutcome[]> {
    const areas = new Areas(await readUnits(this.graph));
    const changed = new Set<string>();
    const outcomes = rows.map((row) => {
      const outcome = put(areas, toVersion(row));
      if (outcome === 'created' || outcome === 'merged') changed.add(row.code);
      return outcome;
    });
    const all = [...changed].map((code) => toStored(areas.versionsOf(code)));
    for (let at = 0; at < all.length; at += batchSize) {
      await this.graph.write('units/save', { rows: all.slice(at, at + batchSize) });
    }
    this.read = undefined;
    return outcomes;
  }

  private areas(): Promise<Areas> {
    if (!this.read || this.now() - this.read.atMs >= goodForMs) {
      const areas = readUnits(this.graph).then((units) => new Areas(units));
      this.read = { areas, atMs: this.now() };
      areas.catch(() => (this.read = undefined));
    }
    return this.read.areas;
  }
}

const toVersion = ({ code, name, ...more }: UnitRow): UnitVersion => ({
  code,
  name,
  parent: more.parent ?? null,
  level: more.level ?? null,
  validFrom: more.validFrom ?? null,
  validTo: more.validTo ?? null,
  timezone: more.timezone ?? null,
  mergedInto: more.mergedInto ?? null,
});

/** A unit that was only named as a parent is not known yet: its first row takes its place. */
function put(areas: Areas, unit: UnitVersion): UnitOutcome {
  const before = areas.versionsOf(unit.code);
  const isNew = before.every(({ name }) => name === null);
  if (isNew) areas.setVersions(unit.code, []);
  const same = areas.put(unit);
  if (areas.isCircle(unit.code)) {
    areas.setVersions(unit.code, before);
    return 'circle';
  }
  if (isNew) return 'created';
  return JSON.stringify(same) === JSON.stringify(unit) ? 'unchanged' : 'merged';
}

/** The version that began last stands in the graph as it is, the others of its code as text beside it. */
function toStored(versions: UnitVersion[]) {
  const last = versions.at(-1)!;
  return { ...last, earlier: versions.slice(0, -1).map((one) => JSON.stringify(one)) };
}
