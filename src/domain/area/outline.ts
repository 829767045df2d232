import { convex, points } from '@turf/turf';

/** Degrees, WGS 84. */
export interface Point {
  lat: number;
  lon: number;
}

/**
 * The corners of the smallest shape without dents around places; the two ends where all lie on one line. Borders of units
 * are in no data of ours: this says where the places that are known of one lie.
 */
export function outlineOf(places: readonly Point[]): Point[] {
  const shape = convex(points(places.map(({ lat, lon }) => [lon, lat])));
  const corners = shape?.geometry.coordinates[0]?.slice(1).map(([lon, lat]) => ({ lat: lat!, lon: lon! }));
  return corners ?? ends(places);
}

function ends(places: readonly Point[]): Point[] {
  const ordered = [...places].sort((a, b) => a.lon - b.lon || a.lat - b.lat).map(({ lat, lon }) => ({ lat, lon }));
  return ordered.length > 2 ? [ordered[0]!, ordered.at(-1)!] : ordered;
}
