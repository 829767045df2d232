import { Controller, Get } from '@nestjs/common';
import { Roles, Who, type Caller } from '../auth/roles.js';
import { Documented } from '../http/openapi.js';
import { People } from '../people/people.service.js';
import { Explanations, type PastColour } from '../status/explanation.js';
import { OwnData } from './own-data.service.js';
import { OwnRecord } from './own-record.js';

/** Who somebody is, as a page shows it to them. */
interface Me {
  id: string;
  name: string | null;
  birthDate: string | null;
  /** Whether a desk knows who it is. */
  verified: boolean;
  unit: string | null;
}

/** What is known of a citizen, as they may see it. */
@Controller('me')
@Roles('citizen')
export class RecordsController {
  constructor(
    private readonly own: OwnRecord,
    private readonly people: People,
    private readonly data: OwnData,
    private readonly explanations: Explanations,
  ) {}

  @Get()
  @Documented({ summary: 'Who one is, as far as the system knows; the first time makes the person of the account' })
  async me(@Who() caller: Caller): Promise<Me> {
    const id = await this.own.ensure(caller);
    const person = await this.people.get(id);
    const { name = null, birthDate = null } = person?.fields ?? {};
    return { id, name, birthDate, verified: person?.verified ?? false, unit: person?.unit ?? null };
  }

  @Get('evidence')
  @Documented({ summary: 'The facts that are known of one: tests, doses, recoveries, quarantines, overrides' })
  async records(@Who() caller: Caller) {
    return { items: await this.data.evidence(await this.own.find(caller), caller) };
  }

  @Get('history')
  @Documented({ summary: 'The colours one had, newest first, whenever what is known changed' })
  async history(@Who() caller: Caller): Promise<{ items: PastColour[] }> {
    return { items: await this.explanations.history(await this.own.find(caller)) };
  }
}
