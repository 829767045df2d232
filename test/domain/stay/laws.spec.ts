import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { foldScans } from '../../../src/domain/stay/fold.js';
import { cutBefore } from '../../../src/domain/stay/horizon.js';
import { packScan, packUndo, unpackLine } from '../../../src/domain/stay/packed.js';
import { comparePlaces, type Scan } from '../../../src/domain/stay/scan.js';
import { canStep, emptyFold, stepFold, type FoldState, type Stay } from '../../../src/domain/stay/step.js';
import { referenceFold } from './reference.js';
import { at, rules, shippedRules, someHistory } from './world.js';

const runs = { numRuns: 1_500 };
const fold = (scans: Scan[], undone: Parameters<typeof foldScans>[1] = []) => foldScans(scans, undone, shippedRules);

describe('the laws of folding', () => {
  it('gives what a slow reading of the specification gives', () => {
    fc.assert(
      fc.property(someHistory, ({ scans, undone }) => {
        const rows = fold(scans, undone).stays.map((s) => [s.venue, s.zone, s.in, s.out, s.assumed, s.trust]);
        const expected = referenceFold(scans, undone, rules);
        expect(rows).toEqual(expected.map((r) => [r.venue, r.zone, r.in, r.end, r.assumed, r.trust]));
      }),
      runs,
    );
  });

  it('does not depend on the order of arrival or on repetition', () => {
    const shuffled = someHistory.chain((history) =>
      fc.record({
        history: fc.constant(history),
        order: fc.shuffledSubarray(history.scans, { minLength: history.scans.length }),
        again: fc.subarray(history.scans),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ history, order, again }) => {
        const straight = fold(history.scans, history.undone);
        expect(fold([...order, ...again], [...history.undone, ...history.undone])).toEqual(straight);
      }),
      runs,
    );
  });

  it('gives the same when taken scan by scan in their order', () => {
    fc.assert(
      fc.property(someHistory, ({ scans }) => {
        let state: FoldState = emptyFold;
        const stays = new Map<string, Stay>();
        for (const scan of [...scans].sort(comparePlaces)) {
          expect(canStep(state, scan)).toBe(true);
          const step = stepFold(state, scan, shippedRules);
          for (const stay of step.changed) stays.set(stay.id, stay);
          state = step.state;
        }
        const real = [...stays.values()].filter((s) => s.in < s.out).sort((a, b) => a.in - b.in);
        const folded = fold(scans);
        expect(real).toEqual(folded.stays.map(({ scans: _, ...stay }) => stay));
        expect(state).toEqual(folded.state);
      }),
      runs,
    );
  });

  it('never makes two stays of one person overlap, and leaves at most one open', () => {
    fc.assert(
      fc.property(someHistory, ({ scans, undone }) => {
        const { stays } = fold(scans, undone);
        stays.slice(1).forEach((stay, i) => expect(stay.in).toBeGreaterThanOrEqual(stays[i]!.out));
        expect(stays.filter((stay) => stay.open).length).toBeLessThanOrEqual(1);
      }),
      runs,
    );
  });

  it('makes a stay vanish when its own scans are taken back', () => {
    fc.assert(
      fc.property(someHistory, fc.nat(), ({ scans }, pick) => {
        const { stays } = fold(scans);
        const chosen = stays[pick % Math.max(stays.length, 1)];
        if (!chosen) return;
        const gone = scans
          .filter((scan) => chosen.scans.includes(`${scan.gate}/${scan.scanId}`))
          .map((scan) => ({ ...scan, undoneAt: scan.at }));
        expect(gone.length).toBeGreaterThan(0);
        expect(fold(scans, gone).stays.map(({ id }) => id)).not.toContain(chosen.id);
      }),
      runs,
    );
  });

  it('folds what the retention left as if nothing had been cut, also when late scans follow', () => {
    fc.assert(
      fc.property(someHistory, fc.integer({ min: 0, max: 1_440 }), ({ scans, undone }, minute) => {
        const horizon = at('01:00') + minute * 60_000;
        const early = scans.filter((_, i) => i % 5 !== 0);
        const late = scans.filter((scan, i) => i % 5 === 0 && scan.at >= horizon);
        const cut = cutBefore({ scans: early, undone }, shippedRules, horizon);
        if (!cut) return;
        expect(cut.cutMs).toBeLessThanOrEqual(horizon);
        const left = [...early, ...late].filter((scan) => scan.at >= cut.cutMs);
        const kept = foldScans(left, undone, shippedRules, cut.base);
        const whole = fold([...early, ...late], undone).stays.filter((stay) => !isCut(stay, cut.cutMs, left));
        expect(kept.stays.map(({ scans: _, ...stay }) => stay)).toEqual(whole.map(({ scans: _, ...stay }) => stay));
      }),
      runs,
    );
  });

  it('reads back every line it packed', () => {
    fc.assert(
      fc.property(someHistory, ({ scans, undone }) => {
        expect(scans.map((scan) => unpackLine(packScan(scan)))).toEqual(scans.map((scan) => ({ scan })));
        expect(undone.map((undo) => unpackLine(packUndo(undo)))).toEqual(undone.map((undo) => ({ undo })));
      }),
    );
  });
});

/** A stay is gone with the cut when the scan that opened it is. */
const isCut = (stay: Stay, _cutMs: number, left: Scan[]): boolean =>
  !left.some(({ gate, scanId }) => `${gate}/${scanId}` === stay.id);
