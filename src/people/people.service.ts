import { Injectable } from '@nestjs/common';
import { Vault } from '../../config/vault.js';
import { Graph } from '../../graph/graph.js';
import type { StoredPerson } from '../../graph/queries/people.js';
import { parsePersonText } from '../domain/identity/identifiers.js';
import type { KnownPerson } from '../domain/identity/register.js';
import { keyOf, openPerson } from './sealed.js';

/** A person with what is known of them, and the unit they live in. */
export type Person = KnownPerson & { unit: string | undefined };

/** Finds people by what they are known by, and opens their records (SPEC section 3). */
@Injectable()
export class People {
  constructor(
    private readonly graph: Graph,
    private readonly vault: Vault,
  ) {}

  /** Everybody whom a text names (SPEC 12): one at most, but for a phone number, which several people may share. */
  async find(text: string): Promise<Person[]> {
    const identifier = parsePersonText(text);
    const keys = identifier ? [keyOf(this.vault, identifier)] : [];
    const known = await this.graph.read('people/by_identifiers', { keys });
    const people = known.length ? known : await this.graph.read('people/by_id', { id: text });
    return people.map((stored) => this.open(stored));
  }

  /** One person by internal id. */
  async get(id: string): Promise<Person | undefined> {
    const [stored] = await this.graph.read('people/by_id', { id });
    return stored && this.open(stored);
  }

  /** Several people in this order; who is not known is left out. */
  async getAll(ids: string[]): Promise<Person[]> {
    const rows = ids.length ? await this.graph.read('people/by_ids', { ids }) : [];
    const byId = new Map(rows.map((stored) => [stored.id, stored]));
    return ids.flatMap((id) => (byId.has(id) ? [this.open(byId.get(id)!)] : []));
  }

  /** Internal ids and units of those whom each of some texts names, without their records. */
  async named(texts: string[]): Promise<Map<string, { id: string; unit: string | undefined }[]>> {
    const named = [...new Set(texts)].map((text) => {
      const identifier = parsePersonText(text);
      return { text, key: identifier ? keyOf(this.vault, identifier) : null, id: text };
    });
    const people = new Map<string, { id: string; unit: string | undefined }[]>();
    for (const { text, id, unit } of await this.graph.read('people/named', { named })) {
      people.set(text, [...(people.get(text) ?? []), { id, unit: unit ?? undefined }]);
    }
    return people;
  }

  private open(stored: StoredPerson): Person {
    return { ...openPerson(this.vault, stored), unit: stored.unit ?? undefined };
  }
}
