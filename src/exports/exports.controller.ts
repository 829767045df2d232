import { Controller, Get, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import { ApiHeader } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles, type Authenticated } from '../auth/roles.js';
import { csvRow } from '../domain/csv/write.js';
import { drained } from '../http/drained.js';
import { Documented } from '../http/openapi.js';
import { Problem } from '../http/problem.js';
import { readPurpose } from '../http/purpose.js';
import { Reads, routeOf } from '../http/reads.js';
import { ZodQuery } from '../http/zod.js';
import { instant } from './instant.js';
import type { ExportedStay } from './rows.js';
import { StaysExport } from './stays-export.service.js';

const query = z.strictObject({ from: instant.optional(), to: instant.optional() });

const columns = ['person', 'venue', 'zone', 'in', 'out', 'trust'];

/** What the system holds, in the files of SPEC section 12. */
@Controller('exports')
@Roles('auditor', 'admin')
export class ExportsController {
  constructor(
    private readonly stays: StaysExport,
    private readonly reads: Reads,
  ) {}

  /** Streams the stays that touch `[from, to)` as CSV, in order of in, person, venue, zone. */
  @Get('stays')
  @ApiHeader({ name: 'Purpose', required: true, description: 'Why the data is read, such as `operation`' })
  @Documented({ summary: 'All stays as CSV', query })
  async all(
    @ZodQuery(query) { from: fromMs, to: toMs }: z.output<typeof query>,
    @Req() request: Authenticated,
    @Res() response: Response,
  ): Promise<void> {
    const { caller } = request;
    const why = readPurpose(request.get('purpose'));
    if (caller.unit !== undefined) throw new Problem(403, 'outside-your-unit', 'This is about the whole country.');
    const parts = this.stays.read({ fromMs, toMs });
    // The first part is read before the answer begins: what is wrong by then has a status of its own.
    for (let part = await parts.next(); !part.done && !response.closed; part = await parts.next()) {
      const { stays, people } = part.value;
      await this.reads.record(caller, why, { route: routeOf(request), people });
      if (!begin(response).write(stays.map(toRow).join(''))) await drained(response);
    }
    begin(response).end();
  }
}

/** The header row, once. */
function begin(response: Response): Response {
  if (response.headersSent) return response;
  response.status(200).type('text/csv; charset=utf-8').attachment('stays.csv');
  response.write(csvRow(columns));
  return response;
}

const toRow = ({ person, venue, zone, in: inMs, out, trust }: ExportedStay): string =>
  csvRow([person, venue, zone, new Date(inMs).toISOString(), new Date(out).toISOString(), trust]);
