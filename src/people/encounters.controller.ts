import { Controller, Delete, Get, HttpStatus, Param, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Roles, Who, type Caller } from '../auth/roles.js';
import { Documented } from '../http/openapi.js';
import type { Page } from '../http/page.js';
import { ReadsPerson } from '../http/reads.js';
import { ZodBody, ZodQuery } from '../http/zod.js';
import {
  encounterQuery,
  newEncounter,
  type Encounter,
  type EncounterQuery,
  type EncountersChanged,
  type NewEncounter,
} from './encounter.js';
import { Encounters } from './encounters.service.js';
import { Scope } from './scope.js';

const peopleOf = ({ items }: { items: Encounter[] }) => [...new Set(items.flatMap(({ people }) => people))];

/**
 * Household, vehicle, proximity and declared contacts. Whoever adds or removes one says why, and stands in the chain of
 * reads with the people concerned; a change answers 202 when it cannot be read back yet.
 */
@Controller('people/:id/encounters')
@Roles('tracer', 'head', 'admin')
export class EncountersController {
  constructor(
    private readonly scope: Scope,
    private readonly encounters: Encounters,
  ) {}

  @Get()
  @ReadsPerson<Page<Encounter> & { person: string }>((page) => [...new Set([page.person, ...peopleOf(page)])])
  @Documented({ summary: 'Whom a person met otherwise than at a venue', query: encounterQuery })
  async list(@Who() caller: Caller, @Param('id') id: string, @ZodQuery(encounterQuery) query: EncounterQuery) {
    const person = await this.scope.get(caller, id);
    return { person: person.id, ...(await this.encounters.list(person.id, query)) };
  }

  @Post()
  @ReadsPerson(peopleOf)
  @Documented({ summary: 'Enter a household, a vehicle, or contacts; cases are traced over them', body: newEncounter })
  async add(
    @Who() caller: Caller,
    @Param('id') id: string,
    @ZodBody(newEncounter) { with: ids, ...meeting }: NewEncounter,
    @Res({ passthrough: true }) response: Response,
  ): Promise<EncountersChanged> {
    const person = await this.scope.get(caller, id);
    const others: string[] = [];
    for (const other of ids) others.push((await this.scope.get(caller, other)).id);
    const changed = await this.encounters.add(person.id, others, meeting);
    response.status(changed.settled ? HttpStatus.CREATED : HttpStatus.ACCEPTED);
    return changed;
  }

  @Delete(':encounter')
  @ReadsPerson(peopleOf)
  @Documented({ summary: 'Take an encounter back; what rested on it is undone' })
  async remove(
    @Who() caller: Caller,
    @Param() { id, encounter }: { id: string; encounter: string },
    @Res({ passthrough: true }) response: Response,
  ): Promise<EncountersChanged> {
    const person = await this.scope.get(caller, id);
    const changed = await this.encounters.remove(person.id, encounter);
    response.status(changed.settled ? HttpStatus.OK : HttpStatus.ACCEPTED);
    return changed;
  }
}
