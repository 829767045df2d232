import { once } from 'node:events';
import { Controller, Get, Res } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { Roles, Who, type Caller } from '../auth/roles.js';
import { csvRow } from '../domain/csv/write.js';
import { Documented } from '../http/openapi.js';
import { Problem } from '../http/problem.js';
import { ZodQuery } from '../http/zod.js';
import type { ExportedStay } from './rows.js';
import { StaysExport } from './stays-export.service.js';

/** ISO 8601 with an offset or `Z`, or whole epoch milliseconds (SPEC 12); milliseconds when read. */
const instant = z.union([
  z.iso.datetime({ offset: true, error: 'an instant with an offset' }).transform((text) => Date.parse(text)),
  z
    .string()
    .regex(/^\d{1,15}$/, 'an instant with an offset, or epoch milliseconds')
    .transform(Number),
]);
const query = z.strictObject({ from: instant.optional(), to: instant.optional() });

const columns = ['person', 'venue', 'zone', 'in', 'out', 'trust'];

/** What the system holds, in the files of SPEC section 12. */
@Controller('exports')
@Roles('auditor', 'admin')
export class ExportsController {
  constructor(private readonly stays: StaysExport) {}

  /** Streams the stays that touch `[from, to)` as CSV, in order of in, person, venue, zone. */
  @Get('stays')
  @Documented({ summary: 'All stays as CSV', query })
  async all(
    @Who() { unit }: Caller,
    @ZodQuery(query) { from: fromMs, to: toMs }: z.output<typeof query>,
    @Res() response: Response,
  ): Promise<void> {
    if (unit !== undefined) throw new Problem(403, 'outside-your-unit', 'The whole country is not within your unit.');
    const parts = this.stays.read({ fromMs, toMs });
    const first = await parts.next();
    response.status(200).type('text/csv; charset=utf-8').attachment('stays.csv');
    response.write(csvRow(columns));
    for (let part = first; !part.done && !response.closed; part = await parts.next()) {
      if (!response.write(part.value.map(toRow).join(''))) await drained(response);
    }
    response.end();
  }
}

const toRow = ({ person, venue, zone, in: inMs, out, trust }: ExportedStay): string =>
  csvRow([person, venue, zone, new Date(inMs).toISOString(), new Date(out).toISOString(), trust]);

/** A client that is gone never drains. */
const drained = (response: Response): Promise<unknown> =>
  Promise.race([once(response, 'drain'), once(response, 'close')]);
