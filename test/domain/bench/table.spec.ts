import { describe, expect, it } from '@jest/globals';
import { tableOf, type Row } from '../../../bench/table.js';

const row = (more: Partial<Row> = {}): Row => ({
  question: 'q',
  against: 'a',
  target: '≥ 1x',
  measured: '2x',
  met: true,
  cores: 2,
  pairs: 7,
  day: '2026-11-26',
  ...more,
});

describe('the table of the README', () => {
  it('says of every row of which run it is', () => {
    const table = tableOf([row(), row({ met: false, pairs: 3, day: null })]);
    expect(table.split('\n').slice(-2)).toEqual([
      '| q | a | ≥ 1x | 2x | met | 7 | 2026-11-26 |',
      '| q | a | ≥ 1x | 2x | **missed** | 3 | not kept |',
    ]);
  });

  it('names the cores of all its machines', () => {
    expect(tableOf([row(), row({ cores: 8 }), row()])).toMatch(/^Measured on 2 or 8 cores\./);
  });
});
