import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { Graph } from '../../graph/graph.js';
import { Roles, Who, type Caller } from '../auth/roles.js';
import { Documented } from '../http/openapi.js';
import { pageFields, pageOf, type Page } from '../http/page.js';
import { ReadsPerson } from '../http/reads.js';
import { ZodBody, ZodQuery } from '../http/zod.js';
import { Scope } from '../people/scope.js';
import { Units } from '../units/units.service.js';
import { Appeals, newAnswer, type NewAnswer, type ShownAppeal } from './appeals.service.js';

const query = z.strictObject({
  ...pageFields,
  state: z.enum(['open', 'answered']).default('open'),
  /** The instant and the number a page comes after. */
  after: z
    .string()
    .regex(/^(\d{1,16}-[0-9A-Z]{1,16})?$/)
    .default(''),
});

type OfficersAppeal = ShownAppeal & { person: string };

/** What citizens say is wrong, as officers of their unit answer it. */
@Controller('appeals')
@Roles('tracer', 'head', 'admin')
export class AppealsController {
  constructor(
    private readonly appeals: Appeals,
    private readonly scope: Scope,
    private readonly units: Units,
    private readonly graph: Graph,
  ) {}

  @Get()
  @ReadsPerson<Page<OfficersAppeal>>(({ items }) => [...new Set(items.map(({ person }) => person))])
  @Documented({ summary: 'Appeals of the people of one’s units, oldest first', query })
  async list(
    @Who() caller: Caller,
    @ZodQuery(query) { limit, after, state }: z.output<typeof query>,
  ): Promise<Page<OfficersAppeal>> {
    const units = caller.unit === undefined ? null : await this.units.within(caller.unit);
    const [afterMs = '0', afterNumber = ''] = after === '' ? [] : after.split('-');
    const from = { afterMs: Number(afterMs), afterNumber };
    const asked = { units, answered: state === 'answered', limit: limit + 1, ...from };
    const rows = await this.graph.read('appeals/page', asked);
    const { items, next } = pageOf(rows, limit, ({ atMs, number }) => `${atMs}-${number}`);
    return { items: items.map((row) => ({ ...this.appeals.show(row), person: row.person })), next };
  }

  @Post(':number/answer')
  @HttpCode(200)
  @Documented({ summary: 'Answer an appeal, once; the citizen reads it', body: newAnswer })
  async answer(
    @Who() caller: Caller,
    @Param('number') number: string,
    @ZodBody(newAnswer) body: NewAnswer,
  ): Promise<ShownAppeal> {
    await this.scope.get(caller, (await this.appeals.get(number)).person);
    return this.appeals.answer(number, body, caller);
  }
}
