import { Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { LOG, type Logger } from '../../config/log.js';
import { Roles, type Authenticated } from '../auth/roles.js';
import { drained } from '../http/drained.js';
import { Documented } from '../http/openapi.js';
import { Problem } from '../http/problem.js';
import { ZodBody } from '../http/zod.js';
import { CHECKS, type Check } from '../checks/check.js';
import { Settling } from '../checks/settling.js';

const body = z.strictObject({
  /** How many people and cases are looked at; all without it. */
  sample: z.int().min(1).optional(),
  /** How long what is on its way is waited for first, in milliseconds. */
  withinMs: z.int().min(0).max(600_000).default(60_000),
});

/** What one check came to. */
interface Sum {
  check: string;
  looked: number;
  /** Closed cases are frozen and not compared. */
  closed: number;
  /** Evidence that does not exist for colours until a second officer decides. */
  held: number;
  differences: number;
}

/** Everything derived, computed afresh and compared with what is stored (SPEC section 5). */
@Controller('audit')
@Roles('auditor', 'admin')
export class AuditController {
  constructor(
    private readonly settling: Settling,
    @Inject(CHECKS) private readonly checks: Check[],
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** NDJSON: a line per difference, one of progress per check, and the report as the last line. */
  @Post()
  @HttpCode(200)
  @Documented({ summary: 'Compute everything afresh and tell what is stored otherwise', body })
  async audit(
    @Req() { caller }: Authenticated,
    @ZodBody(body) { sample, withinMs }: z.output<typeof body>,
    @Res() response: Response,
  ): Promise<void> {
    if (caller.unit !== undefined) throw new Problem(403, 'outside-your-unit', 'This is about the whole country.');
    response.status(200).type('application/x-ndjson');
    const settled = await this.settling.wait(withinMs);
    const sums: Sum[] = [];
    try {
      for (const check of this.checks) sums.push(await this.run(check, sample, response));
      const differences = sums.reduce((total, sum) => total + sum.differences, 0);
      this.log.info({ fact: 'audited', settled, differences, sums });
      response.end(toLine({ report: { settled, differences, checks: sums } }));
    } catch (error) {
      this.log.error({ fact: 'audit-failed', reason: (error as Error).stack });
      response.end(toLine({ problem: { title: 'The audit could not be finished; the log knows more.' } }));
    }
  }

  private async run(check: Check, sample: number | undefined, response: Response): Promise<Sum> {
    const held = (await check.held?.()) ?? 0;
    const sum: Sum = { check: check.name, looked: 0, closed: 0, held, differences: 0 };
    for await (const ids of check.choose(sample)) {
      for await (const finding of check.look(ids)) {
        if (response.closed) return sum;
        if ('looked' in finding) sum.looked += finding.looked;
        else if ('closed' in finding) sum.closed += finding.closed;
        else {
          sum.differences++;
          await write(response, { difference: { check: check.name, ...finding.difference } });
        }
      }
    }
    await write(response, { progress: sum });
    return sum;
  }
}

/** A caller who reads slowly is waited for. */
async function write(response: Response, line: object): Promise<void> {
  if (!response.write(toLine(line))) await drained(response);
}

const toLine = (value: object): string => `${JSON.stringify(value)}\n`;
