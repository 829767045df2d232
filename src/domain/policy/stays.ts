import { z } from 'zod';
import { scanDoubts, type DoubtRules, type ScanDoubt } from '../stay/doubt.js';
import { neutralTimezone, timezone } from './contact.js';
import { venueKinds, type VenueKind } from '../stay/scan.js';
import type { StayRules } from '../stay/rules.js';

/** A day at most: no venue kind keeps a person longer without a new scan (assumption). */
const minutes = z.int().min(1).max(1_440);

type StayKind = Exclude<VenueKind, 'checkpoint'>;
const stayKinds = venueKinds.filter((kind): kind is StayKind => kind !== 'checkpoint');

/** Minutes by venue kind, every kind named; passing a checkpoint is no stay, so it borrows the numbers of `other`. */
const perKind = z
  .strictObject(Object.fromEntries(stayKinds.map((kind) => [kind, minutes])) as Record<StayKind, typeof minutes>)
  .transform((given): Record<VenueKind, number> => ({ ...given, checkpoint: given.other }));

/**
 * When scans are doubted where a policy says nothing of it. `roadKmh` is the most that a Vietnamese expressway allows
 * (Circular 31/2019/TT-BGTVT, article 9); all else is assumption: airliners cruise at some 830 km/h, and of two places at
 * once one is wrong, so each keeps half its trust.
 */
const neutralDoubts: DoubtRules = {
  roadKmh: 120,
  airKmh: 900,
  flightKm: 200,
  nearKm: 1,
  sameCodeKm: 0.2,
  slackSeconds: 120,
  aheadSeconds: 60,
  behindSeconds: 300,
  night: { fromHour: 3, toHour: 5, timezone: neutralTimezone, kinds: ['office', 'school', 'shop', 'restaurant'] },
  factors: { 'two-places': 0.5, 'copied-code': 0.5, night: 0.8, 'wrong-clock': 0.5 },
};

const share = z.number().min(0).max(1);
const amount = z.number().min(0).max(100_000);
const hour = z.number().min(0).max(24);

/** The `doubts` of `stays`: km, km/h, seconds, local hours, and shares from 0 to 1. */
const doubtPart = z.strictObject({
  roadKmh: amount,
  airKmh: amount,
  flightKm: amount,
  nearKm: amount,
  sameCodeKm: amount,
  slackSeconds: amount,
  aheadSeconds: amount,
  behindSeconds: amount,
  night: z.strictObject({ fromHour: hour, toHour: hour, timezone, kinds: z.array(z.enum(venueKinds)) }),
  factors: z.strictObject(
    Object.fromEntries(scanDoubts.map((kind) => [kind, share])) as Record<ScanDoubt, typeof share>,
  ),
}) satisfies z.ZodType<DoubtRules>;

/** The `stays` part of a policy: how scans fold into stays (SPEC section 4). Minutes, and shares from 0 to 1. */
export const stayPart = z
  .strictObject({
    duplicateMinutes: z.int().min(0).max(60),
    assumedFactor: share,
    typicalMinutes: perKind,
    maxMinutes: perKind,
    trust: z.strictObject({ staff: share, rotating: share, printed: share, hand: share }),
    doubts: doubtPart.default(neutralDoubts),
  })
  .refine(
    ({ typicalMinutes, maxMinutes }) => venueKinds.every((kind) => typicalMinutes[kind] <= maxMinutes[kind]),
    'a typical stay is never longer than the longest one',
  ) satisfies z.ZodType<StayRules>;
