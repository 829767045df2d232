import { describe, expect, it } from '@jest/globals';
import { inPairs, Unsteady, type Measured } from '../../../bench/pairs.js';

/** A side that measures these speeds one after the other, and the last one from then on. */
function side(...speeds: number[]) {
  const asked = { times: 0 };
  const measure = (): Promise<Measured> =>
    Promise.resolve({ speed: speeds[Math.min(asked.times++, speeds.length - 1)]! });
  return { asked, measure };
}

/** The machine's own speed: these first, then a steady 100; it is asked before and after every pair. */
const machine = (...first: number[]) => {
  let asked = 0;
  return () => first[asked++] ?? 100;
};

describe('inPairs', () => {
  it('takes the median of the ratios of a steady machine, each pair once', async () => {
    const [ours, theirs] = [side(1, 2, 9), side(2)];
    const ratios = await inPairs(ours.measure, theirs.measure, 3, machine());
    expect(ratios).toMatchObject({ pairs: 3, speed: 1, spread: [0.5, 4.5], unsteadiness: 1 });
    expect(ours.asked.times).toBe(3);
  });

  it('runs a pair again around which the machine was more than twice as slow as else', async () => {
    const ours = side(0.02, 1, 1, 3);
    const ratios = await inPairs(ours.measure, side(2).measure, 3, machine(100, 40));
    expect(ratios).toMatchObject({ pairs: 3, spread: [0.5, 1.5], unsteadiness: 1 });
    expect(ours.asked.times).toBe(4);
  });

  it('keeps a pair at exactly twice the median, and one that measured little on a steady machine', async () => {
    const ours = side(0.02, 1, 1);
    const ratios = await inPairs(ours.measure, side(2).measure, 3, machine(50));
    expect(ratios).toMatchObject({ spread: [0.01, 0.5], unsteadiness: 2 });
  });

  it('refuses when the machine stays unsteady over as many pairs again', async () => {
    let asked = 0;
    const restless = () => (asked++ % 2 === 0 ? 100 : 500);
    const ours = side(1);
    await expect(inPairs(ours.measure, side(1).measure, 3, restless)).rejects.toThrow(Unsteady);
    expect(ours.asked.times).toBe(6);
  });
});
