import { Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { Roles, Who, type Caller } from '../auth/roles.js';
import { Documented } from '../http/openapi.js';
import { ReadsPerson } from '../http/reads.js';
import { ZodBody } from '../http/zod.js';
import { Scope } from '../people/scope.js';
import { evidenceBody, type EvidenceBody } from './bodies.js';
import { EvidenceService, type Told } from './evidence.service.js';
import type { ShownEvidence } from './shown.js';

/** Facts about a person: tests, doses, recoveries, declarations, quarantines, overrides. */
@Controller('people/:id/evidence')
@Roles('tracer', 'head', 'admin')
export class EvidenceController {
  constructor(
    private readonly evidence: EvidenceService,
    private readonly scope: Scope,
  ) {}

  @Post()
  @Documented({ summary: 'Tell a fact about a person; an override waits for a second officer', body: evidenceBody })
  async add(@Param('id') id: string, @ZodBody(evidenceBody) body: EvidenceBody, @Who() caller: Caller): Promise<Told> {
    await this.scope.get(caller, id);
    return this.evidence.add(id, body, caller);
  }

  @Get()
  @Roles('tracer', 'head', 'admin', 'auditor')
  @ReadsPerson(({ person }: { person: string }) => [person])
  @Documented({ summary: 'What was told of a person, by whom and when; what waits or is held says so' })
  async list(@Param('id') id: string, @Who() caller: Caller): Promise<{ person: string; items: ShownEvidence[] }> {
    const { id: person } = await this.scope.get(caller, id);
    return { person, items: await this.evidence.list(person) };
  }

  @Post(':evidence/agree')
  @HttpCode(200)
  @Documented({ summary: 'Agree to an override as the second officer, or vouch for an uncertain result' })
  async agree(@Param('id') id: string, @Param('evidence') evidence: string, @Who() caller: Caller): Promise<Told> {
    const { id: person } = await this.scope.get(caller, id);
    return this.evidence.agree(person, evidence, caller);
  }

  @Delete(':evidence')
  @HttpCode(204)
  @Documented({ summary: 'Take a fact back' })
  async remove(@Param('id') id: string, @Param('evidence') evidence: string, @Who() caller: Caller): Promise<void> {
    const { id: person } = await this.scope.get(caller, id);
    await this.evidence.remove(person, evidence, caller);
  }
}
