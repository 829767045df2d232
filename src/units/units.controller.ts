import { Controller, Get, Param } from '@nestjs/common';
import { z } from 'zod';
import { Roles } from '../auth/roles.js';
import { Documented } from '../http/openapi.js';
import { Problem } from '../http/problem.js';
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
const search = z.strictObject({ name: z.string().trim().min(1).max(100) });

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

  @Get('search')
  @Documented({
    summary: 'Units of today by words of their name, with what they lie in; the 20 that fit best',
    query: search,
  })
  async search(@ZodQuery(search) { name }: z.output<typeof search>) {
    return { items: await this.units.search(name) };
  }

  @Get(':code')
  @Documented({ summary: 'One unit, with what it lies in' })
  async get(@Param('code') code: string) {
    const unit = await this.units.describe(code);
    if (!unit) throw new Problem(404, 'unit-unknown', 'There is no such unit.');
    return unit;
  }
}
