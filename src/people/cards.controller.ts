import { Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { Roles, Who, type Caller } from '../auth/roles.js';
import { cardKinds } from '../domain/codes/own-card.js';
import { maxPersonTextLength } from '../domain/identity/identifiers.js';
import { Documented } from '../http/openapi.js';
import { Problem } from '../http/problem.js';
import { ZodBody } from '../http/zod.js';
import { Units } from '../units/units.service.js';
import { PeopleCards, type IssuedCard } from './cards.service.js';
import { Scope } from './scope.js';

const newCard = z.strictObject({ kind: z.enum(cardKinds) });

/** Cards that are issued in one request: a school's in a few (assumption). */
const mostAtOnce = 500;

/** Printed cards for people as files name them: `system:value`, a file's id, an internal id. */
const newCards = z.strictObject({
  people: z.array(z.string().min(1).max(maxPersonTextLength)).min(1).max(mostAtOnce),
});

/** Cards that officers issue and revoke (API.md). */
@Controller()
@Roles('admin', 'head', 'tracer')
export class CardsController {
  constructor(
    private readonly scope: Scope,
    private readonly cards: PeopleCards,
    private readonly units: Units,
  ) {}

  @Post('people/:id/cards')
  @Documented({ summary: 'Issue a printed or a rotating card', body: newCard })
  async issue(
    @Who() caller: Caller,
    @Param('id') id: string,
    @ZodBody(newCard) { kind }: z.output<typeof newCard>,
  ): Promise<IssuedCard> {
    const person = await this.scope.get(caller, id);
    return this.cards.issue(person.id, kind);
  }

  @Post('cards')
  @Documented({
    summary: 'Issue printed cards to many people at once, in their order: to all or to none',
    body: newCards,
  })
  async issueAll(
    @Who() caller: Caller,
    @ZodBody(newCards) { people: texts }: z.output<typeof newCards>,
  ): Promise<{ items: ({ person: string } & IssuedCard)[] }> {
    const people = await this.scope.named(caller, texts);
    const cards = await this.cards.issueAll(people, 'printed');
    return { items: cards.map((card, at) => ({ person: people[at]!, ...card })) };
  }

  @Get('people/:id/cards')
  @Documented({ summary: 'The printed cards of a person' })
  async list(@Who() caller: Caller, @Param('id') id: string) {
    const person = await this.scope.get(caller, id);
    return { items: await this.cards.list(person.id) };
  }

  @Delete('cards/:card')
  @HttpCode(204)
  @Documented({ summary: 'Revoke a printed card; gates refuse it from now on' })
  async revoke(@Who() caller: Caller, @Param('card') card: string): Promise<void> {
    const holder = await this.cards.holder(card);
    if (!holder || !(await this.units.mayKnow(caller.unit, holder.unit))) {
      throw new Problem(404, 'card-unknown', 'There is no such card.');
    }
    if (holder.revokedAtMs === null) await this.cards.revoke(card);
  }
}
