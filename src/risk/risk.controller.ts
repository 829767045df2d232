import { Controller, Get, Param, Post } from '@nestjs/common';
import type { z } from 'zod';
import { Roles, Who, type Caller } from '../auth/roles.js';
import { Documented } from '../http/openapi.js';
import { ZodBody, ZodQuery } from '../http/zod.js';
import { assessment, historyQuery, riskQuery, type Assessment } from './bodies.js';
import { Risks } from './risk.service.js';
import { showAssessment, showRisk, type ShownAssessment, type ShownRisk } from './shown.js';

/** How risky an area is, 1 to 4, by the scale in force (SPEC section 8): public knowledge; officers find it. */
@Controller('units/:unit/risk')
@Roles('tracer', 'head', 'admin', 'auditor', 'owner', 'citizen', 'gate', 'checkpoint')
export class RiskController {
  constructor(private readonly risks: Risks) {}

  @Get()
  @Documented({
    summary: 'The risk level in force in a unit now or at an instant, and what was told ahead',
    query: riskQuery,
  })
  async one(@Param('unit') unit: string, @ZodQuery(riskQuery) { at }: z.output<typeof riskQuery>): Promise<ShownRisk> {
    return showRisk(unit, await this.risks.of(unit, at));
  }

  @Get('history')
  @Roles('tracer', 'head', 'admin', 'auditor')
  @Documented({ summary: 'The risk levels that were found for a unit, the last one first', query: historyQuery })
  async history(
    @Param('unit') unit: string,
    @ZodQuery(historyQuery) { limit }: z.output<typeof historyQuery>,
  ): Promise<{ items: ShownAssessment[]; next: null }> {
    return { items: (await this.risks.history(unit, limit)).map(showAssessment), next: null };
  }

  @Post()
  @Roles('head', 'admin')
  @Documented({ summary: 'Find the risk level of a unit from the figures of its week', body: assessment })
  async assess(
    @Param('unit') unit: string,
    @ZodBody(assessment) body: Assessment,
    @Who() who: Caller,
  ): Promise<ShownRisk & { found: ShownAssessment }> {
    const found = await this.risks.assess(unit, body, who);
    return { ...showRisk(unit, await this.risks.of(unit)), found: showAssessment(found) };
  }
}
