import { Controller, Get, Param, Post } from '@nestjs/common';
import { Roles, Who, type Caller } from '../auth/roles.js';
import type { Call, ToCall } from '../domain/call.js';
import { Documented } from '../http/openapi.js';
import type { Page } from '../http/page.js';
import { ReadsPerson } from '../http/reads.js';
import { ZodBody, ZodQuery } from '../http/zod.js';
import { Scope } from '../people/scope.js';
import { callsQuery, newCall, type CallsQuery, type NewCall } from './bodies.js';
import { Calls } from './calls.service.js';

/** Contacts to be called, by those who trace. */
@Controller('calls')
@Roles('tracer', 'head')
export class CallsController {
  constructor(private readonly calls: Calls) {}

  @Get()
  @ReadsPerson(({ items }: Page<ToCall>) => items.map(({ person }) => person))
  @Documented({
    summary: 'F1s of the open cases of your units who were not reached yet: the untried first, then by dose',
    query: callsQuery,
  })
  list(@Who() caller: Caller, @ZodQuery(callsQuery) query: CallsQuery): Promise<Page<ToCall>> {
    return this.calls.list(query, caller);
  }

  @Post()
  @Documented({ summary: 'A call to a contact and how it ended; about every open case they met', body: newCall })
  keep(@Who() caller: Caller, @ZodBody(newCall) body: NewCall) {
    return this.calls.keep(body, caller);
  }
}

/** What was said to one person. */
@Controller('people')
@Roles('tracer', 'head')
export class PersonCallsController {
  constructor(
    private readonly calls: Calls,
    private readonly scope: Scope,
  ) {}

  @Get(':id/calls')
  @ReadsPerson(({ person }: { person: string }) => [person])
  @Documented({ summary: 'The calls made to somebody, the last first' })
  async ofPerson(
    @Who() caller: Caller,
    @Param('id') id: string,
  ): Promise<{ person: string; items: Call[]; next: null }> {
    const { id: person } = await this.scope.get(caller, id);
    return { person, items: await this.calls.of(person), next: null };
  }
}
