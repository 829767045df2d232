import type { Airs } from './airs.js';
import { bucketsOf } from './buckets.js';
import type { ContactRule } from './contact-rule.js';
import type { PlaceSpan, StayReader } from './reader.js';

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
  readonly room: number[];
  /** The airs, room after room, in each by start, then by carrier. */
  readonly byStart: Uint32Array;
  readonly stretches: Stretch[];
}

/** Sorts airs into rooms, leaving out those too short for anybody to be exposed in. */
export function roomsOf(all: Airs, rule: ContactRule, reader: StayReader): Rooms {
  const roomOf = (place: number) => (rule.zones === 'all' ? reader.place(place).venueNumber : place);
  const enough = (air: number) => all.to[air]! - all.from[air]! >= rule.needMs(reader.place(all.place[air]!));

  const useful = take(all, [...all.place.keys()].filter(enough));
  const { items, starts } = bucketsOf(useful.place.map(roomOf), reader.placeCount);
  const airs = take(useful, items);
  const byStart = Uint32Array.from(items.keys());
  const stretches: Stretch[] = [];
  for (let room = 0; room + 1 < starts.length; room++) {
    const [first, end] = [starts[room]!, starts[room + 1]!];
    if (first === end) continue;
    byStart.subarray(first, end).sort((a, b) => airs.from[a]! - airs.from[b]! || a - b);
    stretches.push(...stretchesOf(airs, byStart, first, end));
  }
  return { airs, room: airs.place.map(roomOf), byStart, stretches };
}

/** The stretches of one room, whose airs are at `[first, end)` of `byStart`. */
function stretchesOf(airs: Airs, byStart: Uint32Array, first: number, end: number): Stretch[] {
  const stretches: Stretch[] = [];
  let begin = first;
  let to = airs.to[byStart[first]!]!;
  const close = (next: number) =>
    stretches.push({
      place: airs.place[byStart[first]!]!,
      from: airs.from[byStart[begin]!]!,
      to,
      first: begin,
      end: next,
    });

  for (let each = first + 1; each < end; each++) {
    const air = byStart[each]!;
    if (airs.from[air]! > to) {
      close(each);
      begin = each;
      to = airs.to[air]!;
    }
    to = Math.max(to, airs.to[air]!);
  }
  close(end);
  return stretches;
}

function take(airs: Airs, order: ArrayLike<number>): Airs {
  const column = (values: number[]) => Array.from(order, (air) => values[air]!);
  return {
    carrier: column(airs.carrier),
    place: column(airs.place),
    from: column(airs.from),
    to: column(airs.to),
    trust: column(airs.trust),
  };
}
