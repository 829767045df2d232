import { Controller, Get } from '@nestjs/common';
import { z } from 'zod';
import { Roles } from '../auth/roles.js';
import type { Policy } from '../domain/policy/policy.js';
import { Documented } from '../http/openapi.js';
import { pageFields, pageOf, type Page } from '../http/page.js';
import { ZodQuery } from '../http/zod.js';
import { Policies } from '../policies.js';

const query = z.strictObject({ ...pageFields, area: z.string().max(32).optional() });

type Shown = Omit<Policy, 'validFrom' | 'validTo'> & { validFrom: string; validTo: string | null };

/** The published rules, as everybody may read them. */
@Controller('policies')
export class PoliciesController {
  constructor(private readonly policies: Policies) {}

  @Get()
  @Roles('tracer', 'head', 'admin', 'auditor', 'owner', 'citizen', 'gate', 'checkpoint')
  @Documented({ summary: 'Every published version of every policy', query })
  list(@ZodQuery(query) { limit, after, area }: z.output<typeof query>): Page<Shown> {
    const wanted = this.policies.all
      .filter((policy) => area === undefined || policy.area === area)
      .filter((policy) => keyOf(policy) > after)
      .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    return pageOf(wanted.slice(0, limit + 1).map(show), limit, keyOf);
  }
}

const keyOf = ({ id, version }: { id: string; version: string }): string => `${id}|${version}`;

const show = ({ validFrom, validTo, ...rest }: Policy): Shown => ({
  ...rest,
  validFrom: new Date(validFrom).toISOString(),
  validTo: validTo === null ? null : new Date(validTo).toISOString(),
});
