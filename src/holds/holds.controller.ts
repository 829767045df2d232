import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { Roles, Who, type Caller } from '../auth/roles.js';
import { Documented } from '../http/openapi.js';
import { Holds, type ShownHold } from './holds.service.js';

/** Evidence that would change many colours at once, until a second officer decides (SPEC section 6). */
@Controller('holds')
@Roles('head', 'admin')
export class HoldsController {
  constructor(private readonly holds: Holds) {}

  @Get()
  @Roles('tracer', 'head', 'admin', 'auditor')
  @Documented({ summary: 'Evidence of your units that is held, and what was decided about it' })
  async list(@Who() caller: Caller): Promise<{ items: ShownHold[]; next: null }> {
    return { items: await this.holds.list(caller), next: null };
  }

  @Post(':id/release')
  @HttpCode(200)
  @Documented({ summary: 'Let held evidence count, as another officer than the one who told it' })
  async release(@Param('id') id: string, @Who() caller: Caller): Promise<ShownHold> {
    return this.holds.decide(id, 'released', caller);
  }

  @Post(':id/drop')
  @HttpCode(200)
  @Documented({ summary: 'Take held evidence back, as another officer than the one who told it' })
  async drop(@Param('id') id: string, @Who() caller: Caller): Promise<ShownHold> {
    return this.holds.decide(id, 'dropped', caller);
  }
}
