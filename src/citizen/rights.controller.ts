import { Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { Appeals, newAppeal, type NewAppeal, type ShownAppeal } from '../appeals/appeals.service.js';
import { Roles, Who, type Caller } from '../auth/roles.js';
import { Documented } from '../http/openapi.js';
import { ZodBody } from '../http/zod.js';
import { Erasing } from '../people/erasing.service.js';
import { OwnData, type ToldRead } from './own-data.service.js';
import { OwnRecord } from './own-record.js';

/** What a citizen may ask of those who know something of them (SPEC section 10). */
@Controller('me')
@Roles('citizen')
export class RightsController {
  constructor(
    private readonly own: OwnRecord,
    private readonly appeals: Appeals,
    private readonly erasing: Erasing,
    private readonly data: OwnData,
  ) {}

  @Get('reads')
  @Documented({ summary: 'Who read one’s data, when, and for which purpose' })
  async reads(@Who() caller: Caller): Promise<{ items: ToldRead[] }> {
    return { items: await this.data.reads(await this.own.find(caller)) };
  }

  @Get('export')
  @Documented({ summary: 'Everything the system knows of oneself, as JSON' })
  async export(@Who() caller: Caller) {
    return this.data.everything(await this.own.find(caller), caller);
  }

  @Post('appeals')
  @Documented({ summary: 'Say that something is wrong; the answer names a number and a deadline', body: newAppeal })
  async appeal(@Who() caller: Caller, @ZodBody(newAppeal) body: NewAppeal): Promise<ShownAppeal> {
    return this.appeals.make(await this.own.find(caller), body);
  }

  @Get('appeals')
  @Documented({ summary: 'One’s appeals and how they were answered, newest first' })
  async list(@Who() caller: Caller): Promise<{ items: ShownAppeal[] }> {
    return { items: await this.appeals.list(await this.own.find(caller)) };
  }

  /** The account goes with its person: whoever comes back begins anew. */
  @Delete()
  @HttpCode(204)
  @Documented({ summary: 'Erase oneself: nothing of what is known of one can be read again' })
  async erase(@Who() caller: Caller): Promise<void> {
    await this.erasing.erase(await this.own.find(caller), caller);
  }
}
