import { distance } from '@turf/turf';
import { LocalDays } from '../exposure/local-days.js';
import type { Scan, VenueKind } from './scan.js';

/** Why a scan may not be what it says; never a colour by itself, and nobody is turned away for it. */
export const scanDoubts = ['two-places', 'copied-code', 'night', 'wrong-clock'] as const;
export type ScanDoubt = (typeof scanDoubts)[number];

/** The `doubts` of a policy's `stays`: when a scan is doubted, and what its trust is multiplied with then. */
export interface DoubtRules {
  /** The fastest way between two places in km/h: by road, and by air from `flightKm` on. */
  roadKmh: number;
  airKmh: number;
  flightKm: number;
  /** Places nearer than this are one place: coordinates are put in by hand. */
  nearKm: number;
  /** The same for one code that changes every minute: a neighbour's door may be reached while it is good. */
  sameCodeKm: number;
  /** How far two gates' clocks may be apart. */
  slackSeconds: number;
  /** How far a gate's clock may be ahead of the server's, and behind the instant at which a code was made. */
  aheadSeconds: number;
  behindSeconds: number;
  /** Local hours `[from, to)` in which places of these kinds are closed. */
  night: { fromHour: number; toHour: number; timezone: string; kinds: VenueKind[] };
  /** What the trust of a doubted scan is multiplied with; the lowest of several. */
  factors: Record<ScanDoubt, number>;
}

/** What a scan is compared with: the one before it that counted. */
export interface Before {
  venue: string;
  at: number;
  point?: Scan['point'];
  card?: Scan['card'];
}

export interface Doubt {
  kind: ScanDoubt;
  /** The other place of `two-places` and `copied-code`; `km` is not known where a place has no coordinates. */
  other?: { venue: string; at: number; km?: number };
}

const none: readonly Doubt[] = [];
const hourMs = 3_600_000;

/** The doubts about one scan, of which most have none. Pure: the scan before it is the only other thing it reads. */
export function doubtsOf(scan: Scan, before: Before | null, rules: DoubtRules): readonly Doubt[] {
  const elsewhere = before && before.venue !== scan.venue ? elsewhereOf(scan, before, rules) : undefined;
  const [night, clock] = [isNight(scan, rules.night), isClockWrong(scan, rules)];
  if (!elsewhere && !night && !clock) return none;
  return [
    ...(elsewhere ? [elsewhere] : []),
    ...(night ? [{ kind: 'night' as const }] : []),
    ...(clock ? [{ kind: 'wrong-clock' as const }] : []),
  ];
}

/** The share of its trust that a doubted scan keeps: 1 without doubts. */
export const weightOf = (doubts: readonly Doubt[], { factors }: DoubtRules): number =>
  doubts.reduce((least, { kind }) => Math.min(least, factors[kind]), 1);

/** Whether the doubts say that the person was not where the scan before says: that stay is doubted too. */
export const contradiction = (doubts: readonly Doubt[]): Doubt | undefined => doubts.find(({ other }) => other);

function elsewhereOf(scan: Scan, before: Before, rules: DoubtRules): Doubt | undefined {
  const km = scan.point && before.point ? distance(turned(scan.point), turned(before.point)) : undefined;
  const other = { venue: before.venue, at: before.at, ...(km !== undefined && { km }) };
  if (isSameCode(scan, before) && (km ?? Infinity) > rules.sameCodeKm) return { kind: 'copied-code', other };
  if (km === undefined || km <= rules.nearKm) return undefined;
  const hours = (scan.at - before.at + rules.slackSeconds * 1_000) / hourMs;
  const kmh = km < rules.flightKm ? rules.roadKmh : rules.airKmh;
  return km > kmh * hours ? { kind: 'two-places', other } : undefined;
}

const isSameCode = ({ card }: Scan, before: Before): boolean => card !== undefined && card.id === before.card?.id;

/** Turf reads longitude first. */
const turned = ({ lat, lon }: { lat: number; lon: number }): [number, number] => [lon, lat];

function isNight({ kind, at }: Scan, { kinds, fromHour, toHour, timezone }: DoubtRules['night']): boolean {
  if (!kinds.includes(kind)) return false;
  const hour = (at - LocalDays.of(timezone).at(at).from) / hourMs;
  return fromHour <= hour && hour < toHour;
}

/** Ahead: told before it happened. Behind: a code was read before it was made, by the server's clock both times. */
function isClockWrong({ at, receivedAt, card }: Scan, { aheadSeconds, behindSeconds }: DoubtRules): boolean {
  if (at > receivedAt + aheadSeconds * 1_000) return true;
  return card !== undefined && at < card.issuedAt - behindSeconds * 1_000;
}
