import type { z } from 'zod';
import { expectedBy } from '../../http/zod.js';
import type { Why } from '../tally.js';

/** The longest piece of a cell that is told back. */
const mostShown = 100;

/** The first thing a schema says about the cells of a row, with what stood there. */
export function firstFault(error: z.ZodError, cells: Record<string, string>): Why {
  const [issue] = error.issues;
  const column = String(issue?.path[0] ?? '');
  const expected = expectedBy(issue?.message ?? 'another value');
  return { column, expected, got: shown(cells[column]), reason: 'bad-value' };
}

/** A cell as it is told back to whoever sent it. */
export const shown = (cell = ''): string => (cell === '' ? 'nothing' : `"${cell.slice(0, mostShown)}"`);
