import type { DirectKind, Setting } from '../policy/contact.js';
import type { StayColumns } from './stay-columns.js';
import type { Span, Standing } from './windows.js';

/** An answer now (from memory) or later (from the graph). */
export type Eventually<T> = T | Promise<T>;

/** Where people meet: one zone of one venue. */
export interface Place {
  readonly venue: string;
  readonly zone: string;
  /** The same for all zones of a venue; the private venue of a direct encounter is a venue of its own. */
  readonly venueNumber: number;
  /** Null where nothing is known of the room: the dose is then weighed by 1. */
  readonly setting: Setting | null;
  /** The kind of direct encounter this private venue stands for; null at every real venue. */
  readonly direct: DirectKind | null;
}

/** One person's time, asked for. */
export interface PersonSpan extends Span {
  readonly person: number;
}

/** A time at a place, asked for. */
export interface PlaceSpan extends Span {
  readonly place: number;
}

/** Stays of people, or a part of them: entry i is stay number `stay[i]`, at `place[i]`, of the person of question `asked[i]`. */
export interface StaysOfPeople {
  readonly stays: StayColumns;
  readonly asked: ArrayLike<number>;
  readonly stay: ArrayLike<number>;
  readonly place: ArrayLike<number>;
}

/** The stays numbered `[first, end)` are at one place, in the order in which they began, and answer question `asked`. */
export interface Run {
  readonly asked: number;
  readonly place: number;
  readonly first: number;
  readonly end: number;
}

/** Stays at places, or a part of them, as runs of columns that need not be copied. */
export interface StaysAtPlaces {
  readonly stays: StayColumns;
  readonly runs: readonly Run[];
}

/**
 * What the rule asks of those who hold the stays (DESIGN section 4). A reader may hold them in several parts, each with
 * columns of its own (the sorted mass and what came since): so it answers, and the rule adds up. People and places are numbers, which stay the
 * same for as long as a reader lives; passes of checkpoints are not among the stays.
 */
export interface StayReader {
  /** The same for all readers that give the same numbers to the same people: what is kept by number serves them all. */
  readonly numbering?: object;
  /** One more than the highest number given to a person so far; an answer may raise it. */
  readonly personCount: number;
  /** The number of a person; undefined for somebody without any stay. */
  personNumber(id: string): number | undefined;
  /** The id as exports print it. */
  personId(person: number): string;
  place(place: number): Place;
  /** The stays of these people that meet these spans, in parts, each in the order of the questions. */
  staysOf(asked: readonly PersonSpan[]): Eventually<readonly StaysOfPeople[]>;
  /**
   * The stays that meet these spans at these places, in parts: each stay once for each question, in one of them. There
   * may be more than asked for, the rule looks again. `all` answers for every zone of the place's venue.
   */
  staysAt(asked: readonly PlaceSpan[], zones: 'same' | 'all'): Eventually<readonly StaysAtPlaces[]>;
}

/** What is known of the isolations and tests of these people; who is left out has none. */
export type StandingReader = (people: readonly string[]) => Eventually<ReadonlyMap<string, Standing>>;
