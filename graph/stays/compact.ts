import type { NumberedStay } from './stay-table.js';

/** Sorted stays, some beside them, and what the numbers in both stand for. */
export interface Numbered<P> {
  people: readonly string[];
  places: readonly P[];
  person: Uint32Array;
  /** Where the stays of each place begin, and where those of the last end; places known since have none. */
  placeStarts: Uint32Array;
  late: readonly NumberedStay[];
}

/**
 * Leaves out the people and places that have no stay any more, for a reader never gives their numbers to others while it
 * lives. The order of those that stay is kept; the column of people is changed where it lies.
 */
export function compacted<P>({ people, places, person, placeStarts, late }: Numbered<P>): Numbered<P> {
  const [ofPeople, ofPlaces] = [new Uint8Array(people.length), new Uint8Array(places.length)];
  const sorted = placeStarts.length - 1;
  for (let stay = 0; stay < person.length; stay++) ofPeople[person[stay]!] = 1;
  for (let place = 0; place < sorted; place++) ofPlaces[place] = placeStarts[place + 1]! > placeStarts[place]! ? 1 : 0;
  for (const stay of late) ofPeople[stay.person] = ofPlaces[stay.place] = 1;

  const [newPerson, newPlace] = [numbersOf(ofPeople), numbersOf(ofPlaces)];
  for (let stay = 0; stay < person.length; stay++) person[stay] = newPerson[person[stay]!]!;
  return {
    people: people.filter((_, number) => ofPeople[number]),
    places: places.filter((_, number) => ofPlaces[number]),
    person,
    placeStarts: placeStarts.filter((_, place) => place >= sorted || ofPlaces[place]),
    late: late.map((stay) => ({ ...stay, person: newPerson[stay.person]!, place: newPlace[stay.place]! })),
  };
}

/** The number of each that is kept, counted among those. */
function numbersOf(kept: Uint8Array): Uint32Array {
  const numbers = new Uint32Array(kept.length);
  for (let at = 0, next = 0; at < kept.length; at++) if (kept[at]) numbers[at] = next++;
  return numbers;
}
