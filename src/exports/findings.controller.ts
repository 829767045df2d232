import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { Roles, type Authenticated } from '../auth/roles.js';
import { csvRow } from '../domain/csv/write.js';
import { instant } from './instant.js';
import { drained } from '../http/drained.js';
import { Documented } from '../http/openapi.js';
import { Problem } from '../http/problem.js';
import { readPurpose, type Why } from '../http/purpose.js';
import { Reads, routeOf } from '../http/reads.js';
import { ZodQuery } from '../http/zod.js';
import { EncountersExport, type ExportedEncounter } from './encounters-export.service.js';
import { ExposuresExport, type ExportedExposure } from './exposures-export.service.js';

const exposuresQuery = z.strictObject({ case: z.string().min(1).max(256).optional() });
const encountersQuery = z.strictObject({ from: instant.optional(), to: instant.optional() });

const exposureColumns = ['case', 'person', 'level', 'exposedAt', 'via', 'venue', 'minutes', 'dose'];
const encounterColumns = ['kind', 'personA', 'personB', 'from', 'to'];

/** Rows written at once. */
const rowsPerWrite = 5_000;

/** What tracing found, and the direct encounters it rests on, in the files of SPEC section 12. */
@Controller('exports')
@Roles('auditor', 'admin')
export class FindingsController {
  constructor(
    private readonly exposures: ExposuresExport,
    private readonly encounters: EncountersExport,
    private readonly reads: Reads,
  ) {}

  /** Case by case, in order of case, level, exposedAt, person. */
  @Get('exposures')
  @ApiHeader({ name: 'Purpose', required: true, description: 'Why the data is read, such as `operation`' })
  @Documented({ summary: 'All exposures as CSV, or those of one case', query: exposuresQuery })
  async allExposures(
    @ZodQuery(exposuresQuery) query: z.output<typeof exposuresQuery>,
    @Req() request: Authenticated,
    @Res() response: Response,
  ): Promise<void> {
    const why = whyOf(request);
    const parts = this.exposures.read(query.case);
    // The first part is read before the answer begins: what is wrong by then has a status of its own.
    let part = await parts.next();
    begin(response, 'exposures.csv', exposureColumns);
    for (; !part.done && !response.closed; part = await parts.next()) {
      const { exposures, people } = part.value;
      await this.reads.record(request.caller, why, { route: routeOf(request), people });
      for (let at = 0; at < exposures.length; at += rowsPerWrite) {
        const text = exposures
          .slice(at, at + rowsPerWrite)
          .map(toExposureRow)
          .join('');
        if (!response.write(text)) await drained(response);
      }
    }
    response.end();
  }

  @Get('encounters')
  @ApiHeader({ name: 'Purpose', required: true, description: 'Why the data is read, such as `operation`' })
  @Documented({ summary: 'All direct encounters as CSV', query: encountersQuery })
  async allEncounters(
    @ZodQuery(encountersQuery) { from: fromMs, to: toMs }: z.output<typeof encountersQuery>,
    @Req() request: Authenticated,
    @Res() response: Response,
  ): Promise<void> {
    const why = whyOf(request);
    const { encounters, people } = await this.encounters.read({ fromMs, toMs });
    await this.reads.record(request.caller, why, { route: routeOf(request), people });
    begin(response, 'encounters.csv', encounterColumns);
    response.end(encounters.map(toEncounterRow).join(''));
  }
}

function whyOf(request: Authenticated): Why {
  const why = readPurpose(request.get('purpose'));
  if (request.caller.unit === undefined) return why;
  throw new Problem(403, 'outside-your-unit', 'This is about the whole country.');
}

function begin(response: Response, name: string, columns: string[]): void {
  response.status(200).type('text/csv; charset=utf-8').attachment(name);
  response.write(csvRow(columns));
}

const toExposureRow = (row: ExportedExposure): string =>
  csvRow([row.case, row.person, row.level, iso(row.at), row.via, row.venue, row.minutes, row.dose]);

const toEncounterRow = ({ kind, personA, personB, from, to }: ExportedEncounter): string =>
  csvRow([kind, personA, personB, iso(from), iso(to)]);

const iso = (ms: number): string => new Date(ms).toISOString();
