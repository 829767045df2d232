import { z } from 'zod';
import type { UnitVersion } from '../src/domain/area/areas.js';
import type { AssessedUnit } from '../src/domain/area/levels.js';
import type { Graph } from './graph.js';
import { unitVersion } from './queries/units.js';

/** All that says which place a unit is in, and how risky that is: units at any time, and the levels that were found. */
export interface Found {
  units: UnitVersion[];
  assessed: AssessedUnit[];
}

/** Reads them, oldest levels first. */
export async function readAreas(graph: Graph): Promise<Found> {
  const [units, assessed] = await Promise.all([readUnits(graph), graph.read('risk/levels', {})]);
  return { units, assessed };
}

/** Every version of every unit, the one that began last first. */
export async function readUnits(graph: Graph): Promise<UnitVersion[]> {
  const rows = await graph.read('units/all', {});
  return rows.flatMap(({ earlier, ...last }) => [last, ...earlier.map(open)]);
}

const open = (text: string): UnitVersion => unitVersion.parse(JSON.parse(text) as z.input<typeof unitVersion>);
