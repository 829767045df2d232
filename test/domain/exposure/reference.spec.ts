import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { referenceExposures } from '../../reference/exposure.js';
import { exposuresOf, inOrder, written } from './ask.js';
import { LateReader } from './late-reader.js';
import { world } from './worlds.js';

/** Worlds per run; a developer may ask for more. */
const numRuns = Number(process.env['WORLDS'] ?? 500);

describe('the rule', () => {
  it('answers as the slow reference does, row for row, in any small world', async () => {
    await fc.assert(
      fc.asyncProperty(world, async (given) => {
        const rows = await exposuresOf(given);
        expect(inOrder(rows.map(written))).toEqual(inOrder(referenceExposures(given)));
      }),
      { numRuns },
    );
  }, 600_000);

  it('answers the same through a reader that answers later and numbers everybody otherwise', async () => {
    await fc.assert(
      fc.asyncProperty(world, async (any) => {
        const given = { ...any, encounters: [] };
        const late = await exposuresOf(given, new LateReader(given));
        expect(inOrder(late.map(written))).toEqual(inOrder((await exposuresOf(given)).map(written)));
      }),
      { numRuns },
    );
  }, 600_000);

  it('does not care about the order in which stays come', async () => {
    await fc.assert(
      fc.asyncProperty(world, async (given) => {
        const turned = { ...given, stays: given.stays.toReversed(), encounters: given.encounters.toReversed() };
        expect(inOrder((await exposuresOf(turned)).map(written))).toEqual(
          inOrder((await exposuresOf(given)).map(written)),
        );
      }),
      { numRuns },
    );
  }, 600_000);
});
