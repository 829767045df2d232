import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { CLOCK, type Clock } from '../../config/clock.js';
import { Vault } from '../../config/vault.js';
import { Graph, type RowOf } from '../../graph/graph.js';
import { repairKinds, repairStates, type StoredRepair } from '../../graph/queries/repairs.js';
import type { Caller } from '../auth/roles.js';
import { strongOf, type Reason } from '../domain/identity/register.js';
import type { PersonFields } from '../domain/identity/person.js';
import { pageFields, pageOf, type Page } from '../http/page.js';
import { Problem } from '../http/problem.js';
import { Units } from '../units/units.service.js';
import { People, type Person } from './people.service.js';
import { Registrations } from './registration.service.js';
import { SamePeople } from './same.service.js';

export const repairQuery = z.strictObject({
  ...pageFields,
  state: z.enum(repairStates).default('open'),
  kind: z.enum(repairKinds).optional(),
});

const person = z.string().min(1).max(64);

/** Longer than carrying out a decision takes (assumption). */
const claimMs = 60_000;

/**
 * What an officer decides. `link`: the record is this person's. `merge`: the people are one, who counts as `into`, and
 * the record is theirs. `new`: the record is somebody else's. `dismiss`: nothing follows.
 */
export const decision = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('link'), person }),
  z.strictObject({ decision: z.literal('merge'), into: person, reason: z.string().min(1).max(500) }),
  z.strictObject({ decision: z.literal('new') }),
  z.strictObject({ decision: z.literal('dismiss') }),
]);
export type Decision = z.output<typeof decision>;

/** What waits for a decision as officers see it: the record, the people it is about, and how they compare. */
export interface ShownRepair {
  id: string;
  kind: StoredRepair['kind'];
  state: StoredRepair['state'];
  createdAt: string;
  record: PersonFields | null;
  people: (PersonFields & { id: string })[];
  reasons: { person: string; verdict: string; fields?: string[] }[];
  decided: { decision: string; by: string; at: string } | null;
}

