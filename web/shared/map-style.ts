import type { StyleSpecification } from 'maplibre-gl';

export interface Point {
  lat: number;
  lon: number;
}

/** A place of the map; `weight` from 0 to 1 is the size of its circle. */
export interface MapPlace extends Point {
  id: string;
  name: string;
  number: number;
  weight: number;
}

/** An area, drawn around the places that are known of it: borders are in no data of ours. */
export interface MapArea {
  id: string;
  /** The name of a colour of `tokens.css`. */
  tone: string;
  points: Point[];
}

/** Metres of a degree of latitude (WGS 84, rounded). */
const metresPerDegree = 111_320;

/** How far an area reaches beyond its places (assumption), and the corners of the circle about each of them. */
export const areaMetres = 400;
const corners = 16;

/** Where an area lies: the smallest shape without dents around circles about its places; closed, longitude first. */
export function shapeAround(points: readonly Point[], metres = areaMetres): [number, number][] {
  const around = points.flatMap(({ lat, lon }) => {
    const high = metres / metresPerDegree;
    const wide = high / Math.cos((lat * Math.PI) / 180);
    return Array.from({ length: corners }, (_, at): [number, number] => {
      const angle = (2 * Math.PI * at) / corners;
      return [lon + wide * Math.cos(angle), lat + high * Math.sin(angle)];
    });
  });
  const sorted = around.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const shape = [...half(sorted), ...half(sorted.reverse())];
  return [...shape, shape[0]!];
}

/** One side of the shape around sorted points, without its last corner: every turn goes the same way. */
function half(points: [number, number][]): [number, number][] {
  const side: [number, number][] = [];
  for (const point of points) {
    while (side.length > 1 && turn(side.at(-2)!, side.at(-1)!, point) <= 0) side.pop();
    side.push(point);
  }
  return side.slice(0, -1);
}

const turn = (a: [number, number], b: [number, number], c: [number, number]): number =>
  (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

/** West, south, east, north of all that is shown. */
export function boundsOf(places: readonly Point[]): [number, number, number, number] {
  const [lats, lons] = [places.map(({ lat }) => lat), places.map(({ lon }) => lon)];
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

type Token = (name: string) => string;

/** Paper, areas and places: nothing of it comes from a server of tiles. */
export const styleOf = (token: Token): StyleSpecification => ({
  version: 8,
  sources: { areas: { type: 'geojson', data: areasOf([], token) }, places: { type: 'geojson', data: placesOf([]) } },
  layers: [
    { id: 'paper', type: 'background', paint: { 'background-color': token('--paper-soft') } },
    { id: 'areas', type: 'fill', source: 'areas', paint: { 'fill-color': ['get', 'colour'], 'fill-opacity': 0.18 } },
    {
      id: 'borders',
      type: 'line',
      source: 'areas',
      paint: { 'line-color': ['get', 'colour'], 'line-width': 1.5, 'line-dasharray': [3, 2] },
    },
    {
      id: 'places',
      type: 'circle',
      source: 'places',
      paint: {
        'circle-color': token('--leaf'),
        'circle-opacity': 0.3,
        'circle-stroke-color': token('--leaf'),
        'circle-stroke-width': 1.5,
        'circle-radius': ['+', 16, ['*', 16, ['get', 'weight']]],
      },
    },
  ],
});

export const areasOf = (areas: readonly MapArea[], token: Token) => ({
  type: 'FeatureCollection' as const,
  features: areas.map(({ tone, points }) => ({
    type: 'Feature' as const,
    properties: { colour: token(tone) },
    geometry: { type: 'Polygon' as const, coordinates: [shapeAround(points)] },
  })),
});

export const placesOf = (places: readonly MapPlace[]) => ({
  type: 'FeatureCollection' as const,
  features: places.map(({ weight, lat, lon }) => ({
    type: 'Feature' as const,
    properties: { weight },
    geometry: { type: 'Point' as const, coordinates: [lon, lat] },
  })),
});
