import type { ZonedContact } from '../policy/contact.js';
import { LocalDays } from './local-days.js';
import type { Place } from './reader.js';

/** A minute, the unit of policies and doses. */
export const minuteMs = 60_000;

const toMs = (minutes: number) => Math.round(minutes * minuteMs);

/** A contact policy made ready for use: minutes as milliseconds, factors at hand, and the calendar of its zone. */
export class ContactRule {
  readonly days: LocalDays;
  readonly lingerMs: number;
  /** Whether people in different zones of a venue meet at all. */
  readonly zones: 'same' | 'all';
  private readonly otherZone: number;
  private readonly weights: ReadonlyMap<number, number>;

  constructor(readonly contact: ZonedContact) {
    this.days = LocalDays.of(contact.timezone);
    this.lingerMs = toMs(contact.lingerMinutes);
    this.zones = contact.otherZone === 'ignore' ? 'same' : 'all';
    this.otherZone = contact.otherZone === 'ignore' ? 0 : contact.otherZone;
    this.weights = new Map(contact.infectiousness.map(({ day, weight }) => [day, weight]));
  }

  /** The time together after which a meeting at a place counts as an exposure; 0 where any meeting does. */
  minMs({ direct }: Place): number {
    return toMs(direct === null ? this.contact.minMinutes : this.contact.direct[direct]);
  }

  /** The shortest length that qualifies: `minMs`, and never an empty one. */
  needMs(place: Place): number {
    return Math.max(this.minMs(place), 1);
  }

  /** Whether meetings at a place are added up over the local day (SPEC 5.2). */
  addsUp({ direct }: Place): boolean {
    return this.contact.accumulate === 'day' && direct === null;
  }

  settingFactor({ setting }: Place): number {
    return setting === null ? 1 : this.contact.settings[setting];
  }

  zoneFactor(carriersPlace: number, othersPlace: number): number {
    return carriersPlace === othersPlace ? 1 : this.otherZone;
  }

  /** The weight of a carrier's day, counted in local midnights from their onset. */
  infectiousness(midnights: number): number {
    return this.weights.size === 0 ? 1 : (this.weights.get(midnights) ?? 0);
  }
}
