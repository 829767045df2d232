import { Inject, Injectable } from '@nestjs/common';
import { Cards } from '../../config/cards.js';
import { CLOCK, type Clock } from '../../config/clock.js';
import { neutralAdmission } from '../domain/admission.js';
import { inForce } from '../domain/policy/policy.js';
import type { Hello } from '../events.js';
import { Policies } from '../policies.js';
import type { Door } from './doors.js';
import { Headcounts } from './headcounts.js';
import { Revoked } from './revoked.js';

/** What a gate is told first: all that it decides with while it is offline (API.md, `hello`). */
@Injectable()
export class Greeting {
  constructor(
    private readonly headcounts: Headcounts,
    private readonly revoked: Revoked,
    private readonly cards: Cards,
    private readonly policies: Policies,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  of({ venue: id, name, kind, unit, capacity, zones }: Door): Hello {
    const nowMs = this.now();
    const policy = inForce(this.policies.of(unit), nowMs);
    const rules = policy?.admission ?? neutralAdmission;
    return {
      serverTime: new Date(nowMs).toISOString(),
      venue: { id, name, kind, ...(capacity !== null && { capacity }) },
      zones,
      inside: this.headcounts.inside(id),
      keys: this.cards.publicKeys(),
      revoked: this.revoked.list(),
      policy: policy ? { id: policy.id, version: policy.version } : null,
      admission: rules[kind] ?? rules.other,
    };
  }
}
