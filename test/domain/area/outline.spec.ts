import { describe, expect, it } from '@jest/globals';
import { outlineOf } from '../../../src/domain/area/outline.js';

const at = (lat: number, lon: number) => ({ lat, lon });
const sorted = (places: { lat: number; lon: number }[]) => places.map(({ lat, lon }) => `${lat} ${lon}`).sort();

describe('the outline of an area', () => {
  it.each([
    ['is nothing where no place is known', [], []],
    ['is the place itself where there is one', [at(10, 106)], [at(10, 106)]],
    ['is both of two places', [at(10, 106), at(11, 107)], [at(10, 106), at(11, 107)]],
    ['has the two ends of places on one line', [at(10, 106), at(12, 106), at(11, 106)], [at(10, 106), at(12, 106)]],
    [
      'has the corners of many, each once, and nothing of what lies between them',
      [at(0, 0), at(0, 2), at(2, 2), at(2, 0), at(1, 1), at(0, 1), at(0, 0)],
      [at(0, 0), at(0, 2), at(2, 2), at(2, 0)],
    ],
  ])('%s', (_, places, corners) => {
    expect(sorted(outlineOf(places))).toEqual(sorted(corners));
  });
});
