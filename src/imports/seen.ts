import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Registrations } from '../people/registration.service.js';
import { Venues } from '../venues/venues.service.js';

/** Who is remembered between parts of a file: people and venues come again and again (assumption, ~20 MB). */
const remembered = 100_000;

/** Makes what files name. */
@Injectable()
export class Sightings {
  constructor(
    private readonly registrations: Registrations,
    private readonly venues: Venues,
  ) {}

  /** For one file. */
  open(): Seen {
    return new Seen(this.registrations, this.venues);
  }
}

/** The people and venues that a file has named so far, made in the system when first seen (SPEC 12). */
export class Seen {
  private readonly people = new LRUCache<string, string>({ max: remembered });
  private readonly venues = new LRUCache<string, true>({ max: remembered });

  constructor(
    private readonly registrations: Registrations,
    private readonly allVenues: Venues,
  ) {}

  /** The people behind ids of a file; one that stands for several people is left out. */
  async peopleOf(values: string[]): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    const unknown = new Set<string>();
    for (const value of values) {
      const person = this.people.get(value);
      if (person === undefined) unknown.add(value);
      else found.set(value, person);
    }
    const made = unknown.size ? await this.registrations.ensureImported([...unknown]) : [];
    for (const [value, person] of made) {
      found.set(value, person);
      this.people.set(ownCopy(value), person);
    }
    return found;
  }

  async ensureVenues(ids: string[]): Promise<void> {
    const unknown = [...new Set(ids)].filter((id) => !this.venues.has(id));
    if (unknown.length === 0) return;
    await this.allVenues.ensure(unknown);
    for (const id of unknown) this.venues.set(ownCopy(id), true);
  }
}

/** A text of its own: a piece of a larger one would keep that whole part of the file in memory. */
const ownCopy = (text: string): string => Buffer.from(text).toString();
