import { Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { CLOCK, type Clock } from '../../config/clock.js';
import { Roles, Who, type Caller } from '../auth/roles.js';
import { maxPersonTextLength } from '../domain/identity/identifiers.js';
import { maxNameLength } from '../domain/identity/names.js';
import { personFields, type PersonFields } from '../domain/identity/person.js';
import { Documented } from '../http/openapi.js';
import { idList, type Page } from '../http/page.js';
import { Problem } from '../http/problem.js';
import { ReadsPerson } from '../http/reads.js';
import { ZodBody, ZodQuery } from '../http/zod.js';
import { Units } from '../units/units.service.js';
import { Names } from './names.service.js';
import type { Person } from './people.service.js';
import { Registrations } from './registration.service.js';
import { Scope } from './scope.js';
import { refuseUnborn } from './unborn.js';

/** By what somebody is known by, by words of their name, or by internal ids; pages of a name go on after `next`. */
const query = z
  .strictObject({
    ids: idList.optional(),
    identifier: z.string().min(1).max(maxPersonTextLength).optional(),
    name: z.string().min(1).max(maxNameLength).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(20),
    after: z
      .string()
      .regex(/^\d{0,9}$/)
      .default(''),
  })
  .refine(({ ids, identifier, name }) => [ids, identifier, name].filter((one) => one !== undefined).length === 1, {
    message: 'expected an identifier, a name, or ids',
    path: ['identifier'],
  });

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
    private readonly names: Names,
    private readonly units: Units,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Post()
  @Documented({ summary: 'Register a person, or find the one who is known already', body: personFields })
  async create(@Who() caller: Caller, @ZodBody(personFields) body: PersonFields) {
    refuseUnborn(body, this.now());
    const [made] = await this.registrations.register([body], { verified: true, unit: caller.unit });
    if (made!.outcome !== 'conflict') return { id: made!.person, outcome: made!.outcome };
    const detail = 'What is known of the holder of an identifier contradicts this: it waits for somebody to decide.';
    throw new Problem(409, 'repair-queued', detail, { repair: made!.repair });
  }

  @Get()
  @ReadsPerson<Page<ShownPerson>>(({ items }) => items.map(({ id }) => id))
  @Documented({
    summary:
      'Everybody an identifier (`system:value`, a file’s id, an internal id, a card’s code), words of a name, or ids lead to',
    query,
  })
  async find(@Who() caller: Caller, @ZodQuery(query) asked: z.output<typeof query>): Promise<Page<ShownPerson>> {
    const { ids, identifier, name, limit, after } = asked;
    if (ids !== undefined) return { items: (await this.scope.getAll(caller, ids)).map(show), next: null };
    if (name === undefined) return { items: (await this.scope.find(caller, identifier!)).map(show), next: null };
    const units = caller.unit === undefined ? null : await this.units.within(caller.unit);
    const { items, next } = await this.names.find(name, { units, limit, after });
    return { items: items.map(show), next };
  }

  @Get(':id')
  @ReadsPerson<ShownPerson>(({ id }) => [id])
  @Documented({ summary: 'One person' })
  async get(@Who() caller: Caller, @Param('id') id: string): Promise<ShownPerson> {
    return show(await this.scope.get(caller, id));
  }
}
