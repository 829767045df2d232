import { Inject, Injectable } from '@nestjs/common';
import { setTimeout } from 'node:timers/promises';
import { CLOCK, type Clock } from '../../config/clock.js';
import { newId } from '../../config/ids.js';
import { Vault } from '../../config/vault.js';
import { Graph, isTaken, step, type Step } from '../../graph/graph.js';
import type { StoredPerson } from '../../graph/queries/people.js';
import { systemOf, type Identifier } from '../domain/identity/identifiers.js';
import { enrich } from '../domain/identity/match.js';
import type { PersonFields } from '../domain/identity/person.js';
import { register, strongOf, type KnownPerson, type Outcome, type Registered } from '../domain/identity/register.js';
import { repairOf, type RepairRow } from './repairs.js';
import { keyOf, knownBy, openPerson, ownPart, sealFields } from './sealed.js';
import { Snapshots } from './snapshots.js';
import { Suggestions } from './suggestions.js';

/** Records that become people in one transaction (DESIGN section 3: 1,000 to 5,000 rows a write). */
const batchSize = 2_000;

/** How often a batch starts over because somebody else changed the same people meanwhile (assumption). */
const maxTries = 50;

/** The longest pause before the second try, growing with each further one: crossing batches drift apart (assumption). */
const pauseMs = 10;

/** What a source is trusted with: whether its people count as verified, and the unit its new people live in. */
export interface Source {
  verified: boolean;
  unit?: string | undefined;
}

/** What became of a record; a contradiction waits under `repair` for somebody to decide. */
export type Registration = Outcome & { repair?: string };

/** Somebody else changed a person, or took an identifier, between reading and writing. */
class Raced extends Error {}

