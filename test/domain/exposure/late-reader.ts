import type { PersonSpan, Place, PlaceSpan, Run, StayReader } from '../../../src/domain/exposure/reader.js';
import { StayColumns } from '../../../src/domain/exposure/stay-columns.js';
import type { World, WorldStay } from '../../reference/world.js';

/**
 * Reads as a graph does: answers later, copies what it answers, and numbers people and places as they come by, from
 * the highest id down. Knows no direct encounters.
 */
export class LateReader implements StayReader {
  private readonly people: string[] = [];
  private readonly places: Place[] = [];
  private readonly all: WorldStay[];

  constructor(private readonly world: World) {
    this.all = distinct(world.stays).sort((a, b) => a.in - b.in);
  }

  get personCount(): number {
    return this.people.length;
  }

  personNumber(id: string): number {
    const known = this.people.indexOf(id);
    return known >= 0 ? known : this.people.push(id) - 1;
  }

  personId(person: number): string {
    return this.people[person]!;
  }

  place(place: number): Place {
    return this.places[place]!;
  }

  async staysOf(asked: readonly PersonSpan[]) {
    await Promise.resolve();
    const found = asked.flatMap(({ person, from, to }, question) =>
      this.all
        .filter((stay) => stay.person === this.personId(person) && stay.in < to && stay.out > from)
        .map((stay) => ({ stay, question })),
    );
    const part = {
      stays: this.columns(found.map(({ stay }) => stay)),
      asked: found.map(({ question }) => question),
      stay: [...found.keys()],
      place: found.map(({ stay }) => this.placeNumber(stay)),
    };
    return [part];
  }

  async staysAt(asked: readonly PlaceSpan[], zones: 'same' | 'all') {
    await Promise.resolve();
    const list: WorldStay[] = [];
    const runs: Run[] = [];
    for (const [question, { place, from, to }] of asked.entries()) {
      const { venue, zone } = this.place(place);
      const here = this.all.filter((stay) => stay.venue === venue && stay.in < to && stay.out > from);
      for (const each of new Set(here.map((stay) => stay.zone))) {
        if (zones === 'same' && each !== zone) continue;
        const run = here.filter((stay) => stay.zone === each);
        runs.push({
          asked: question,
          place: this.placeNumber(run[0]!),
          first: list.length,
          end: list.length + run.length,
        });
        list.push(...run);
      }
    }
    return [{ stays: this.columns(list), runs }];
  }

  private placeNumber({ venue, zone }: WorldStay): number {
    const known = this.places.findIndex((place) => place.venue === venue && place.zone === zone);
    if (known >= 0) return known;
    const sibling = this.places.find((place) => place.venue === venue);
    const setting = this.world.settings[venue] ?? null;
    const venueNumber = sibling?.venueNumber ?? this.places.length;
    return this.places.push({ venue, zone, venueNumber, setting, direct: null }) - 1;
  }

  private columns(list: readonly WorldStay[]): StayColumns {
    return new StayColumns({
      person: Uint32Array.from(list, (stay) => this.personNumber(stay.person)),
      from: Float64Array.from(list, (stay) => stay.in),
      length: Uint32Array.from(list, (stay) => stay.out - stay.in),
      longer: new Map(),
      trustCode: Uint8Array.from(list.keys()),
      trusts: Float64Array.from(list, (stay) => stay.trust),
    });
  }
}

/** Equal stays once, the surest. */
function distinct(stays: readonly WorldStay[]): WorldStay[] {
  const key = ({ person, venue, zone, in: from, out }: WorldStay) => JSON.stringify([person, venue, zone, from, out]);
  const rising = [...stays].sort((a, b) => a.trust - b.trust);
  return [...new Map(rising.map((stay) => [key(stay), stay])).values()];
}
