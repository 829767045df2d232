import { Controller, Get, HttpStatus, Inject, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { CLOCK, type Clock } from '../../config/clock.js';
import { Roles, Who, type Caller } from '../auth/roles.js';
import { Documented } from '../http/openapi.js';
import type { Page } from '../http/page.js';
import { Problem } from '../http/problem.js';
import { ZodBody, ZodQuery } from '../http/zod.js';
import { PeopleCards, type IssuedCard } from '../people/cards.service.js';
import { instant, stayQuery, type Stay, type StayQuery } from '../people/stay.js';
import { Stays, type Changed } from '../people/stays.service.js';
import { OwnRecord, type CheckedIn } from './own-record.js';

const selfCheckIn = z.strictObject({ venueCode: z.string().min(1).max(512), direction: z.enum(['in', 'out']) });

/** A stay that nobody scanned: where and when, as one remembers it. */
const remembered = z
  .strictObject({ venueCode: z.string().min(1).max(512), in: instant, out: instant })
  .refine(({ in: inMs, out }) => inMs < out, { message: 'expected an instant after in', path: ['out'] });

/** A citizen's own card and stays (API.md); the colour is told by src/status. */
@Controller('me')
@Roles('citizen')
export class MeController {
  constructor(
    private readonly own: OwnRecord,
    private readonly cards: PeopleCards,
    private readonly stays: Stays,
    @Inject(CLOCK) private readonly now: Clock,
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

  /** Marked as told by hand: a rule that turns somebody red does not rest on it alone. */
  @Post('stays/by-hand')
  @Documented({ summary: 'Tell of a visit that nobody scanned; it is trusted less', body: remembered })
  async enterByHand(
    @Who() caller: Caller,
    @ZodBody(remembered) { venueCode, in: inMs, out }: z.output<typeof remembered>,
  ): Promise<Changed> {
    if (out > this.now()) throw ahead();
    const person = await this.own.ensure(caller);
    const { venue, trust } = await this.own.remembered(venueCode, inMs);
    return this.stays.add(person, { venue: venue.id, zone: '', in: inMs, out }, trust);
  }
}

const ahead = (): Problem =>
  new Problem(422, 'bad-input', 'A visit that is told of has ended.', {
    errors: [{ path: 'out', expected: 'an instant at or before now', got: 'a later one' }],
  });
