import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScanBodies, staysOf } from '../../../bench/scan-bodies.js';

const people = ['ann', 'binh', 'chi'];
const codes = join(mkdtempSync(join(tmpdir(), 'vetxanh-bodies-')), 'codes');
writeFileSync(codes, people.join('\n'));

interface Body {
  scanId: string;
  code: string;
  direction: string;
}

function take(count: number, options: { visits: boolean; from: number }): Body[] {
  const bodies = new ScanBodies(codes, { prefix: 'p', ...options });
  return Array.from({ length: count }, () => JSON.parse(bodies.next()) as Body);
}

describe('the scans of a bench', () => {
  it('leave the direction to the gate unless they are visits', () => {
    expect(take(4, { visits: false, from: 0 }).map(({ direction }) => direction)).toEqual(Array(4).fill('auto'));
  });

  it('take everybody in and out in turns, also where one client goes on from another', () => {
    const scans = [...take(7, { visits: true, from: 0 }), ...take(6, { visits: true, from: 7 })];
    const ways = people.map((person) => scans.filter(({ code }) => code === person).map(({ direction }) => direction));
    expect(ways.map((way) => way.join(' '))).toEqual(['in out in out in', 'in out in out', 'in out in out']);
    expect(new Set(scans.map(({ scanId }) => scanId)).size).toBe(13);
  });

  it.each([0, 1, 3, 4, 6, 7, 9, 11, 12, 13])('imply a stay for every "in" of the first %i', (count) => {
    const ins = take(count, { visits: true, from: 0 }).filter(({ direction }) => direction === 'in');
    expect(staysOf(count, people.length)).toBe(ins.length);
  });
});
