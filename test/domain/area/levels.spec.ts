import { describe, expect, it } from '@jest/globals';
import { levelSteps } from '../../../src/domain/area/levels.js';

const hours = (n: number) => n * 3_600_000;
const at = (hour: number, level: number) => ({ atMs: hours(hour), level, noticeMs: hours(48) });
type Found = [hour: number, level: number][];

describe('the level of an area', () => {
  it.each<[string, Found, Found]>([
    ['is none where none was found', [], []],
    ['the lowest holds at once', [[0, 1]], [[0, 1]]],
    [
      'a higher one holds after 48 hours',
      [
        [0, 1],
        [10, 3],
      ],
      [
        [0, 1],
        [58, 3],
      ],
    ],
    ['a first one that is not the lowest holds after 48 hours too', [[0, 2]], [[48, 2]]],
    [
      'a lower one holds at once',
      [
        [0, 2],
        [100, 1],
      ],
      [
        [48, 2],
        [100, 1],
      ],
    ],
    [
      'the same again changes nothing',
      [
        [0, 1],
        [10, 1],
      ],
      [[0, 1]],
    ],
    [
      'a notice is taken back when the level is found low again',
      [
        [0, 1],
        [10, 3],
        [20, 1],
      ],
      [[0, 1]],
    ],
    [
      'a notice that runs stays for as much of it as is still found',
      [
        [0, 1],
        [10, 4],
        [20, 3],
      ],
      [
        [0, 1],
        [58, 3],
      ],
    ],
    [
      'a still higher one has a notice of its own',
      [
        [0, 1],
        [10, 3],
        [20, 4],
      ],
      [
        [0, 1],
        [58, 3],
        [68, 4],
      ],
    ],
    [
      'found again at the end of its notice it holds then',
      [
        [0, 1],
        [10, 3],
        [58, 3],
      ],
      [
        [0, 1],
        [58, 3],
      ],
    ],
  ])('%s', (_, found, steps) => {
    expect(levelSteps(found.map(([hour, level]) => at(hour, level)))).toEqual(
      steps.map(([hour, level]) => ({ fromMs: hours(hour), level })),
    );
  });
});
