import { Injectable } from '@nestjs/common';
import { Graph } from '../../graph/graph.js';
import type { StoredExposure } from '../../graph/queries/cases.js';
import type { Caller } from '../auth/roles.js';
import { pageOf, type Page, type PageQuery } from '../http/page.js';
import { Problem } from '../http/problem.js';
import { Units } from '../units/units.service.js';
import type { ExposureQuery } from './bodies.js';
import { showExposure, type ShownExposure } from './shown.js';

/** The results of tracing, each with its witness. */
@Injectable()
export class Exposures {
  constructor(
    private readonly graph: Graph,
    private readonly units: Units,
  ) {}

  /** A page of one case's exposures: by level, the highest dose first. */
  async ofCase(id: string, { level, minDose, limit, after }: ExposureQuery): Promise<Page<ShownExposure>> {
    const place = after === '' ? null : readCursor(after);
    const rows = await this.graph.read('cases/page', {
      id,
      level: level ?? null,
      minDose: minDose ?? null,
      after: place,
      limit: limit + 1,
    });
    const page = pageOf(rows, limit, cursorOf);
    return { ...page, items: page.items.map(showExposure) };
  }

  /** A page of a person's exposures, by case; to cases the caller may know of. */
  async ofPerson(
    person: string,
    { limit, after }: PageQuery,
    { unit }: Caller,
  ): Promise<Page<ShownExposure & { case: string }>> {
    const units = unit === undefined ? null : await this.units.within(unit);
    const rows = await this.graph.read('cases/page_of_person', { person, units, after, limit: limit + 1 });
    const page = pageOf(rows, limit, (row) => row.case);
    return { ...page, items: page.items.map((row) => ({ case: row.case, ...showExposure(row) })) };
  }
}

/** Where a page ends; what has no dose ranks below every dose. */
const cursorOf = ({ level, dose, at, person }: StoredExposure): string => [level, dose ?? -1, at, person].join('_');

function readCursor(text: string): { level: number; dose: number; at: number; person: string } {
  const [level, dose, at, person] = text.split('_');
  const [levelNumber, doseNumber, atNumber] = [Number(level), Number(dose), Number(at)];
  if (person && Number.isInteger(levelNumber) && Number.isFinite(doseNumber) && Number.isInteger(atNumber)) {
    return { level: levelNumber, dose: doseNumber, at: atNumber, person };
  }
  const errors = [{ path: 'after', expected: 'the `next` of the page before', got: 'another text' }];
  throw new Problem(422, 'bad-input', 'The input does not fit.', { errors });
}
