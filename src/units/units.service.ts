import { Inject, Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { CLOCK, type Clock } from '../../config/clock.js';
import { Graph } from '../../graph/graph.js';
import type { StoredUnit } from '../../graph/queries/units.js';
import { neutralTimezone } from '../domain/policy/contact.js';
import { describeUnit, searchUnits, type FoundUnit } from './search.js';
import type { UnitRow } from './unit.js';

/** How long what was read of the units is good for: another process may have imported some meanwhile (assumption). */
const goodForMs = 60_000;

const batchSize = 2_000;

/** What became of a row of a file of units; a unit cannot be a part of itself, over however many steps. */
export type UnitOutcome = 'created' | 'merged' | 'unchanged' | 'circle';

type Tree = Map<string, StoredUnit>;

/** The administrative units, and who is within whose (SPEC section 10: everyone is scoped to a subtree). */
@Injectable()
export class Units {
  private read: { tree: Promise<Tree>; atMs: number } | undefined;

  constructor(
    private readonly graph: Graph,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Whether a unit is the ancestor itself or a part of it. */
  async isWithin(unit: string, ancestor: string): Promise<boolean> {
    return unit === ancestor || above(await this.tree(), unit).has(ancestor);
  }

  /**
   * Whether somebody with this scope may know of something in this unit. No scope is the whole country; something
   * without a unit is nobody's alone, and known to all (DECISIONS: scope).
   */
  async mayKnow(scope: string | undefined, unit: string | null | undefined): Promise<boolean> {
    return scope === undefined || unit === null || unit === undefined || this.isWithin(unit, scope);
  }

  /** The codes of a unit and everything it contains. */
  async within(ancestor: string): Promise<string[]> {
    const tree = await this.tree();
    const parts = [...tree.keys()].filter((code) => above(tree, code).has(ancestor));
    return [ancestor, ...parts.filter((code) => code !== ancestor)];
  }

  /** All units, by code; or those directly under a parent. */
  async list(parent?: string): Promise<StoredUnit[]> {
    const all = [...(await this.tree()).values()];
    return parent === undefined ? all : all.filter((unit) => unit.parent === parent);
  }

  /** Units of today in Vietnam that fit what somebody typed. */
  async search(typed: string): Promise<FoundUnit[]> {
    const day = DateTime.fromMillis(this.now(), { zone: neutralTimezone }).toISODate()!;
    return searchUnits(await this.tree(), typed, day);
  }

  async describe(code: string): Promise<FoundUnit | undefined> {
    return describeUnit(await this.tree(), code);
  }

  /** Writes units in the order in which they come, amending those that are there; safe to repeat. */
  async save(rows: UnitRow[]): Promise<UnitOutcome[]> {
    this.read = undefined;
    const tree = new Map(await this.tree());
    const changed = new Map<string, StoredUnit>();
    const outcomes = rows.map((row) => {
      const unit = toStored(row);
      const outcome = compare(tree, unit);
      if (outcome === 'created' || outcome === 'merged') {
        tree.set(unit.code, unit);
        changed.set(unit.code, unit);
      }
      return outcome;
    });
    const all = [...changed.values()];
    for (let at = 0; at < all.length; at += batchSize) {
      await this.graph.write('units/save', { rows: all.slice(at, at + batchSize) });
    }
    this.read = undefined;
    return outcomes;
  }

  private tree(): Promise<Tree> {
    if (!this.read || this.now() - this.read.atMs >= goodForMs) {
      const tree = this.graph.read('units/all', {}).then((units) => new Map(units.map((unit) => [unit.code, unit])));
      this.read = { tree, atMs: this.now() };
      tree.catch(() => (this.read = undefined));
    }
    return this.read.tree;
  }
}

const toStored = ({ code, name, parent, level, validFrom, validTo }: UnitRow): StoredUnit => ({
  code,
  name,
  parent: parent ?? null,
  level: level ?? null,
  validFrom: validFrom ?? null,
  validTo: validTo ?? null,
});

function compare(tree: Tree, unit: StoredUnit): UnitOutcome {
  const before = tree.get(unit.code);
  if (unit.parent !== null && (unit.parent === unit.code || above(tree, unit.parent).has(unit.code))) return 'circle';
  if (!before || before.name === null) return 'created';
  return JSON.stringify(before) === JSON.stringify(unit) ? 'unchanged' : 'merged';
}

/** Every unit that contains this one; ends also where older data hold a circle. */
function above(tree: Tree, code: string): Set<string> {
  const found = new Set<string>();
  let parent = tree.get(code)?.parent;
  while (parent && !found.has(parent)) {
    found.add(parent);
    parent = tree.get(parent)?.parent;
  }
  return found;
}
