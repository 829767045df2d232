import { Controller, Delete, Get, HttpStatus, Param, Patch, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Roles, Who, type Caller } from '../auth/roles.js';
import { Documented } from '../http/openapi.js';
import type { Page } from '../http/page.js';
import { ReadsPerson } from '../http/reads.js';
import { ZodBody, ZodQuery } from '../http/zod.js';
import { Scope } from './scope.js';
import { newStay, stayChange, stayQuery, type NewStay, type Stay, type StayChange, type StayQuery } from './stay.js';
import { Stays, type Changed } from './stays.service.js';

/** Stays as tracers see and correct them (API.md); a change answers 202 when it cannot be read back yet. */
@Controller('people/:id/stays')
@Roles('tracer', 'head', 'admin')
export class StaysController {
  constructor(
    private readonly scope: Scope,
    private readonly stays: Stays,
  ) {}

  @Get()
  @ReadsPerson<Page<Stay> & { person: string }>(({ person }) => [person])
  @Documented({ summary: 'Where a person was', query: stayQuery })
  async list(@Who() caller: Caller, @Param('id') id: string, @ZodQuery(stayQuery) query: StayQuery) {
    const person = await this.scope.get(caller, id);
    return { person: person.id, ...(await this.stays.list(person.id, query)) };
  }

  @Post()
  @Documented({ summary: 'Enter a stay by hand: a case who never scanned', body: newStay })
  async add(
    @Who() caller: Caller,
    @Param('id') id: string,
    @ZodBody(newStay) body: NewStay,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Changed> {
    const person = await this.scope.get(caller, id);
    return answer(await this.stays.add(person.id, body), response, HttpStatus.CREATED);
  }

  @Patch(':stay')
  @Documented({ summary: 'Correct a stay: it is replaced by one with the new times', body: stayChange })
  async amend(
    @Who() caller: Caller,
    @Param() { id, stay }: { id: string; stay: string },
    @ZodBody(stayChange) body: StayChange,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Changed> {
    const person = await this.scope.get(caller, id);
    return answer(await this.stays.amend(person.id, stay, body), response, HttpStatus.OK);
  }

  @Delete(':stay')
  @Documented({ summary: 'Void a stay: its scans count no longer' })
  async void(
    @Who() caller: Caller,
    @Param() { id, stay }: { id: string; stay: string },
    @Res({ passthrough: true }) response: Response,
  ): Promise<Changed> {
    const person = await this.scope.get(caller, id);
    return answer(await this.stays.void(person.id, stay), response, HttpStatus.OK);
  }
}

function answer(changed: Changed, response: Response, status: HttpStatus): Changed {
  response.status(changed.settled ? status : HttpStatus.ACCEPTED);
  return changed;
}
