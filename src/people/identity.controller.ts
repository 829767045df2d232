import { Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { Roles, Who, type Caller } from '../auth/roles.js';
import { Documented } from '../http/openapi.js';
import type { Page } from '../http/page.js';
import { Problem } from '../http/problem.js';
import { ReadsPerson } from '../http/reads.js';
import { ZodBody, ZodQuery } from '../http/zod.js';
import { decision, Decisions, repairQuery, type Decision, type ShownRepair } from './decisions.service.js';
import { Erasing } from './erasing.service.js';
import { SamePeople, type ShownMerge } from './same.service.js';
import { Scope } from './scope.js';

const why = z.string().trim().min(1).max(500);
const merge = z.strictObject({ person: z.string().min(1).max(64), reason: why });
const undo = z.strictObject({ reason: why });

/** Who is the same person as whom: the repair queue, suggestions, links and their undoing (SPEC section 3). */
@Controller()
@Roles('tracer', 'head', 'admin')
export class IdentityController {
  constructor(
    private readonly scope: Scope,
    private readonly same: SamePeople,
    private readonly decisions: Decisions,
    private readonly erasing: Erasing,
  ) {}

  @Get('repairs')
  @ReadsPerson<Page<ShownRepair>>(({ items }) => [...new Set(items.flatMap(peopleOf))])
  @Documented({
    summary: 'Contradictions and suggestions that wait for a decision, with their reasons',
    query: repairQuery,
  })
  async list(@Who() caller: Caller, @ZodQuery(repairQuery) query: z.output<typeof repairQuery>) {
    return this.decisions.list(caller, query);
  }

  @Get('repairs/:id')
  @ReadsPerson<ShownRepair>(peopleOf)
  @Documented({ summary: 'One contradiction or suggestion' })
  async get(@Who() caller: Caller, @Param('id') id: string): Promise<ShownRepair> {
    return this.decisions.get(caller, id);
  }

  @Post('repairs/:id/decide')
  @HttpCode(200)
  @Documented({
    summary: 'Decide: link the record, merge the people, make somebody new, or dismiss it',
    body: decision,
  })
  async decide(@Who() caller: Caller, @Param('id') id: string, @ZodBody(decision) body: Decision) {
    return this.decisions.decide(caller, id, body);
  }

  @Post('people/:id/merges')
  @Documented({ summary: 'Link another person to this one: both count as this one, until it is undone', body: merge })
  async merge(@Who() caller: Caller, @Param('id') id: string, @ZodBody(merge) body: z.output<typeof merge>) {
    const [into, other] = [await this.scope.get(caller, id), await this.scope.get(caller, body.person)];
    return { id: await this.same.link({ person: other.id, into: into.id, reason: body.reason, by: caller }) };
  }

  @Delete('people/:id')
  @HttpCode(204)
  @Roles('head', 'admin')
  @Documented({ summary: 'Erase a person: nothing of what is known of them can be read again' })
  async erase(@Who() caller: Caller, @Param('id') id: string): Promise<void> {
    await this.erasing.erase((await this.scope.get(caller, id)).id, caller);
  }

  @Get('people/:id/merges')
  @ReadsPerson<{ person: string }>(({ person }) => [person])
  @Documented({ summary: 'The links that were ever made about a person' })
  async merges(@Who() caller: Caller, @Param('id') id: string): Promise<{ person: string; items: ShownMerge[] }> {
    const person = await this.scope.get(caller, id);
    return { person: person.id, items: await this.same.list(person.id) };
  }

  @Post('merges/:id/undo')
  @HttpCode(200)
  @Documented({ summary: 'Undo a link: both people are again who they were', body: undo })
  async undo(@Who() caller: Caller, @Param('id') id: string, @ZodBody(undo) { reason }: z.output<typeof undo>) {
    const { into } = await this.same.get(id);
    await this.scope.get(caller, into).catch((error: Problem) => {
      throw error.getStatus() === 404 ? new Problem(404, 'merge-unknown', 'There is no such link.') : error;
    });
    return this.same.unlink(id, { reason, by: caller });
  }
}

function peopleOf({ people }: ShownRepair): string[] {
  return people.map(({ id }) => id);
}
