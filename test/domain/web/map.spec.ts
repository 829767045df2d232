import { describe, expect, it } from '@jest/globals';
import { visitsOf, type Stayed } from '../../../web/shared/visits.js';
import { shapeAround } from '../../../web/shared/map-style.js';

const at = (hour: number): string => new Date(Date.UTC(2026, 9, 3, hour)).toISOString();
const stay = (venue: string, from: number, to: number): Stayed => ({
  venue: { id: venue, name: venue },
  in: at(from),
  out: at(to),
});

describe('visitsOf', () => {
  it('adds up the visits of a place, the first one first', () => {
    const visits = visitsOf([stay('shop', 12, 13), stay('hall', 8, 9), stay('hall', 15, 17)], null);
    expect(visits.map(({ venue, minutes, spans }) => [venue, minutes, spans.length])).toEqual([
      ['hall', 180, 2],
      ['shop', 60, 1],
    ]);
  });

  it.each([
    ['before it', stay('hall', 1, 8), []],
    ['over its beginning', stay('hall', 7, 9), [[at(8), at(9)]]],
    ['over its end', stay('hall', 19, 23), [[at(19), at(20)]]],
    ['from the instant it ends', stay('hall', 20, 21), []],
  ])('cuts a stay to the window: %s', (_, one, spans) => {
    const found = visitsOf([one], { from: at(8), to: at(20) });
    expect(found.flatMap((visit) => visit.spans.map(({ from, to }) => [from, to]))).toEqual(spans);
  });
});

describe('shapeAround', () => {
  const square = [
    { lat: 10, lon: 106 },
    { lat: 10, lon: 106.1 },
    { lat: 10.1, lon: 106.1 },
    { lat: 10.1, lon: 106 },
  ];

  it('is closed and reaches around every place', () => {
    const shape = shapeAround(square, 1_000);
    expect(shape[0]).toEqual(shape.at(-1));
    expect(Math.min(...shape.map(([lon]) => lon))).toBeLessThan(106);
    expect(Math.max(...shape.map(([, lat]) => lat))).toBeGreaterThan(10.1);
  });

  it('has no dents: a place inside changes nothing', () => {
    expect(shapeAround([...square, { lat: 10.05, lon: 106.05 }], 1_000)).toEqual(shapeAround(square, 1_000));
  });

  it('is a circle around one place', () => {
    expect(shapeAround([square[0]!], 1_000)).toHaveLength(17);
  });
});
