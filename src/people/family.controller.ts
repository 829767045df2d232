import { Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { Roles, Who, type Caller } from '../auth/roles.js';
import { Documented } from '../http/openapi.js';
import { ReadsPerson } from '../http/reads.js';
import { ZodBody } from '../http/zod.js';
import { PeopleCards, type IssuedCard } from './cards.service.js';
import { Dependants } from './dependants.service.js';
import { LostThings, type Lost } from './lost.service.js';
import { Scope } from './scope.js';

const dependant = z.strictObject({ person: z.string().min(1).max(64) });
const lost = z
  .strictObject({ phone: z.boolean().default(false), cards: z.boolean().default(false) })
  .refine(({ phone, cards }) => phone || cards, { message: 'expected phone, cards or both', path: ['phone'] });

/** A dependant as a desk sees them. */
interface ShownDependant {
  id: string;
  name: string | null;
  birthDate: string | null;
}

/** Guardians and dependants, lost phones and cards, as desks deal with them (SPEC section 3). */
@Controller('people/:id')
@Roles('tracer', 'head', 'admin')
export class FamilyController {
  constructor(
    private readonly scope: Scope,
    private readonly dependants: Dependants,
    private readonly lostThings: LostThings,
    private readonly cards: PeopleCards,
  ) {}

  @Get('dependants')
  @ReadsPerson<{ items: ShownDependant[] }>(({ items }) => items.map(({ id }) => id))
  @Documented({ summary: 'The dependants whose cards a person may show' })
  async list(@Who() caller: Caller, @Param('id') id: string): Promise<{ items: ShownDependant[] }> {
    const guardian = await this.scope.get(caller, id);
    const found = await this.dependants.list(guardian.id);
    return {
      items: found.map(({ id: of, fields }) => ({
        id: of,
        name: fields.name ?? null,
        birthDate: fields.birthDate ?? null,
      })),
    };
  }

  @Post('dependants')
  @HttpCode(204)
  @Documented({ summary: 'Put a dependant beside a guardian, after seeing both', body: dependant })
  async add(
    @Who() caller: Caller,
    @Param('id') id: string,
    @ZodBody(dependant) { person }: z.output<typeof dependant>,
  ): Promise<void> {
    const [guardian, other] = [await this.scope.get(caller, id), await this.scope.get(caller, person)];
    await this.dependants.add(guardian.id, other.id, caller.id);
  }

  @Delete('dependants/:dependant')
  @HttpCode(204)
  @Documented({ summary: 'End a guardianship' })
  async remove(
    @Who() caller: Caller,
    @Param() { id, dependant: other }: { id: string; dependant: string },
  ): Promise<void> {
    const guardian = await this.scope.get(caller, id);
    await this.dependants.remove(guardian.id, other);
  }

  @Post('lost')
  @HttpCode(200)
  @Documented({ summary: 'End what a lost phone or lost cards can do; a new printed card comes with it', body: lost })
  async lose(
    @Who() caller: Caller,
    @Param('id') id: string,
    @ZodBody(lost) { phone, cards }: z.output<typeof lost>,
  ): Promise<Lost & { card: IssuedCard | null }> {
    const person = await this.scope.get(caller, id);
    const signedOut = phone ? await this.lostThings.phone(person.id) : 0;
    const revoked = cards ? await this.lostThings.printedCards(person.id) : [];
    return { signedOut, revoked, card: cards ? await this.cards.issue(person.id, 'printed') : null };
  }
}
