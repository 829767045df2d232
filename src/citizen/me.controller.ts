import { Controller, Get, HttpStatus, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { Roles, Who, type Caller } from '../auth/roles.js';
import { Documented } from '../http/openapi.js';
import type { Page } from '../http/page.js';
import { ZodBody, ZodQuery } from '../http/zod.js';
import { PeopleCards, type IssuedCard } from '../people/cards.service.js';
import { People } from '../people/people.service.js';
import { stayQuery, type Stay, type StayQuery } from '../people/stay.js';
import { Stays } from '../people/stays.service.js';
import { showToCitizen } from '../status/show.js';
import { Statuses } from '../status/statuses.service.js';
import { OwnRecord, type CheckedIn } from './own-record.js';

const selfCheckIn = z.strictObject({ venueCode: z.string().min(1).max(512), direction: z.enum(['in', 'out']) });

/** Stays read at once for an export. */
const staysPerRead = 500;

/** A citizen's own card, stays and data (API.md); the colour is told by src/status. */
@Controller('me')
@Roles('citizen')
export class MeController {
  constructor(
    private readonly own: OwnRecord,
    private readonly people: People,
    private readonly cards: PeopleCards,
    private readonly stays: Stays,
    private readonly statuses: Statuses,
  ) {}

  @Get('card')
  @Documented({ summary: 'A card for one’s screen, good for a minute; the first makes the person of the account' })
  async card(@Who() caller: Caller): Promise<IssuedCard> {
    return this.cards.issue(await this.own.ensure(caller), 'rotating');
  }

  @Get('stays')
  @Documented({ summary: 'Where one was, as far as the system knows', query: stayQuery })
  async list(@Who() caller: Caller, @ZodQuery(stayQuery) query: StayQuery): Promise<Page<Stay>> {
    return this.stays.list(await this.own.find(caller), query);
  }

  @Post('stays')
  @Documented({ summary: 'Check oneself in or out by the code on a venue’s poster', body: selfCheckIn })
  async checkIn(
    @Who() caller: Caller,
    @ZodBody(selfCheckIn) { venueCode, direction }: z.output<typeof selfCheckIn>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CheckedIn> {
    const checked = await this.own.checkIn(caller, venueCode, direction);
    response.status(checked.settled ? HttpStatus.CREATED : HttpStatus.ACCEPTED);
    return checked;
  }

  /** Who else was there is nobody's own data, and is not told. */
  @Get('export')
  @Documented({ summary: 'Everything the system knows of oneself, as JSON' })
  async export(@Who() caller: Caller) {
    const person = await this.own.find(caller);
    const [record, cards, status] = await Promise.all([
      this.people.get(person),
      this.cards.list(person),
      this.statuses.of(person, {}),
    ]);
    return {
      person: { id: person, verified: record?.verified, unit: record?.unit ?? null, ...record?.fields },
      status: status ? showToCitizen(status) : null,
      cards,
      stays: await this.allStays(person),
    };
  }

  private async allStays(person: string): Promise<Stay[]> {
    const all: Stay[] = [];
    for (let after: string | undefined; ;) {
      const { items, next } = await this.stays.list(person, { limit: staysPerRead, after });
      all.push(...items);
      if (next === null) return all;
      after = next;
    }
  }
}
