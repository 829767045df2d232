import { Controller, Get } from '@nestjs/common';
import { z } from 'zod';
import { Roles } from '../auth/roles.js';
import { Documented } from '../http/openapi.js';
import { ZodQuery } from '../http/zod.js';
import { unitCode } from './unit.js';
import { Units } from './units.service.js';

const query = z.strictObject({
  parent: unitCode.optional(),
  /** Units as they were, or will be. */
  at: z.iso
    .datetime({ offset: true })
    .transform((text) => Date.parse(text))
    .optional(),
});

/** The administrative units: public knowledge, asked by every form that has an address. */
@Controller('units')
@Roles('owner', 'admin', 'head', 'tracer', 'auditor', 'citizen', 'gate', 'checkpoint')
export class UnitsController {
  constructor(private readonly units: Units) {}

  @Get()
  @Documented({ summary: 'The units directly under a parent, or all, as they are now or at an instant', query })
  async list(@ZodQuery(query) { parent, at: atMs }: z.output<typeof query>) {
    return { items: await this.units.list({ parent, atMs }) };
  }
}
