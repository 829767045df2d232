import type { Place } from '../../src/domain/exposure/reader.js';
import type { DirectKind, Setting } from '../../src/domain/policy/contact.js';

interface Venue {
  readonly number: number;
  readonly id: string;
  readonly setting: Setting | null;
  readonly direct: DirectKind | null;
  readonly zones: Map<string, number>;
}

/** What is known of a venue beside its id. */
export interface VenueFacts {
  readonly setting?: Setting;
  readonly direct?: DirectKind;
}

/** Gives numbers to places in the order in which they are first seen. */
export class Places {
  readonly list: Place[] = [];
  private readonly real = new Map<string, Venue>();
  private readonly ofVenue: number[][] = [];
  /** Kept apart: a real venue may bear the name of a private one. */
  private readonly own = new Map<string, Venue>();

  /** The number of a zone of a venue; what is said of a venue the first time stands. */
  numberOf(venueId: string, zone: string, facts: VenueFacts = {}): number {
    const venue = this.venue(venueId, facts);
    const known = venue.zones.get(zone);
    if (known !== undefined) return known;

    const { id, number: venueNumber, setting, direct } = venue;
    const place = this.list.push({ venue: id, zone, venueNumber, setting, direct }) - 1;
    venue.zones.set(zone, place);
    (this.ofVenue[venueNumber] ??= []).push(place);
    return place;
  }

  /** All zones of a venue, by its number. */
  zonesOf(venueNumber: number): readonly number[] {
    return this.ofVenue[venueNumber] ?? [];
  }

  /** How many venues there are, private ones apart. */
  get venueCount(): number {
    return this.real.size;
  }

  private venue(id: string, { setting, direct }: VenueFacts): Venue {
    const venues = direct ? this.own : this.real;
    const known = venues.get(id);
    if (known) return known;
    const number = this.real.size + this.own.size;
    const venue = { number, id, setting: setting ?? null, direct: direct ?? null, zones: new Map() };
    venues.set(id, venue);
    return venue;
  }
}
