import { Controller, Delete, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { z } from 'zod';
import { Roles, Who, type Authenticated, type Caller } from '../auth/roles.js';
import { cardKinds } from '../domain/codes/own-card.js';
import { personFields, type PersonFields } from '../domain/identity/person.js';
import type { CitizenStatus } from '../events.js';
import { Documented } from '../http/openapi.js';
import { ZodBody } from '../http/zod.js';
import { PeopleCards, type IssuedCard } from '../people/cards.service.js';
import { Dependants } from '../people/dependants.service.js';
import { LostThings } from '../people/lost.service.js';
import { Statuses } from '../status/statuses.service.js';
import { showToCitizen } from '../told-statuses.js';
import { OwnRecord } from './own-record.js';

const newCard = z.strictObject({ kind: z.enum(cardKinds).default('rotating') });

/** A citizen's dependants and their cards, and a phone that was lost (SPEC section 3). */
@Controller('me')
@Roles('citizen')
export class OwnFamilyController {
  constructor(
    private readonly own: OwnRecord,
    private readonly dependants: Dependants,
    private readonly cards: PeopleCards,
    private readonly statuses: Statuses,
    private readonly lostThings: LostThings,
  ) {}

  @Get('dependants')
  @Documented({ summary: 'Those whose cards one may show, each with the colour of now' })
  async list(@Who() caller: Caller) {
    const found = await this.dependants.list(await this.own.ensure(caller));
    const statuses = new Map((await this.statuses.current(found.map(({ id }) => id))).map((one) => [one.person, one]));
    const items = found.map(({ id, fields: { name = null, birthDate = null } }) => {
      return { id, name, birthDate, colour: statuses.get(id)?.status.colour ?? 'grey' };
    });
    return { items };
  }

  @Post('dependants')
  @Documented({ summary: 'Tell of a dependant who is not known yet, such as a child', body: personFields })
  async declare(@Who() caller: Caller, @ZodBody(personFields) body: PersonFields): Promise<{ id: string }> {
    return { id: await this.dependants.declare(await this.own.ensure(caller), body, caller.id) };
  }

  @Delete('dependants/:id')
  @HttpCode(204)
  @Documented({ summary: 'No longer show the card of a dependant' })
  async remove(@Who() caller: Caller, @Param('id') id: string): Promise<void> {
    await this.dependants.remove(await this.own.find(caller), id);
  }

  @Post('dependants/:id/cards')
  @Documented({ summary: 'A card of a dependant: for one’s own screen, or printed', body: newCard })
  async card(
    @Who() caller: Caller,
    @Param('id') id: string,
    @ZodBody(newCard) { kind }: z.output<typeof newCard>,
  ): Promise<IssuedCard> {
    const dependant = await this.dependants.get(await this.own.find(caller), id);
    return this.cards.issue(dependant.id, kind);
  }

  @Get('dependants/:id/status')
  @Documented({ summary: 'The colour of a dependant, with its reasons' })
  async status(@Who() caller: Caller, @Param('id') id: string): Promise<CitizenStatus | null> {
    const dependant = await this.dependants.get(await this.own.find(caller), id);
    const status = await this.statuses.of(dependant.id, {});
    return status ? showToCitizen(status) : null;
  }

  @Post('lost-phone')
  @HttpCode(200)
  @Documented({ summary: 'End every log-in that is older than this one: the phone is in other hands' })
  async lostPhone(@Req() { caller }: Authenticated): Promise<{ signedOut: number }> {
    const { issuedAtMs } = caller as Caller & { issuedAtMs: number };
    return { signedOut: await this.lostThings.phone(await this.own.find(caller), issuedAtMs) };
  }
}
