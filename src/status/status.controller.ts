import { Controller, Get, Param } from '@nestjs/common';
import { z } from 'zod';
import { Graph } from '../../graph/graph.js';
import { Roles, Who, type Caller } from '../auth/roles.js';
import { neutralTimezone } from '../domain/policy/contact.js';
import type { Source } from '../domain/policy/source.js';
import { readInstant } from '../domain/files/instant.js';
import type { CitizenStatus } from '../events.js';
import { Documented } from '../http/openapi.js';
import { idList, type Page } from '../http/page.js';
import { Problem } from '../http/problem.js';
import { ReadsPerson } from '../http/reads.js';
import { ZodQuery } from '../http/zod.js';
import { Scope } from '../people/scope.js';
import { unitCode } from '../units/unit.js';
import { showToCitizen } from '../told-statuses.js';
import { Explanations, type Explanation } from './explanation.js';
import { ownPerson } from './own-person.js';
import { showToStaff, type StaffStatus } from './show.js';
import { Statuses } from './statuses.service.js';

/** An instant with an offset, or a date, which is the start of that day in Vietnam (SPEC section 5). */
const instant = z.string().transform((text, context) => {
  const ms = readInstant(text, neutralTimezone);
  if (ms !== undefined) return ms;
  context.addIssue('expected an instant with an offset, or a date');
  return z.NEVER;
});

const query = z.strictObject({ area: unitCode.optional(), at: instant.optional() });

const severalQuery = z.strictObject({ ids: idList });

const place = z.strictObject({ area: unitCode.optional() });

/** One's own colour with the policy that spoke, and what its rule rests on. */
type OwnStatus = CitizenStatus & { policy: { id: string; version: string } | null; document: Source | null };

/** What colour somebody has, why, and until when. */
@Controller()
export class StatusController {
  constructor(
    private readonly statuses: Statuses,
    private readonly explanations: Explanations,
    private readonly scope: Scope,
    private readonly graph: Graph,
  ) {}

  @Get('people/:id/status')
  @Roles('tracer', 'head', 'admin', 'auditor')
  @ReadsPerson((answer: StaffStatus) => [answer.person])
  @Documented({ summary: 'The colour of a person, for an area and at an instant: past ones as they were then', query })
  async of(
    @Param('id') id: string,
    @ZodQuery(query) { area, at }: z.output<typeof query>,
    @Who() caller: Caller,
  ): Promise<StaffStatus> {
    await this.scope.get(caller, id);
    const status = await this.statuses.of(id, { area, atMs: at });
    if (!status) throw new Problem(404, 'person-unknown', 'There is no such person.');
    return showToStaff(status);
  }

  @Get('statuses')
  @Roles('tracer', 'head', 'admin', 'auditor')
  @ReadsPerson(({ items }: Page<StaffStatus>) => items.map(({ person }) => person))
  @Documented({ summary: 'The colours of several people now, by internal ids', query: severalQuery })
  async several(
    @ZodQuery(severalQuery) { ids }: z.output<typeof severalQuery>,
    @Who() caller: Caller,
  ): Promise<Page<StaffStatus>> {
    const known = await this.scope.getAll(caller, ids);
    const statuses = await this.statuses.current(known.map(({ id }) => id));
    return { items: statuses.map(showToStaff), next: null };
  }

  @Get('people/:id/explanation')
  @Roles('tracer', 'head', 'admin', 'auditor')
  @ReadsPerson(({ person, evidence }: Explanation) => [
    ...new Set([person, ...evidence.flatMap(({ chain }) => chain?.flatMap((link) => [link.person, link.via]) ?? [])]),
  ])
  @Documented({
    summary: 'Why a person has a colour: rule, document, evidence chain and versions, as it was then',
    query,
  })
  async explain(
    @Param('id') id: string,
    @ZodQuery(query) { area, at }: z.output<typeof query>,
    @Who() caller: Caller,
  ): Promise<Explanation> {
    await this.scope.get(caller, id);
    const status = await this.statuses.of(id, { area, atMs: at });
    if (!status) throw new Problem(404, 'person-unknown', 'There is no such person.');
    return this.explanations.of(status, status.unit ?? null);
  }

  @Get('me/status')
  @Roles('citizen')
  @Documented({
    summary: 'One’s own colour, here or elsewhere, with its reasons, document and next change',
    query: place,
  })
  async mine(@Who() caller: Caller, @ZodQuery(place) { area }: z.output<typeof place>): Promise<OwnStatus> {
    const person = await ownPerson(this.graph, caller);
    const status = person === undefined ? undefined : await this.statuses.of(person, { area });
    if (!status) throw new Problem(404, 'no-person', 'This account has no person yet: ask for its card first.');
    const { policy, document } = this.explanations.sourceOf(status);
    return { ...showToCitizen(status), policy: policy && { id: policy.id, version: policy.version }, document };
  }
}
