import { randomInt } from 'node:crypto';
import { z } from 'zod';
import type { Env } from '../../config/env.js';
import type { StoredVenue } from '../../graph/queries/venues.js';
import { venueKinds, type VenueKind } from '../domain/stay/scan.js';
import { unitCode } from '../units/unit.js';

/** How air is shared there (SPEC 5, policy `contact.settings`). */
export const settings = ['outdoor', 'ventilated', 'closed'] as const;

/** Letters and digits that nobody mixes up when reading a poster aloud; 31 of them. */
const alphabet = '23456789abcdefghjkmnpqrstuvwxyz';

/** Characters of a venue's short code: 50 bits, so that 4 million venues meet once in 100 installations (assumption). */
const codeLength = 10;

/** A new short code for a venue's poster and URL. */
export const newVenueCode = (): string =>
  Array.from({ length: codeLength }, () => alphabet[randomInt(alphabet.length)]).join('');

/** Texts that people read: no control characters, no halves of surrogate pairs. */
const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Surrogate}]*$/u, 'expected text without control characters');

/** An id given by whoever makes the venue: it stands in addresses and in files. */
const venueId = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._:-]{0,127}$/u, 'expected up to 128 letters, digits and . _ : -');

const point = z.strictObject({ lat: z.number().min(-90).max(90), lon: z.number().min(-180).max(180) });

/** Zones of one venue, and people it holds: more than any building has (assumption). */
const zones = z
  .array(text(64))
  .max(100)
  .refine((all) => new Set(all).size === all.length, 'expected every zone once');
const capacity = z.int().min(1).max(1_000_000);

const described = {
  name: text(200),
  kind: z.enum(venueKinds),
  setting: z.enum(settings),
};

/** A new venue (API.md). */
export const newVenue = z.strictObject({
  ...described,
  id: venueId.optional(),
  unit: unitCode.optional(),
  point: point.optional(),
  capacity: capacity.optional(),
  zones: zones.default([]),
});
export type NewVenue = z.output<typeof newVenue>;

/** What changes; null takes a property away. */
export const venueChange = z
  .strictObject({
    ...described,
    unit: unitCode.nullable(),
    point: point.nullable(),
    capacity: capacity.nullable(),
    zones,
  })
  .partial();
export type VenueChange = z.output<typeof venueChange>;

/** A venue as the API shows it. */
export interface Venue {
  id: string;
  /** The short code of its poster, and the address the poster shows. */
  code: string;
  url: string;
  name: string;
  kind: VenueKind;
  setting: string;
  unit: string | null;
  point: { lat: number; lon: number } | null;
  capacity: number | null;
  zones: string[];
}

/** The address people reach this installation at, without a slash at its end. */
export const publicUrl = ({ PUBLIC_URL, HOST, PORT }: Pick<Env, 'PUBLIC_URL' | 'HOST' | 'PORT'>): string =>
  (PUBLIC_URL ?? `http://${HOST}:${PORT}`).replace(/\/+$/, '');

/** Where a venue stands, in degrees (WGS 84), out of two columns; null where nobody has said it. */
export const pointOf = (lat: number | null, lon: number | null): Venue['point'] =>
  lat !== null && lon !== null ? { lat, lon } : null;

/** The venue as it is stored, in the form of the API. */
export function showVenue({ lat, lon, ...stored }: StoredVenue, baseUrl: string): Venue {
  return { ...stored, url: `${baseUrl}/v/${stored.code}`, point: pointOf(lat, lon) };
}

/** The venue in the form in which it is stored. */
export function storeVenue({ point: at, ...venue }: Omit<Venue, 'url'>): StoredVenue {
  return { ...venue, lat: at?.lat ?? null, lon: at?.lon ?? null };
}
