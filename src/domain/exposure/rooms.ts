import { takeAirs, type Airs } from './airs.js';
import type { ContactRule } from './contact-rule.js';
import type { PlaceSpan, StayReader } from './reader.js';
import { rising } from './rising.js';

/** Air without a break in one room: the airs at `[first, end)` of `byStart`, from the first to the last of them. */
export interface Stretch extends PlaceSpan {
  readonly first: number;
  readonly end: number;
}

/** Airs sorted by the room they hang in: a zone of a venue, or a whole venue where zones do not part people. */
export interface Rooms {
  /** Room after room, in each the airs of one carrier beside each other, lower carriers first. */
  readonly airs: Airs;
  /** The room of each air. */
  readonly room: Float64Array;
  /** The airs, room after room, in each by start, then by carrier. */
  readonly byStart: Uint32Array;
  readonly stretches: Stretch[];
}

/** Sorts airs into rooms, leaving out those too short for anybody to be exposed in. */
export function roomsOf(all: Airs, rule: ContactRule, reader: StayReader): Rooms {
  const useful = takeAirs(all, longEnough(all, rule, reader));
  const airs = takeAirs(useful, rising(roomsBeside(useful, rule, reader)));
  const room = roomsBeside(airs, rule, reader);
  const byStart = inRooms(rising(airs.from), room);
  return { airs, room, byStart, stretches: stretchesOf(airs, room, byStart) };
}

function longEnough(airs: Airs, rule: ContactRule, reader: StayReader): Uint32Array {
  const kept = new Uint32Array(airs.from.length);
  let count = 0;
  for (let air = 0; air < kept.length; air++) {
    if (airs.to[air]! - airs.from[air]! >= rule.needMs(reader.place(airs.place[air]!))) kept[count++] = air;
  }
  return kept.subarray(0, count);
}

/** The room of each air, by its number. */
function roomsBeside({ place }: Airs, rule: ContactRule, reader: StayReader): Float64Array {
  if (rule.zones === 'same') return Float64Array.from(place);
  return Float64Array.from(place, (each) => reader.place(each).venueNumber);
}

/** Airs in order of their start, put room after room; the airs themselves are numbered room after room. */
function inRooms(byStart: Uint32Array, room: Float64Array): Uint32Array {
  const next = new Uint32Array(room.length);
  const firstOf = new Uint32Array(room.length);
  for (let air = 1; air < room.length; air++) firstOf[air] = room[air] === room[air - 1] ? firstOf[air - 1]! : air;
  const sorted = new Uint32Array(room.length);
  for (let at = 0; at < byStart.length; at++) {
    const air = byStart[at]!;
    const first = firstOf[air]!;
    sorted[first + next[first]!++] = air;
  }
  return sorted;
}

/** Where the air of a room has a break, a stretch ends and the next begins. */
function stretchesOf({ place, from, to }: Airs, room: Float64Array, byStart: Uint32Array): Stretch[] {
  const stretches: Stretch[] = [];
  let first = 0;
  let lasts = -Infinity;
  for (let at = 0; at <= byStart.length; at++) {
    const air = byStart[at]!;
    const goesOn = at < byStart.length && at > 0 && room[air] === room[byStart[first]!] && from[air]! <= lasts;
    if (!goesOn) {
      const begun = byStart[first]!;
      if (at > 0) stretches.push({ place: place[begun]!, from: from[begun]!, to: lasts, first, end: at });
      first = at;
      lasts = -Infinity;
    }
    if (to[air]! > lasts) lasts = to[air]!;
  }
  return stretches;
}
