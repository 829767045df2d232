import { DateTime } from 'luxon';

/** A day has this many milliseconds unless a clock changes in it. */
export const dayMs = 86_400_000;

/** One local day: `[from, to)`, and its number in the calendar, so that two numbers tell the midnights between. */
export interface LocalDay {
  readonly number: number;
  readonly from: number;
  readonly to: number;
}

const calendars = new Map<string, LocalDays>();

/**
 * The calendar of one time zone. Luxon is asked once for each day that is met, not once for each instant, and what it
 * said is kept for whoever asks next.
 */
export class LocalDays {
  private readonly byUtcDay = new Map<number, LocalDay[]>();
  private readonly byNumber = new Map<number, LocalDay>();

  constructor(readonly zone: string) {}

  static of(zone: string): LocalDays {
    const known = calendars.get(zone);
    if (known) return known;
    const days = new LocalDays(zone);
    calendars.set(zone, days);
    return days;
  }

  /** The local day that holds an instant. */
  at(ms: number): LocalDay {
    const utcDay = Math.floor(ms / dayMs);
    const known = this.byUtcDay.get(utcDay)?.find((day) => day.from <= ms && ms < day.to);
    return known ?? this.learn(ms, utcDay);
  }

  /** The same time of day some whole days later or earlier, as a calendar counts them. */
  plus(ms: number, days: number): number {
    const day = this.at(ms);
    const target = this.byNumber.get(day.number + days);
    if (target && isPlain(day) && isPlain(target)) return target.from + (ms - day.from);
    const moved = this.local(ms).plus({ days }).toMillis();
    this.at(moved);
    return moved;
  }

  private learn(ms: number, utcDay: number): LocalDay {
    const here = this.local(ms);
    const number = Math.round(Date.UTC(here.year, here.month - 1, here.day) / dayMs);
    const day = { number, from: startOfDay(here), to: startOfDay(here.plus({ days: 1 })) };
    this.byNumber.set(number, day);
    this.byUtcDay.set(utcDay, [...(this.byUtcDay.get(utcDay) ?? []), day]);
    return day;
  }

  private local(ms: number): DateTime {
    return DateTime.fromMillis(ms, { zone: this.zone });
  }
}

/** The first instant of a local day, also where clocks are set back over midnight and it comes twice. */
export function startOfDay(within: DateTime): number {
  return Math.min(
    ...within
      .startOf('day')
      .getPossibleOffsets()
      .map((each) => each.toMillis()),
  );
}

/** No clock changes in it. */
const isPlain = (day: LocalDay) => day.to - day.from === dayMs;
