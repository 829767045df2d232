import type { StayReader } from '../../src/domain/exposure/reader.js';
import { directVenueId, parseDirectVenue } from './direct-venue.js';

/** What exports call these people, for ties go by those ids (SPEC 5.5); who is left out is called as here. */
export type NamesOf = (people: string[]) => Promise<ReadonlyMap<string, string>>;

/** Hears of people, by internal id, before what is known of them is read. */
export type OnRead = (people: string[]) => Promise<void>;

/** A reader for one trace: people by the names of exports, and the way back to the ids of the graph. */
export interface TracedStays extends StayReader {
  /** Learns what exports call people: to be asked before a level's people carry the disease on. */
  name(people: readonly string[]): Promise<void>;
  /** The internal id behind a number. */
  idOf(person: number): string;
  /** The internal id behind one that `personId` gave. */
  idNamed(name: string): string;
  /** The id in the graph of a venue as a place names it: private venues are named after their people. */
  venueNamed(name: string): string;
}

/** What one trace has learned of names. */
export class Names {
  private readonly names = new Map<string, string>();
  private readonly internal = new Map<string, string>();
  private readonly venues = new Map<string, string>();

  constructor(private readonly namesOf: NamesOf) {}

  async learn(people: readonly string[]): Promise<void> {
    const unknown = [...new Set(people)].filter((id) => !this.names.has(id));
    const found = unknown.length ? await this.namesOf(unknown) : new Map<string, string>();
    for (const id of unknown) {
      const name = found.get(id) ?? id;
      this.names.set(id, name);
      this.internal.set(name, id);
    }
  }

  /** As exports print somebody once that is learned; the internal id until then. */
  called(id: string): string {
    return this.names.get(id) ?? id;
  }

  idNamed(name: string): string {
    return this.internal.get(name) ?? name;
  }

  venueNamed(name: string): string {
    return this.venues.get(name) ?? name;
  }

  /** A private venue as files name it: after what they call its people, whose names are learned by then. */
  printed(venue: string): string {
    const direct = parseDirectVenue(venue);
    if (!direct) return venue;
    const [a, b] = direct.people;
    const name = directVenueId({ ...direct, people: [this.called(a), this.called(b)] });
    this.venues.set(name, venue);
    return name;
  }
}
