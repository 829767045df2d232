import { Controller, HttpCode, Post } from '@nestjs/common';
import type { z } from 'zod';
import { Accounts } from '../auth/accounts.service.js';
import { otpVerify } from '../auth/auth.controller.js';
import { Otp } from '../auth/otp.js';
import { Roles } from '../auth/roles.js';
import { Documented } from '../http/openapi.js';
import { Problem } from '../http/problem.js';
import { ZodBody } from '../http/zod.js';
import { PeopleCards, type IssuedCard } from '../people/cards.service.js';
import { OwnRecord } from './own-record.js';

/** The way in for somebody whose phone shows no card: their number and a one-time code, told to the guard. */
@Controller('phone-cards')
@Roles('gate', 'checkpoint')
export class PhoneCardsController {
  constructor(
    private readonly otps: Otp,
    private readonly accounts: Accounts,
    private readonly own: OwnRecord,
    private readonly cards: PeopleCards,
  ) {}

  /** The gate gets a code that it can scan once within a minute, and nothing else that the citizen may do. */
  @Post()
  @HttpCode(200)
  @Documented({ summary: 'A card for a minute, for a phone number and its one-time code', body: otpVerify })
  async issue(@ZodBody(otpVerify) body: z.output<typeof otpVerify>): Promise<IssuedCard> {
    const fits = await this.otps.verify(body.phone, body.code);
    const caller = fits ? await this.accounts.byPhone(body.phone) : undefined;
    if (!caller) throw new Problem(422, 'wrong-code', 'The code is wrong or too old.');
    return this.cards.issue(await this.own.ensure(caller), 'rotating');
  }
}
