import { Controller, Get, Inject } from '@nestjs/common';
import { z } from 'zod';
import { CLOCK, type Clock } from '../../config/clock.js';
import { Roles } from '../auth/roles.js';
import { inForce, isInForce, type Policy } from '../domain/policy/policy.js';
import { Documented } from '../http/openapi.js';
import { pageFields, pageOf, type Page } from '../http/page.js';
import { ZodQuery } from '../http/zod.js';
import { Policies } from '../policies.js';

const query = z.strictObject({ ...pageFields, area: z.string().max(32).optional() });

type Shown = Omit<Policy, 'validFrom' | 'validTo'> & {
  validFrom: string;
  validTo: string | null;
  publishedAt: string;
  /** Of one area the newest version in force speaks; the others wait, are superseded, or have ended. */
  state: 'ahead' | 'in-force' | 'superseded' | 'ended';
};

/** The published rules, as everybody may read them. */
@Controller('policies')
export class PoliciesController {
  constructor(
    private readonly policies: Policies,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Get()
  @Roles('tracer', 'head', 'admin', 'auditor', 'owner', 'citizen', 'gate', 'checkpoint')
  @Documented({ summary: 'Every published version of every policy', query })
  list(@ZodQuery(query) { limit, after, area }: z.output<typeof query>): Page<Shown> {
    const wanted = this.policies.all
      .filter((policy) => area === undefined || policy.area === area)
      .filter((policy) => keyOf(policy) > after)
      .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    return pageOf(
      wanted.slice(0, limit + 1).map((one) => this.show(one)),
      limit,
      keyOf,
    );
  }

  private show(policy: Policy): Shown {
    const { validFrom, validTo, ...rest } = policy;
    return {
      ...rest,
      validFrom: iso(validFrom),
      validTo: validTo === null ? null : iso(validTo),
      publishedAt: iso(this.policies.publishedAt(policy)),
      state: this.stateOf(policy),
    };
  }

  private stateOf(policy: Policy): Shown['state'] {
    const nowMs = this.now();
    if (nowMs < policy.validFrom) return 'ahead';
    if (!isInForce(policy, nowMs)) return 'ended';
    return inForce(this.policies.inArea(policy.area), nowMs) === policy ? 'in-force' : 'superseded';
  }
}

const iso = (ms: number): string => new Date(ms).toISOString();

const keyOf = ({ id, version }: { id: string; version: string }): string => `${id}|${version}`;