/** Makes people of records, or links the records to people who are known (SPEC section 3). */
@Injectable()
export class Registrations {
  constructor(
    private readonly graph: Graph,
    private readonly vault: Vault,
    private readonly snapshots: Snapshots,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /**
   * Takes records in their order and answers in that order. Safe to repeat, and beside others who do the same: a
   * strong identifier leads to one person, whoever was first.
   */
  async register(records: PersonFields[], source: Source): Promise<Registration[]> {
    const done: Registration[] = [];
    for (let at = 0; at < records.length; at += batchSize) {
      done.push(...(await this.registerBatch(records.slice(at, at + batchSize), source)));
    }
    return done;
  }

  /**
   * The people behind ids as files write them, made when first seen: unverified, and known by that id alone (SPEC 12).
   * Holds them all at once, so hand over a part of a file at a time.
   */
  async ensureImported(values: string[]): Promise<Map<string, string>> {
    const keys = new Map(values.map((value) => [keyOf(this.vault, { system: 'import', value }), value]));
    const found = await this.graph.read('people/ids_by_identifiers', { keys: [...keys.keys()] });
    const people = new Map(found.map(({ key, id }) => [keys.get(key)!, id]));
    const missing = [...keys.values()].filter((value) => !people.has(value));
    const records = missing.map((value): PersonFields => ({ identifiers: [{ system: 'import', value }] }));
    const made = await this.register(records, { verified: false });
    for (const [at, outcome] of made.entries()) {
      if (outcome.outcome !== 'conflict') people.set(missing[at]!, outcome.person);
    }
    return people;
  }

  private async registerBatch(records: PersonFields[], source: Source): Promise<Registration[]> {
    return this.untilUnraced(async (tries) => {
      const stored = await this.holdersOf(records);
      const known = stored.map((each) => openPerson(this.vault, each));
      const decided = register(known, records, { newId, verified: source.verified });
      const leads = leadsOf(known);
      const keys = new Map(stored.map(({ id, key }) => [id, key!]));
      const byId = new Map(stored.map((each) => [each.id, each]));
      for (const { id } of decided.created) keys.set(id, this.vault.newPersonKey());
      return this.save({ ...decided, records, keys, stored: byId, leads, source, isFirstTry: tries === 1 });
    });
  }

  /**
   * Adds a record to one person, as somebody decided who looked at both: what contradicts stays as it is known, and
   * identifiers of other people stay theirs.
   */
  async attach(record: PersonFields, person: string): Promise<void> {
    await this.untilUnraced(async () => {
      const [stored] = await this.graph.read('people/by_id', { id: person });
      if (!stored?.key) return;
      const known = openPerson(this.vault, stored);
      const identifiers = await this.freeOf(record, stored.id);
      const changed = { ...known, verified: true, fields: enrich(known.fields, { ...record, identifiers }) };
      const leads = leadsOf([known]);
      const [keys, byId] = [new Map([[stored.id, stored.key]]), new Map([[stored.id, stored]])];
      const decided = { outcomes: [], created: [], changed: [changed], isFirstTry: false };
      await this.save({ ...decided, records: [], keys, stored: byId, leads, source: { verified: true } });
    });
  }

  /**
   * Queues a record that contradicts whoever is known by its papers, such as a card shown at a gate under another name.
   * One that fits changes nobody: it proves nothing.
   */
  async queueConflict(record: PersonFields): Promise<void> {
    const stored = await this.holdersOf([record]);
    const known = stored.map((each) => openPerson(this.vault, each));
    const [outcome] = register(known, [record], { newId, verified: false }).outcomes;
    const keys = new Map(stored.map(({ id, key }) => [id, key!]));
    const row = outcome && repairOf(this.vault, { record, outcome, keys });
    if (row) await this.graph.write('people/queue_repair', { rows: [row], atMs: this.now() });
  }

  /** Makes a person of a record without the identifiers that belong to somebody; what of it is left must name one. */
  async registerApart(record: PersonFields, source: Source): Promise<Registration> {
    const identifiers = await this.freeOf(record, undefined);
    const [made] = await this.register([{ ...record, identifiers }], source);
    return made!;
  }

  /** The identifiers of a record that nobody else is known by; the weak ones are everybody's. */
  private async freeOf({ identifiers }: PersonFields, person: string | undefined): Promise<Identifier[]> {
    const keys = identifiers.map((each) => keyOf(this.vault, each));
    const same = person === undefined ? [] : await this.graph.read('people/same', { ids: [person] });
    const own = new Set(same.map(({ id }) => id));
    const held = await this.graph.read('people/ids_by_identifiers', { keys });
    const taken = new Set(held.filter(({ id }) => !own.has(id)).map(({ key }) => key));
    return identifiers.filter((each) => !systemOf(each.system).strong || !taken.has(keyOf(this.vault, each)));
  }

  /** Starts over when somebody else changed the same people between reading and writing. */
  private async untilUnraced<T>(work: (tries: number) => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await work(tries);
      } catch (error) {
        if (!(error instanceof Raced) || tries === maxTries) throw error;
        await setTimeout(Math.random() * pauseMs * tries);
      }
    }
  }

  private async holdersOf(records: PersonFields[]): Promise<StoredPerson[]> {
    const keys = new Set(records.flatMap(strongOf).map((each) => keyOf(this.vault, each)));
    return keys.size ? this.graph.read('people/by_identifiers', { keys: [...keys] }) : [];
  }

  /** Writes a whole batch or nothing. Throws {@link Raced} when what was read has changed since. */
  private async save(batch: Batch): Promise<Registration[]> {
    const changed = batch.changed.map((person) => this.changeRow(person, batch.stored.get(person.id)!));
    const repairs = batch.outcomes.map((outcome, at) =>
      repairOf(this.vault, { record: batch.records[at]!, outcome, keys: batch.keys }),
    );
    const queue = repairs.filter((row) => row !== undefined);
    if (changed.length + batch.created.length + queue.length === 0) return batch.outcomes;

    const queued = await this.write(batch, changed, queue);
    await this.snapshots.forget(changed.map(({ id }) => id));
    return batch.outcomes.map((outcome, at) => {
      const row = repairs[at];
      return row ? { ...outcome, repair: queued.get(row.key) ?? row.id } : outcome;
    });
  }

  /** One transaction; the ids under which contradictions wait, by their keys. */
  private async write(batch: Batch, changed: ChangeRow[], queue: RepairRow[]): Promise<Map<string, string>> {
    const atMs = this.now();
    const suggestions = new Suggestions(this.vault, [...batch.created, ...batch.changed], atMs);
    const steps = [
      step('people/create', { rows: batch.created.map((person) => this.createRow(person, batch)), atMs }),
      step('people/change', { rows: changed.sort(byId) }),
      step('people/queue_repair', { rows: queue, atMs }),
      ...this.knowSteps(batch),
      ...suggestions.steps,
    ];
    const check = ([, written = [], , taken = []]: unknown[][]) => {
      if (written.length < changed.length || taken.length > 0) throw new Raced('people changed meanwhile');
    };
    const rows = await this.graph.writeAll(steps, check).catch((error: unknown) => {
      throw isTaken(error) ? new Raced('an identifier was taken meanwhile') : error;
    });
    await suggestions.look(this.graph);
    return new Map((rows[2] as { key: string; id: string }[]).map(({ key, id }) => [key, id]));
  }

  private createRow({ id, verified, fields }: KnownPerson, { keys, source }: Batch) {
    const key = keys.get(id)!;
    return { id, key, ...sealFields(this.vault, key, fields), verified, unit: source.unit ?? null };
  }

  private changeRow(person: KnownPerson, stored: StoredPerson): ChangeRow {
    const { id, version } = person;
    const { verified, fields } = ownPart(this.vault, stored, person);
    return { id, version, ...sealFields(this.vault, stored.key!, fields), verified };
  }

  /**
   * Makes identifiers lead to their people. Those that led to nobody are made outright, which costs half of looking for
   * them again; where somebody took one meanwhile the batch starts over, and looks. All in one order for everybody, so
   * that two batches do not wait for each other in a circle.
   */
  private knowSteps({ created, changed, leads, isFirstTry }: Batch): Step[] {
    const people = [...created, ...changed].map((person) => {
      const identifiers = person.fields.identifiers.filter((each) => !leads.has(leadOf(person.id, each)));
      return { person: person.id, rows: knownBy(this.vault, { ...person, fields: { identifiers } }) };
    });
    const all = people.flatMap(({ rows }) => rows).sort(byKey);
    if (!isFirstTry) return [step('people/know', { rows: all })];
    const fresh = people.flatMap(({ person, rows }) => {
      const made = rows.filter(({ strong }) => strong).map(({ key, system }) => ({ key, system }));
      return made.length > 0 ? [{ person, fresh: made.sort(byKey) }] : [];
    });
    fresh.sort((a, b) => byKey(a.fresh[0]!, b.fresh[0]!));
    const shared = all.filter(({ strong }) => !strong).map(({ person, key, system }) => ({ person, key, system }));
    return [step('people/know_fresh', { rows: fresh }), step('people/know_shared', { rows: shared })];
  }
}

/** A batch with all that was decided about it. */
type Batch = Registered & {
  records: PersonFields[];
  /** The wrapped key of everybody it touches. */
  keys: Map<string, string>;
  /** Who was known, as they lie in the graph. */
  stored: Map<string, StoredPerson>;
  /** The identifiers that lead to their people already. */
  leads: Set<string>;
  source: Source;
  /** Nothing stood in the way so far. */
  isFirstTry: boolean;
};

const leadOf = (person: string, { system, value }: Identifier) => `${person} ${system}:${value}`;

const leadsOf = (known: KnownPerson[]): Set<string> =>
  new Set(known.flatMap(({ id, fields }) => fields.identifiers.map((each) => leadOf(id, each))));

type ChangeRow = { id: string; version: number; sealed: string; nameKeys: string; verified: boolean };

const byKey = (a: { key: string }, b: { key: string }) => (a.key < b.key ? -1 : 1);
const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
