import { describe, expect, it } from '@jest/globals';
import type { Scan } from '../../../src/domain/stay/scan.js';
import { emptyFold, stepFold, type Step } from '../../../src/domain/stay/step.js';
import { aScan, shippedRules } from './world.js';

const checkpoint = { venue: 'C', kind: 'checkpoint' } as const;

describe('a repeat', () => {
  it.each<[string, Scan[], 'in' | 'out']>([
    ['of somebody who came in answers in again', [aScan('auto', '10:00'), aScan('auto', '10:01')], 'in'],
    ['of a repeat too', [aScan('auto', '10:00'), aScan('auto', '10:04'), aScan('auto', '10:08')], 'in'],
    [
      'of somebody who went out answers out again',
      [aScan('auto', '10:00'), aScan('auto', '10:30'), aScan('auto', '10:31')],
      'out',
    ],
    ['of what was asked for answers that', [aScan('out', '10:00'), aScan('out', '10:01')], 'out'],
    ['at a checkpoint answers in', [aScan('auto', '10:00', checkpoint), aScan('auto', '10:01', checkpoint)], 'in'],
  ])('%s', (_, scans, direction) => {
    const steps: Step[] = [];
    for (const one of scans) steps.push(stepFold(steps.at(-1)?.state ?? emptyFold, one, shippedRules));
    expect(steps.at(-1)).toMatchObject({ effect: 'repeat', direction });
  });
});