/** The repair queue and the suggestions (SPEC section 3): shown with their reasons, decided by a person. */
@Injectable()
export class Decisions {
  constructor(
    private readonly graph: Graph,
    private readonly vault: Vault,
    private readonly people: People,
    private readonly units: Units,
    private readonly registrations: Registrations,
    private readonly same: SamePeople,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async list({ unit }: Caller, query: z.output<typeof repairQuery>): Promise<Page<ShownRepair>> {
    const { state, kind = null, limit, after } = query;
    const units = unit === undefined ? null : await this.units.within(unit);
    const rows = await this.graph.read('repairs/list', { units, state, kind, after, limit: limit + 1 });
    const { items, next } = pageOf(rows, limit, ({ id }) => id);
    return { items: await this.show(items), next };
  }

  async get(caller: Caller, id: string): Promise<ShownRepair> {
    const [shown] = await this.show([await this.stored(caller, id)]);
    return shown!;
  }

  /** Does what was decided and remembers it; of two officers at once one decides. */
  async decide(caller: Caller, id: string, by: Decision): Promise<{ person: string | null; merges: string[] }> {
    const stored = await this.stored(caller, id);
    if (stored.state !== 'open') throw new Problem(409, 'decided-already', 'Somebody has decided this before.');
    const record = this.recordOf(stored);
    const roots = [...new Set(stored.people.map(({ root }) => root))];
    refuseUnfit(by, { record, roots });
    const state = by.decision === 'dismiss' ? 'dismissed' : 'decided';
    const terms = { id, state, decision: by.decision, by: caller.id, atMs: this.now() } as const;
    const done = await this.claimed(id, () => this.carryOut(by, { record, roots, caller }));
    const [decided] = await this.graph.write('repairs/decide', terms);
    if (!decided) throw meanwhile();
    return done;
  }

  /** Does something while nobody else can, and lets others if it cannot be done. */
  private async claimed<T>(id: string, work: () => Promise<T>): Promise<T> {
    const atMs = this.now();
    const untilMs = atMs + claimMs;
    const [mine] = await this.graph.write('repairs/claim', { id, atMs, untilMs });
    if (!mine) throw meanwhile();
    return work().catch(async (error: unknown) => {
      await this.graph.write('repairs/release', { id, untilMs });
      throw error;
    });
  }

  private async carryOut(by: Decision, { record, roots, caller }: Asked) {
    switch (by.decision) {
      case 'link':
        await this.registrations.attach(record!, by.person);
        return { person: by.person, merges: [] };
      case 'merge':
        return this.merge(by, { record, roots, caller });
      case 'new': {
        const made = await this.registrations.registerApart(record!, { verified: false, unit: caller.unit });
        return { person: made.outcome === 'conflict' ? null : made.person, merges: [] };
      }
      case 'dismiss':
        return { person: null, merges: [] };
    }
  }

  private async merge({ into, reason }: { into: string; reason: string }, { record, roots, caller }: Asked) {
    const merges: string[] = [];
    for (const other of roots.filter((root) => root !== into)) {
      merges.push(await this.same.link({ person: other, into, reason, by: caller }));
    }
    if (record) await this.registrations.attach(record, into);
    return { person: into, merges };
  }

  /** One of the caller's own unit; 404 otherwise. */
  private async stored({ unit }: Caller, id: string): Promise<RowOf<'repairs/by_id'>> {
    const [stored] = await this.graph.read('repairs/by_id', { id });
    const known = stored ? await Promise.all(stored.units.map((one) => this.units.mayKnow(unit, one))) : [false];
    if (!stored || known.includes(false))
      throw new Problem(404, 'repair-unknown', 'There is nothing of this id to decide.');
    return stored;
  }

  /** The people of a whole page are read at once. */
  private async show(rows: StoredRepair[]): Promise<ShownRepair[]> {
    const roots = [...new Set(rows.flatMap(({ people }) => people.map(({ root }) => root)))];
    const known = new Map((await this.people.getAll(roots)).map((person) => [person.id, person]));
    return rows.map((row) => this.shownOf(row, known));
  }

  private shownOf(row: StoredRepair, known: Map<string, Person>): ShownRepair {
    const roots = [...new Set(row.people.map(({ root }) => root))];
    const people = roots.map((id) => known.get(id));
    const rootOf = new Map(row.people.map(({ id, root }) => [id, root]));
    const reasons = JSON.parse(row.reasons) as Reason[];
    const { decision: decided, decidedBy: by, decidedAtMs } = row;
    return {
      id: row.id,
      kind: row.kind,
      state: row.state,
      createdAt: iso(row.createdAtMs),
      record: this.recordOf(row),
      people: people.flatMap((one) => (one ? [{ id: one.id, ...one.fields }] : [])),
      reasons: reasons.map(({ person: id, found }) => ({ person: rootOf.get(id) ?? id, ...found })),
      decided:
        decided === null || by === null || decidedAtMs === null
          ? null
          : { decision: decided, by, at: iso(decidedAtMs) },
    };
  }

  private recordOf({ key, sealed }: StoredRepair): PersonFields | null {
    return key === null || sealed === null ? null : (this.vault.openFor(key, sealed) as PersonFields);
  }
}

interface Asked {
  record: PersonFields | null;
  roots: string[];
  caller: Caller;
}

/** A decision that cannot be carried out on this, told before anything is changed. */
function refuseUnfit(by: Decision, { record, roots }: Omit<Asked, 'caller'>): void {
  const named = by.decision === 'link' ? by.person : by.decision === 'merge' ? by.into : undefined;
  if (named !== undefined && !roots.includes(named)) {
    throw unfit(by.decision === 'link' ? 'person' : 'into', 'one of the people this is about');
  }
  if (by.decision === 'merge' && roots.length < 2)
    throw unfit('decision', 'link, new or dismiss, for there is one person');
  if (record === null && (by.decision === 'link' || by.decision === 'new')) {
    throw unfit('decision', 'merge or dismiss, for there is no record to keep');
  }
  if (by.decision === 'new' && record!.name === undefined && strongOf(record!).length < 2) {
    throw unfit('decision', 'link or dismiss: without its identifier the record names nobody');
  }
}

const meanwhile = (): Problem => new Problem(409, 'decided-already', 'Somebody has decided this at the same moment.');

const unfit = (path: string, expected: string): Problem =>
  new Problem(422, 'bad-input', 'This cannot be decided so.', { errors: [{ path, expected, got: 'another value' }] });

const iso = (ms: number): string => new Date(ms).toISOString();
