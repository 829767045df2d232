import type { DoubtRules } from './doubt.js';
import type { VenueKind } from './scan.js';

/** The `stays` part of a policy (SPEC section 4): minutes, and shares from 0 to 1. */
export interface StayRules {
  duplicateMinutes: number;
  assumedFactor: number;
  typicalMinutes: Record<VenueKind, number>;
  maxMinutes: Record<VenueKind, number>;
  trust: { staff: number; rotating: number; printed: number; hand: number };
  doubts: DoubtRules;
}

/** The rules in force for a venue's unit at an instant. */
export type RulesAt = (unit: string | null, atMs: number) => StayRules;
