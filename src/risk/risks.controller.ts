import { Controller, Get } from '@nestjs/common';
import { Roles, Who, type Caller } from '../auth/roles.js';
import { Documented } from '../http/openapi.js';
import { Risks } from './risk.service.js';
import { showArea, type ShownArea } from './shown.js';

/** Where it is how risky, for whoever looks at a map of it. */
@Controller('risks')
@Roles('tracer', 'head', 'admin', 'auditor')
export class RisksController {
  constructor(private readonly risks: Risks) {}

  @Get()
  @Documented({ summary: 'The risk levels of all units of one’s own for which one was found, and where these lie' })
  async list(@Who() caller: Caller): Promise<{ items: ShownArea[]; next: null }> {
    return { items: (await this.risks.areas(caller)).map(showArea), next: null };
  }
}
