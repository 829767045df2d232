import { z } from 'zod';
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

const share = z.number().min(0).max(1);

/** The `stays` part of a policy: how scans fold into stays (SPEC section 4). Minutes, and shares from 0 to 1. */
export const stayPart = z
  .strictObject({
    duplicateMinutes: z.int().min(0).max(60),
    assumedFactor: share,
    typicalMinutes: perKind,
    maxMinutes: perKind,
    trust: z.strictObject({ staff: share, rotating: share, printed: share, hand: share }),
  })
  .refine(
    ({ typicalMinutes, maxMinutes }) => venueKinds.every((kind) => typicalMinutes[kind] <= maxMinutes[kind]),
    'a typical stay is never longer than the longest one',
  ) satisfies z.ZodType<StayRules>;
