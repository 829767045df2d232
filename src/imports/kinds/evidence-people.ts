import { Injectable } from '@nestjs/common';
import { Vault } from '../../../config/vault.js';
import { Graph } from '../../../graph/graph.js';
import { whoColumns } from '../../domain/files/evidence.js';
import { agreeing } from '../../domain/identity/agreeing.js';
import { bornExpected, isBornBy } from '../../domain/identity/birth-date.js';
import { systemNames } from '../../domain/identity/identifiers.js';
import { personFields, type PersonFields } from '../../domain/identity/person.js';
import { matchAny, strongOf, type KnownPerson } from '../../domain/identity/register.js';
import { Registrations } from '../../people/registration.service.js';
import { keyOf, openPerson } from '../../people/sealed.js';
import type { Row } from '../table.js';
import type { Why } from '../tally.js';
import { firstFault, shown } from './values.js';

/** Whom a row is about, as it says. */
export interface Who {
  fields: PersonFields;
}

/** The person a row is about and how many of its identifiers are theirs; or it contradicts people who are known. */
export type Found = { person: string; agreeing: number } | { conflict: true };

/** Reads whom a row is about: at least one identifier that belongs to one person. */
export function readWho({ by }: Row, nowMs: number): Who | { why: Why } {
  const given = Object.fromEntries(
    ['name', 'birthDate', 'phone'].filter((name) => by[name]).map((name) => [name, by[name]]),
  );
  const identifiers = systemNames.flatMap((system) => {
    const value = by[system === 'import' ? 'person' : system] ?? '';
    return value === '' || system === 'phone' ? [] : [{ system, value }];
  });
  const { success, data, error } = personFields.safeParse({ ...given, identifiers });
  if (success && data.birthDate !== undefined && !isBornBy(data.birthDate, nowMs)) {
    return { why: { column: 'birthDate', expected: bornExpected, got: shown(by['birthDate']), reason: 'in-future' } };
  }
  if (success && strongOf(data).length > 0) return { fields: data };
  if (success || identifiers.length === 0) return { why: nobody };
  const [field, at] = error.issues[0]?.path ?? [];
  if (field !== 'identifiers' || typeof at !== 'number') return { why: firstFault(error, by) };
  const system = identifiers[at]!.system;
  const column = system === 'import' ? 'person' : system;
  return { why: { ...firstFault(error, by), column, got: shown(by[column]) } };
}

/** Somebody else made the person at the same moment: how they are described there nobody has seen. */
const nothing: PersonFields = { identifiers: [] };

const nobody: Why = {
  column: 'person',
  expected: `one of ${whoColumns.filter((name) => !['phone', 'name', 'birthDate'].includes(name)).join(', ')}`,
  got: 'nothing',
  reason: 'bad-value',
};

/** Finds the people of a part of a file; who is not known is made, and who is contradicted goes to the repair queue. */
@Injectable()
export class EvidencePeople {
  constructor(
    private readonly graph: Graph,
    private readonly vault: Vault,
    private readonly registrations: Registrations,
  ) {}

  /** In the order of the rows. What a file of evidence says of people who are known is compared, never added to them. */
  async find(rows: Who[], unit: string | undefined): Promise<Found[]> {
    const holders = await this.holdersOf(rows);
    const found = rows.map(({ fields }) => this.compare(fields, holders));
    const left = found.flatMap((one, at) => (one ? [] : [at]));
    const records = left.map((at) => rows[at]!.fields);
    const outcomes = left.length ? await this.registrations.register(records, { verified: false, unit }) : [];
    const made = new Map<string, PersonFields>();
    for (const [index, outcome] of outcomes.entries()) {
      const at = left[index]!;
      if (outcome.outcome === 'conflict') found[at] = { conflict: true };
      else found[at] = { person: outcome.person, agreeing: this.agreeingWith(made, outcome, rows[at]!.fields) };
    }
    return found as Found[];
  }

  /** Whoever a row made is described by it; the rows after it are compared with that, as those of a later part are. */
  private agreeingWith(
    made: Map<string, PersonFields>,
    { outcome, person }: { outcome: string; person: string },
    given: PersonFields,
  ): number {
    const known = outcome === 'created' ? given : (made.get(person) ?? nothing);
    if (!made.has(person)) made.set(person, known);
    return agreeing(known, given);
  }

  private compare(given: PersonFields, holders: Map<string, Map<string, KnownPerson>>): Found | undefined {
    const people = new Map(strongOf(given).flatMap((each) => [...(holders.get(keyOf(this.vault, each)) ?? [])]));
    const [one] = people.values();
    if (!one || people.size > 1 || matchAny(one, given).verdict === 'mismatched') return undefined;
    const each = [one.fields, ...(one.records ?? [])].map((fields) => agreeing(fields, given));
    return { person: one.id, agreeing: Math.max(...each) };
  }

  /** Everybody who is known by an identifier of these rows, by that identifier. */
  private async holdersOf(rows: Who[]): Promise<Map<string, Map<string, KnownPerson>>> {
    const keys = [...new Set(rows.flatMap(({ fields }) => strongOf(fields).map((each) => keyOf(this.vault, each))))];
    const stored = keys.length ? await this.graph.read('people/by_identifiers', { keys }) : [];
    const holders = new Map<string, Map<string, KnownPerson>>();
    for (const person of stored.map((one) => openPerson(this.vault, one))) {
      for (const each of strongOf(person.fields)) {
        const key = keyOf(this.vault, each);
        holders.set(key, (holders.get(key) ?? new Map<string, KnownPerson>()).set(person.id, person));
      }
    }
    return holders;
  }
}
