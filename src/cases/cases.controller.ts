import { Controller, Get, HttpCode, Inject, Param, Patch, Post, Req } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { CLOCK, type Clock } from '../../config/clock.js';
import { REDIS } from '../../config/redis.js';
import { Roles, Who, type Authenticated, type Caller } from '../auth/roles.js';
import { Documented } from '../http/openapi.js';
import { pageOf, pageQuery, type Page, type PageQuery } from '../http/page.js';
import { readPurpose } from '../http/purpose.js';
import { Reads, ReadsPerson, routeOf } from '../http/reads.js';
import { ZodBody, ZodQuery } from '../http/zod.js';
import { RunningTraces } from '../running-traces.js';
import {
  caseChange,
  caseQuery,
  changePreview,
  exposureQuery,
  newCase,
  retraction,
  type ChangePreviewBody,
} from './bodies.js';
import { Cases } from './cases.service.js';
import { ChangePreview, type ShownChange } from './change-preview.js';
import { Exposures } from './exposures.service.js';
import { Preview } from './preview.js';
import {
  byLevel,
  showCase,
  showProgress,
  type CaseProgress,
  type CaseRecord,
  type CaseRule,
  type Now,
  type ShownExposure,
} from './shown.js';

/** A tracer's cases (API.md). */
@Controller('cases')
@Roles('tracer', 'head')
export class CasesController {
  private readonly traces: RunningTraces;

  constructor(
    private readonly cases: Cases,
    private readonly exposures: Exposures,
    private readonly preview: Preview,
    private readonly changes: ChangePreview,
    private readonly reads: Reads,
    @Inject(REDIS) redis: Redis,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.traces = new RunningTraces(redis);
  }

  @Post()
  @Documented({ summary: 'Confirm a case; its exposures are traced at once', body: newCase })
  async confirm(@Who() caller: Caller, @ZodBody(newCase) body: z.output<typeof newCase>) {
    return { id: await this.cases.confirm(body, caller), state: 'tracing' as const };
  }

  @Post('preview')
  @HttpCode(200)
  @Documented({ summary: 'How many people a case would concern, by level; nothing is kept', body: newCase })
  async tryOut(@Who() caller: Caller, @ZodBody(newCase) body: z.output<typeof newCase>) {
    const person = await this.cases.personOf(body.person, caller);
    return { counts: byLevel(await this.preview.counts(body, person, caller.unit ?? null)) };
  }

  @Get()
  @ReadsPerson(({ items }: Page<CaseRecord>) => items.map(({ person }) => person))
  @Documented({ summary: 'Cases of your units', query: caseQuery })
  async list(@Who() caller: Caller, @ZodQuery(caseQuery) query: z.output<typeof caseQuery>): Promise<Page<CaseRecord>> {
    const now = { nowMs: this.clock(), running: await this.traces.all() };
    const page = pageOf(await this.cases.list(query, caller), query.limit, ({ id }) => id);
    return { ...page, items: page.items.map((stored) => showCase(stored, now)) };
  }

  /** Progress and counts are nobody's personal data; the rest of the case is shown to those who say why. */
  @Get(':id')
  @Documented({ summary: 'How far a case is; with a Purpose header, all of it' })
  async one(@Req() request: Authenticated, @Param('id') id: string): Promise<CaseProgress | (CaseRecord & CaseRule)> {
    const { caller } = request;
    const now = await this.now(id);
    const stored = await this.cases.get(id, caller);
    const header = request.get('purpose');
    if (header === undefined) return showProgress(stored, now);
    const record = { route: routeOf(request), people: [stored.person] };
    await this.reads.record(caller, readPurpose(header), record);
    return { ...showCase(stored, now), ...(await this.cases.ruleOf(stored)) };
  }

  @Patch(':id')
  @Documented({ summary: 'Amend a case', body: caseChange })
  async amend(
    @Who() caller: Caller,
    @Param('id') id: string,
    @ZodBody(caseChange) body: z.output<typeof caseChange>,
  ): Promise<CaseProgress> {
    return showProgress(await this.cases.amend(id, body, caller), await this.now(id));
  }

  @Post(':id/retract')
  @HttpCode(200)
  @Documented({ summary: 'Take a case back', body: retraction })
  async retract(
    @Who() caller: Caller,
    @Param('id') id: string,
    @ZodBody(retraction) { reason }: z.output<typeof retraction>,
  ): Promise<CaseProgress> {
    return showProgress(await this.cases.retract(id, reason, caller), await this.now(id));
  }

  @Post(':id/preview')
  @HttpCode(200)
  @ReadsPerson(({ people }: ShownChange) => people.map(({ person }) => person))
  @Documented({ summary: 'Whose colour would change if a case were amended or taken back', body: changePreview })
  async tryChange(
    @Who() caller: Caller,
    @Param('id') id: string,
    @ZodBody(changePreview) body: ChangePreviewBody,
  ): Promise<ShownChange> {
    return this.changes.of(await this.cases.get(id, caller), body);
  }

  @Get(':id/exposures')
  @ReadsPerson(({ items }: Page<ShownExposure>) => items.map(({ person }) => person))
  @Documented({ summary: 'Who was exposed to a case, each with the witness', query: exposureQuery })
  async exposed(
    @Who() caller: Caller,
    @Param('id') id: string,
    @ZodQuery(exposureQuery) query: z.output<typeof exposureQuery>,
  ): Promise<Page<ShownExposure>> {
    await this.cases.get(id, caller);
    return this.exposures.ofCase(id, query);
  }

  /** To be asked before the case is read (RunningTraces). */
  private async now(id: string): Promise<Now> {
    return { nowMs: this.clock(), running: await this.traces.of(id) };
  }
}

/** What is known of one person's exposures. */
@Controller('people')
@Roles('tracer', 'head')
export class PersonExposuresController {
  constructor(
    private readonly cases: Cases,
    private readonly exposures: Exposures,
  ) {}

  @Get(':id/exposures')
  @ReadsPerson(({ person }: { person: string }) => [person])
  @Documented({ summary: 'The cases somebody was exposed to, each with the witness', query: pageQuery })
  async ofPerson(@Who() caller: Caller, @Param('id') id: string, @ZodQuery(pageQuery) query: PageQuery) {
    const { id: person } = await this.cases.personOf(id, caller);
    return { person, ...(await this.exposures.ofPerson(person, query, caller)) };
  }
}
