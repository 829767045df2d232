import { IANAZone } from 'luxon';
import { z } from 'zod';

/** How the air of a venue is shared; what is known of a venue's room. */
export const settings = ['outdoor', 'ventilated', 'closed'] as const;
export type Setting = (typeof settings)[number];

/** Encounters that need no venue: people of one home or vehicle, phones that met, contacts told to a tracer. */
export const directKinds = ['household', 'vehicle', 'proximity', 'declared'] as const;
export type DirectKind = (typeof directKinds)[number];

/** A century: more days than any window means, few enough for every calendar (assumption). */
const maxDays = 36_500;

/** Air hangs for three hours at most (SPEC section 5). */
export const longestLingerMinutes = 180;

const days = z.int().min(0).max(maxDays);
const minutes = z.number().min(0);
const factor = z.number().min(0);
const share = z.number().min(0).max(1);

const weightsByDay = z
  .array(z.strictObject({ day: z.int().min(-maxDays).max(maxDays), weight: factor }))
  .refine((list) => new Set(list.map(({ day }) => day)).size === list.length, 'expected every day at most once');

/** The `contact` part of a policy: who was exposed to a case (SPEC section 5). Complete, nothing unknown in it. */
export const contactPart = z.strictObject({
  /** The shortest meeting that counts; 0 means any length above zero. */
  minMinutes: minutes,
  /** How long the air stays after the carrier left. */
  lingerMinutes: z.number().min(0).max(longestLingerMinutes),
  /** What people in other zones of the same venue are: no meeting at all, or a weight of the dose. */
  otherZone: z.union([z.literal('ignore'), share]),
  settings: z.strictObject({ outdoor: factor, ventilated: factor, closed: factor }),
  /** Whether each meeting must be long enough by itself, or those of one local day together. */
  accumulate: z.enum(['single', 'day']),
  maxLevel: z.int().min(1).max(5),
  infectious: z.strictObject({ beforeDays: days, afterDays: days, asymptomaticBeforeDays: days }),
  carrier: z.strictObject({ latentDays: days, carryDays: days }),
  /** The shortest meeting that counts, by kind of direct encounter. */
  direct: z.strictObject({ household: minutes, vehicle: minutes, proximity: minutes, declared: minutes }),
  /** Weight of the dose by local day from onset; days not listed weigh 0, an empty list weighs 1 everywhere. */
  infectiousness: weightsByDay,
  /** The negative tests that free a contact of carrying, and from which day after their exposure on. */
  clearedBy: z.strictObject({ kinds: z.array(z.string().min(1)), notBeforeDays: days }),
  /** Stays less sure than this are not there. */
  minTrust: share,
});

export type Contact = z.output<typeof contactPart>;

/** The rule for every case, venue and person without a unit; all numbers are assumptions (SPEC section 5). */
export const neutralContact: Contact = {
  minMinutes: 15,
  lingerMinutes: 0,
  otherZone: 'ignore',
  settings: { outdoor: 0.2, ventilated: 0.5, closed: 1 },
  accumulate: 'single',
  maxLevel: 2,
  infectious: { beforeDays: 2, afterDays: 10, asymptomaticBeforeDays: 2 },
  carrier: { latentDays: 1, carryDays: 14 },
  direct: { household: 0, vehicle: 0, proximity: 15, declared: 0 },
  infectiousness: [],
  clearedBy: { kinds: ['pcr'], notBeforeDays: 5 },
  minTrust: 0,
};

/** Where local days begin and end when nothing else is said (SPEC section 5). */
export const neutralTimezone = 'Asia/Ho_Chi_Minh';

/** An IANA time zone, the only kind that knows when its clocks change. */
export const timezone = z.string().refine((name) => IANAZone.isValidZone(name), 'expected an IANA time zone');

/** A contact rule with the zone of its days: what a file of `trace --contact` says once it is complete. */
export const zonedContact = contactPart.extend({ timezone });
export type ZonedContact = z.output<typeof zonedContact>;

/** What stands when a contact file says nothing. */
export const neutralZonedContact: ZonedContact = { ...neutralContact, timezone: neutralTimezone };

/**
 * Reads a contact file (SPEC section 12): what it leaves out takes the neutral default, objects key by key, lists
 * whole; unknown keys are refused.
 */
export const contactFile = z.preprocess((given) => completed(neutralZonedContact, given), zonedContact);

function completed(base: unknown, given: unknown): unknown {
  if (!isObject(base) || !isObject(given)) return given;
  const told = Object.entries(given).map(([key, value]) => [key, completed(base[key], value)] as const);
  return Object.fromEntries([...Object.entries(base), ...told]);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
