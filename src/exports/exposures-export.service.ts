import { Injectable } from '@nestjs/common';
import { Vault } from '../../config/vault.js';
import { Graph } from '../../graph/graph.js';
import { importNames } from '../../graph/names.js';
import type { StoredExposure } from '../../graph/queries/cases.js';
import { directVenueId, parseDirectVenue } from '../../graph/stays/direct-venue.js';
import { doseText } from '../domain/exposure/exposure.js';
import { Problem } from '../http/problem.js';
import { compareText } from './rows.js';

/** An exposure as a file tells it (SPEC 12), ids as exports print them. */
export interface ExportedExposure {
  case: string;
  person: string;
  level: number;
  at: number;
  via: string;
  venue: string;
  minutes: number;
  dose: string;
}

/** The exposures of one case in the order of a file, and the internal ids of everybody in it. */
export interface ExposuresPart {
  exposures: ExportedExposure[];
  people: string[];
}

/** Reads what tracing found, case by case (SPEC 12, `exposures`). */
@Injectable()
export class ExposuresExport {
  constructor(
    private readonly graph: Graph,
    private readonly vault: Vault,
  ) {}

  /**
   * The exposures in order of case, level, exposedAt, person; those of cases that stand, or of one case: none are left of
   * one that was taken back. Throws a 404 before the first part when there is no such case.
   */
  async *read(caseId?: string): AsyncGenerator<ExposuresPart> {
    const known = caseId === undefined ? [] : await this.graph.read('cases/by_ids', { ids: [caseId] });
    if (caseId !== undefined && known.length === 0) throw new Problem(404, 'not-found', 'There is no such case.');
    const open = await this.graph.read('cases/open_ids', {});
    const ids = open.map(({ id }) => id).filter((id) => caseId === undefined || id === caseId);
    for (const id of ids.sort(compareText)) yield this.ofCase(id, await this.graph.read('cases/exposed', { id }));
  }

  private async ofCase(id: string, rows: StoredExposure[]): Promise<ExposuresPart> {
    const people = [...new Set(rows.flatMap(({ person, via, venue }) => [person, via, ...peopleOf(venue)]))];
    const names = await importNames(this.graph, this.vault, people);
    const nameOf = (person: string) => names.get(person) ?? person;
    const exposures = rows.map(({ person, via, venue, level, at, minutes, dose }) => ({
      case: id,
      person: nameOf(person),
      level,
      at,
      via: nameOf(via),
      venue: printedVenue(venue, nameOf),
      minutes,
      dose: doseText(dose),
    }));
    return { exposures: exposures.sort(inFileOrder), people };
  }
}

function inFileOrder(a: ExportedExposure, b: ExportedExposure): number {
  return a.level - b.level || a.at - b.at || compareText(a.person, b.person);
}

const peopleOf = (venue: string): readonly string[] => parseDirectVenue(venue)?.people ?? [];

/** A private venue is named after its people, who have another name in files. */
function printedVenue(venue: string, nameOf: (person: string) => string): string {
  const direct = parseDirectVenue(venue);
  if (!direct) return venue;
  const [a, b] = direct.people;
  return directVenueId({ ...direct, people: [nameOf(a), nameOf(b)] });
}
