import { describe, expect, it } from '@jest/globals';
import type { Vault } from '../../config/vault.js';
import type { Graph } from '../../graph/graph.js';
import { ExposuresCheck } from '../../src/checks/exposures-check.js';
import type { Settling } from '../../src/checks/settling.js';
import type { Policies } from '../../src/policies.js';

const nowMs = Date.UTC(2021, 9, 25);

/** Cases by the instant at which they close. */
const closing = { long: nowMs - 1, now: nowMs, soon: nowMs + 1, never: null };

function exposures(): ExposuresCheck {
  const rows: Record<string, object[]> = {
    'cases/open_ids': Object.entries(closing).map(([id, closesAt]) => ({ id, closesAt })),
    'cases/left_over': [{ case: 'taken-back' }],
  };
  const graph = { read: (name: string) => Promise.resolve(rows[name]) } as unknown as Graph;
  return new ExposuresCheck(graph, {} as Vault, {} as Policies, {} as Settling, () => nowMs);
}

async function chosen(sample?: number): Promise<string[]> {
  const ids: string[] = [];
  for await (const page of exposures().choose(sample)) ids.push(...page);
  return ids.sort();
}

describe('an audit of exposures looks at', () => {
  it('every case when it is whole, closed ones too, for they are counted', async () => {
    expect(await chosen()).toEqual(['long', 'never', 'now', 'soon', 'taken-back']);
  });

  it('none that is closed when it takes a sample, however large', async () => {
    expect(await chosen(10)).toEqual(['never', 'soon', 'taken-back']);
    expect(await chosen(1)).toHaveLength(1);
  });
});
