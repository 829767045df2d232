import { systemOf, type Identifier } from './identifiers.js';
import { enrich, match, sameFields, type Verdict } from './match.js';
import type { PersonFields } from './person.js';

/** A person as the graph holds them; `version` 0 is one who is not there yet. */
export interface KnownPerson {
  id: string;
  version: number;
  /** Somebody saw a paper or a trusted source told of them; one who was only scanned is not (SPEC 4). */
  verified: boolean;
  fields: PersonFields;
  /** What each record of somebody says who has several, for an officer put them together. */
  records?: readonly PersonFields[];
}

/** Why a record was not linked: how it compares with each person who holds one of its strong identifiers. */
export interface Reason {
  person: string;
  found: Verdict;
}

/** What became of one record (SPEC 3). A conflict changes nobody: a person decides in the repair queue. */
export type Outcome =
  { outcome: 'created' | 'merged' | 'unchanged'; person: string } | { outcome: 'conflict'; reasons: Reason[] };

/** The outcomes in the order of the records, and the people to write. */
export interface Registered {
  outcomes: Outcome[];
  created: KnownPerson[];
  changed: KnownPerson[];
}

/**
 * Records one after the other against the people known so far, so that two records of a batch that share an
 * identifier are one person. `known` must hold everybody with a strong identifier of any record.
 */
export function register(
  known: KnownPerson[],
  records: PersonFields[],
  terms: { newId: () => string; verified: boolean },
): Registered {
  const registry = new Registry(known);
  const outcomes = records.map((record) => registry.add(record, terms));
  return { outcomes, ...registry.toWrite() };
}

class Registry {
  private readonly people = new Map<string, KnownPerson>();
  private readonly holders = new Map<string, Set<string>>();
  private readonly touched = new Set<string>();

  constructor(known: KnownPerson[]) {
    for (const person of known) this.keep(person);
  }

  add(record: PersonFields, { newId, verified }: { newId: () => string; verified: boolean }): Outcome {
    const holders = this.holdersOf(record);
    const [first] = holders;
    if (!first) return this.create({ id: newId(), version: 0, verified, fields: record });

    const reasons = holders.map((holder) => ({ person: holder.id, found: matchAny(holder, record) }));
    const disagree = reasons.some(({ found }) => found.verdict === 'mismatched');
    if (holders.length > 1 || disagree) return { outcome: 'conflict', reasons };
    return this.link(first, { ...first, verified: first.verified || verified, fields: enrich(first.fields, record) });
  }

  toWrite(): Pick<Registered, 'created' | 'changed'> {
    const touched = [...this.touched].map((id) => this.people.get(id)!);
    return {
      created: touched.filter(({ version }) => version === 0),
      changed: touched.filter(({ version }) => version > 0),
    };
  }

  private create(person: KnownPerson): Outcome {
    this.keep(person);
    this.touched.add(person.id);
    return { outcome: 'created', person: person.id };
  }

  private link(before: KnownPerson, after: KnownPerson): Outcome {
    const same = before.verified === after.verified && sameFields(before.fields, after.fields);
    if (same) return { outcome: 'unchanged', person: before.id };
    this.keep(after);
    this.touched.add(after.id);
    return { outcome: 'merged', person: after.id };
  }

  private keep(person: KnownPerson): void {
    this.people.set(person.id, person);
    for (const each of strongOf(person.fields)) {
      const key = keyOf(each);
      this.holders.set(key, (this.holders.get(key) ?? new Set()).add(person.id));
    }
  }

  private holdersOf(record: PersonFields): KnownPerson[] {
    const ids = new Set(strongOf(record).flatMap((each) => [...(this.holders.get(keyOf(each)) ?? [])]));
    return [...ids].map((id) => this.people.get(id)!);
  }
}

const keyOf = ({ system, value }: Identifier): string => `${system}:${value}`;

/**
 * How a record compares with somebody: who has several records that differ is known by each of them, or what an officer
 * decided would be asked again whenever one of them comes.
 */
export function matchAny({ fields, records = [] }: KnownPerson, record: PersonFields): Verdict {
  const whole = match(fields, record);
  if (whole.verdict !== 'mismatched') return whole;
  const each = records.map((one) => match(one, record));
  return each.find(({ verdict }) => verdict === 'matched' || verdict === 'unverified') ?? whole;
}

/** The identifiers by which a record is linked to a person. */
export const strongOf = ({ identifiers }: PersonFields): Identifier[] =>
  identifiers.filter(({ system }) => systemOf(system).strong);
