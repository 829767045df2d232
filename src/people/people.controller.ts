import { Controller, Get, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { Roles, Who, type Caller } from '../auth/roles.js';
import { personFields, type PersonFields } from '../domain/identity/person.js';
import { Documented } from '../http/openapi.js';
import { Problem } from '../http/problem.js';
import { ReadsPerson } from '../http/reads.js';
import { ZodBody, ZodQuery } from '../http/zod.js';
import type { Person } from './people.service.js';
import { Registrations } from './registration.service.js';
import { Scope } from './scope.js';

const query = z.strictObject({ identifier: z.string().min(1).max(200) });

/** A person as officers see them. */
type ShownPerson = { id: string; version: number; verified: boolean; unit: string | null } & PersonFields;

const show = ({ id, version, verified, unit, fields }: Person): ShownPerson => ({
  id,
  version,
  verified,
  unit: unit ?? null,
  ...fields,
});

/** People: registered by officers, found by what they are known by (API.md, SPEC section 3). */
@Controller('people')
@Roles('admin', 'head', 'tracer')
export class PeopleController {
  constructor(
    private readonly registrations: Registrations,
    private readonly scope: Scope,
  ) {}

  @Post()
  @Documented({ summary: 'Register a person, or find the one who is known already', body: personFields })
  async create(@Who() caller: Caller, @ZodBody(personFields) body: PersonFields) {
    const [made] = await this.registrations.register([body], { verified: true, unit: caller.unit });
    if (made!.outcome !== 'conflict') return { id: made!.person, outcome: made!.outcome };
    const detail = 'What is known of the holder of an identifier contradicts this: it waits for somebody to decide.';
    throw new Problem(409, 'repair-queued', detail, { repair: made!.repair });
  }

  @Get()
  @ReadsPerson<{ items: ShownPerson[] }>(({ items }) => items.map(({ id }) => id))
  @Documented({ summary: 'Everybody an identifier leads to: `system:value`, a file’s id, or an internal id', query })
  async find(@Who() caller: Caller, @ZodQuery(query) { identifier }: z.output<typeof query>) {
    return { items: (await this.scope.find(caller, identifier)).map(show) };
  }

  @Get(':id')
  @ReadsPerson<ShownPerson>(({ id }) => [id])
  @Documented({ summary: 'One person' })
  async get(@Who() caller: Caller, @Param('id') id: string): Promise<ShownPerson> {
    return show(await this.scope.get(caller, id));
  }
}
