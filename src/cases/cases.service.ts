import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/clock.js';
import { newId } from '../../config/ids.js';
import { Graph, step, type Step } from '../../graph/graph.js';
import type { StoredCase } from '../../graph/queries/cases.js';
import type { Caller } from '../auth/roles.js';
import { contactOf, policyOf } from '../case-contact.js';
import { isClosed } from '../case-state.js';
import { LocalDays } from '../domain/exposure/local-days.js';
import { infectiousWindow } from '../domain/exposure/windows.js';
import { Problem } from '../http/problem.js';
import { People, type Person } from '../people/people.service.js';
import { Policies } from '../policies.js';
import { Units } from '../units/units.service.js';
import type { CaseChange, NewCase } from './bodies.js';
import { CaseWriter } from './case-writer.js';
import type { CaseRule } from './shown.js';

/** How far ahead of our clock what happened may be (SPEC 12: 5 minutes). */
const aheadMs = 5 * 60_000;

/** Cases as tracers confirm, amend and retract them; everything derived follows (SPEC section 5). */
@Injectable()
export class Cases {
  constructor(
    private readonly graph: Graph,
    private readonly people: People,
    private readonly units: Units,
    private readonly policies: Policies,
    private readonly writer: CaseWriter,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async confirm(body: NewCase, by: Caller): Promise<string> {
    const person = await this.personOf(body.person, by);
    this.refuseAhead(body);
    const id = newId();
    const { onset = null, sampledAt = null, isolatedAt = null } = body;
    const row = { id, person: person.id, unit: by.unit ?? null, onset, sampledAt, isolatedAt };
    const create = step('cases/create', { rows: [row], atMs: this.now() });
    await this.write(create, id, { person: person.id, isolates: isolatedAt !== null });
    return id;
  }

  async amend(id: string, change: CaseChange, by: Caller): Promise<StoredCase> {
    const stored = await this.get(id, by);
    if (stored.retractedAt !== null) throw new Problem(409, 'retracted', 'This case has been retracted.');
    if (isClosed(stored, this.now())) throw new Problem(409, 'closed', 'The stays of this case are no longer kept.');
    this.refuseAhead(change);
    const { onset = stored.onset, sampledAt = stored.sampledAt, isolatedAt = stored.isolatedAt } = change;
    if (onset === null && sampledAt === null) throw undated();
    const rows = [{ id, onset, sampledAt, isolatedAt }];
    const touched = { person: stored.person, isolates: isolatedAt !== stored.isolatedAt };
    await this.write(step('cases/amend', { rows, atMs: this.now() }), id, touched);
    return this.get(id, by);
  }

  async retract(id: string, reason: string, by: Caller): Promise<StoredCase> {
    const stored = await this.get(id, by);
    if (stored.retractedAt !== null) throw new Problem(409, 'retracted', 'This case has been retracted before.');
    const touched = { person: stored.person, isolates: stored.isolatedAt !== null };
    await this.write(step('cases/retract', { id, reason, atMs: this.now() }), id, touched);
    return this.get(id, by);
  }

  /** A case the caller may know of; 404 otherwise. */
  async get(id: string, { unit }: Caller): Promise<StoredCase> {
    const [stored] = await this.graph.read('cases/by_ids', { ids: [id] });
    if (!stored || !(await this.units.mayKnow(unit, stored.unit))) {
      throw new Problem(404, 'not-found', 'There is no such case, or it is not yours to see.');
    }
    return stored;
  }

  async list(
    query: { state: 'open' | 'retracted' | 'all'; limit: number; after: string },
    { unit }: Caller,
  ): Promise<StoredCase[]> {
    const units = unit === undefined ? null : await this.units.within(unit);
    const { state: states, after, limit } = query;
    return this.graph.read('cases/list', { units, states, after, limit: limit + 1 });
  }

  /** The rule a case is traced under, and the window it gives. */
  async ruleOf(stored: StoredCase): Promise<CaseRule> {
    const [policy, contact] = await Promise.all([policyOf(this.policies, stored), contactOf(this.policies, stored)]);
    const window = infectiousWindow(stored, contact, LocalDays.of(contact.timezone));
    const iso = (ms: number) => new Date(ms).toISOString();
    return {
      policy: policy ? { id: policy.id, version: policy.version } : null,
      infectious: window ? { from: iso(window.from), to: iso(window.to) } : null,
    };
  }

  /** The one person a text names, if the caller may know of them. */
  async personOf(text: string, { unit }: Caller): Promise<Person> {
    const found = await this.people.find(text);
    if (found.length > 1) throw new Problem(409, 'several-people', 'Several people are known by this: name one by id.');
    const [person] = found;
    if (person && (await this.units.mayKnow(unit, person.unit))) return person;
    throw new Problem(404, 'not-found', 'There is no such person, or they are not yours to see.');
  }

  private async write(
    change: Step,
    id: string,
    { person, isolates }: { person: string; isolates: boolean },
  ): Promise<void> {
    const touched = { cases: [id], people: [person], isolated: isolates ? [person] : [] };
    const changed = await this.writer.write(change, touched);
    if (changed === 0) throw new Problem(409, 'changed-meanwhile', 'Somebody changed this at the same moment.');
  }

  private refuseAhead(dates: CaseChange): void {
    const latest = this.now() + aheadMs;
    const errors = (['onset', 'sampledAt'] as const)
      .filter((path) => (dates[path] ?? 0) > latest)
      .map((path) => ({ path, expected: 'an instant at or before now', got: 'a later one' }));
    if (errors.length) throw new Problem(422, 'bad-input', 'What happened cannot lie ahead.', { errors });
  }
}

/** Nobody can tell when a case without a date was infectious. */
export function undated(): Problem {
  const errors = [{ path: 'onset', expected: 'an instant here or in sampledAt', got: 'null' }];
  return new Problem(422, 'bad-input', 'A case has an onset, or the instant of its sample.', { errors });
}
