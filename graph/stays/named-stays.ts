import type {
  PersonSpan,
  Place,
  PlaceSpan,
  StayReader,
  StaysAtPlaces,
  StaysOfPeople,
} from '../../src/domain/exposure/reader.js';
import type { Setting } from '../../src/domain/policy/contact.js';
import type { Graph } from '../graph.js';
import { parseDirectVenue } from './direct-venue.js';
import { Names, type NamesOf, type OnRead, type TracedStays } from './traced-stays.js';

/** What a reading of stays in memory works with. */
export interface NamedStaysTools {
  graph: Pick<Graph, 'read'>;
  namesOf: NamesOf;
  onRead?: OnRead;
}

/**
 * Stays in memory for one trace: people and private venues are called as exports call them, and rooms are what the
 * graph says of them by now.
 */
export class NamedStays implements TracedStays {
  private readonly names: Names;
  private readonly places = new Map<number, Place>();
  private readonly settings = new Map<string, Setting | null>();

  constructor(
    private readonly stays: StayReader,
    private readonly tools: NamedStaysTools,
  ) {
    this.names = new Names(tools.namesOf);
  }

  get numbering(): object {
    return this.stays.numbering ?? this.stays;
  }

  get personCount(): number {
    return this.stays.personCount;
  }

  personNumber(id: string): number | undefined {
    return this.stays.personNumber(id);
  }

  personId(person: number): string {
    return this.names.called(this.idOf(person));
  }

  idOf(person: number): string {
    return this.stays.personId(person);
  }

  idNamed(name: string): string {
    return this.names.idNamed(name);
  }

  venueNamed(name: string): string {
    return this.names.venueNamed(name);
  }

  name(people: readonly string[]): Promise<void> {
    return this.names.learn(people);
  }

  /** A place as this trace sees it; private venues are printed once their people's names are learned. */
  place(place: number): Place {
    const known = this.places.get(place);
    if (known) return known;
    const kept = this.stays.place(place);
    const seen = kept.direct
      ? { ...kept, venue: this.names.printed(kept.venue) }
      : { ...kept, setting: this.settings.get(kept.venue) ?? null };
    this.places.set(place, seen);
    return seen;
  }

  async staysOf(asked: readonly PersonSpan[]): Promise<readonly StaysOfPeople[]> {
    await this.tools.onRead?.(asked.map(({ person }) => this.idOf(person)));
    const parts = await this.stays.staysOf(asked);
    const places = new Set<number>();
    for (const { place } of parts) for (let at = 0; at < place.length; at++) places.add(place[at]!);
    await this.lookUp(places, asked.length === 1);
    return parts;
  }

  async staysAt(asked: readonly PlaceSpan[], zones: 'same' | 'all'): Promise<readonly StaysAtPlaces[]> {
    return this.stays.staysAt(asked, zones);
  }

  /** Learns what has to be known of places before they are seen: rooms matter where doses are weighed, at level 1. */
  private async lookUp(places: ReadonlySet<number>, rooms: boolean): Promise<void> {
    const [people, venues]: [string[], Set<string>] = [[], new Set()];
    for (const place of places) {
      const { venue, direct } = this.stays.place(place);
      if (direct) people.push(...(parseDirectVenue(venue)?.people ?? []));
      else if (rooms) venues.add(venue);
    }
    if (people.length > 0) await this.name(people);
    if (venues.size === 0) return;
    for (const { id, setting } of await this.tools.graph.read('stays/settings', { ids: [...venues] })) {
      this.settings.set(id, setting);
    }
  }
}
