import { Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import { LOG, type Logger } from '../../config/log.js';
import { Roles, Who, type Authenticated, type Caller } from '../auth/roles.js';
import type { Policy } from '../domain/policy/policy.js';
import { drained } from '../http/drained.js';
import { Documented } from '../http/openapi.js';
import { ZodBody } from '../http/zod.js';
import { draftBody, simulateBody, type SimulateBody } from './bodies.js';
import { DryRun } from './dry-run.js';
import { Drafts } from './drafts.service.js';
import { showDraft, type ShownDraft, type Simulated } from './shown.js';

/** The content type of an answer of lines, each a JSON object. */
const lines = 'application/x-ndjson';

/** Rules on their way to being published: drafted, tried on the live graph, approved by two officers (API.md). */
@Controller('policies/drafts')
@Roles('head', 'admin')
export class DraftsController {
  constructor(
    private readonly drafts: Drafts,
    private readonly dryRun: DryRun,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  @Post()
  @Documented({ summary: 'Draft a version of a policy; another content under its name starts over', body: draftBody })
  async draft(
    @Req() { body }: Authenticated,
    @ZodBody(draftBody) read: Policy,
    @Who() who: Caller,
  ): Promise<ShownDraft> {
    return showDraft(await this.drafts.save(body, read, who));
  }

  @Get()
  @Roles('tracer', 'head', 'admin', 'auditor')
  @Documented({ summary: 'Drafts of your unit, with what is known of their effect and who approved' })
  async list(@Who() caller: Caller): Promise<{ items: ShownDraft[]; next: null }> {
    return { items: (await this.drafts.list(caller)).map(showDraft), next: null };
  }

  @Get(':id')
  @Roles('tracer', 'head', 'admin', 'auditor')
  @Documented({ summary: 'One draft' })
  async one(@Param('id') id: string, @Who() caller: Caller): Promise<ShownDraft> {
    return showDraft(await this.drafts.get(id, caller));
  }

  /** JSON at the end, or lines as it goes: `{progress}` and at last `{report}`, if the caller accepts those. */
  @Post(':id/simulate')
  @HttpCode(200)
  @Documented({ summary: 'Try a draft on the live graph: who would go from which colour to which', body: simulateBody })
  async simulate(
    @Req() request: Authenticated,
    @Param('id') id: string,
    @ZodBody(simulateBody) body: SimulateBody,
    @Res() response: Response,
  ): Promise<void> {
    const draft = await this.drafts.get(id, request.caller);
    const isLines = request.accepts(['application/json', lines]) === lines;
    try {
      const run = this.dryRun.run(draft, body);
      for (let told = await run.next(); ; told = await run.next()) {
        if (told.done) return this.report(id, told.value, { response, isLines });
        if (response.closed) return;
        if (!isLines) continue;
        if (!response.headersSent) response.status(200).type(lines);
        if (!response.write(toLine({ progress: told.value }))) await drained(response);
      }
    } catch (error) {
      if (!response.headersSent) throw error;
      this.log.error({ fact: 'simulation-failed', reason: (error as Error).stack });
      response.end(toLine({ problem: { title: 'The dry run could not be finished; the log knows more.' } }));
    }
  }

  private report(id: string, report: Simulated, { response, isLines }: { response: Response; isLines: boolean }): void {
    this.log.info({ fact: 'policy-simulated', draft: id, people: report.effect.people });
    if (!isLines) response.json(report);
    else {
      if (!response.headersSent) response.status(200).type(lines);
      response.end(toLine({ report }));
    }
  }

  @Post(':id/approve')
  @HttpCode(200)
  @Documented({ summary: 'Approve a draft that was tried; the second officer publishes it' })
  async approve(@Param('id') id: string, @Who() caller: Caller): Promise<ShownDraft> {
    return showDraft(await this.drafts.approve(id, caller));
  }
}

const toLine = (value: object): string => `${JSON.stringify(value)}\n`;
