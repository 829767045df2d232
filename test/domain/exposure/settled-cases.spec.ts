import { describe, expect, it } from '@jest/globals';
import type { Vault } from '../../../config/vault.js';
import type { Graph } from '../../../graph/graph.js';
import { ContactRule } from '../../../src/domain/exposure/contact-rule.js';
import { neutralZonedContact } from '../../../src/domain/policy/contact.js';
import type { Policies } from '../../../src/policies.js';
import { SettledCases } from '../../../workers/trace/settled-cases.js';

const [hour, day] = [3_600_000, 86_400_000];
const onset = Date.UTC(2021, 9, 4);
const closesAt = onset + 21 * day;

/** A case of somebody who carries it on alone. */
const stored = (id: string) => {
  return {
    id,
    person: `person of ${id}`,
    unit: null,
    onset,
    sampledAt: null,
    isolatedAt: null,
    retractedAt: null,
    closesAt,
  };
};

const carried = (id: string, carriers: number) => ({
  traced: stored(id),
  closesAt,
  rule: new ContactRule(neutralZonedContact),
  carriers: Array.from({ length: carriers }, (_, at) => ({ person: `${id}-${at}`, from: onset, to: onset + hour })),
});

/** A graph that knows these cases, and nobody whom they exposed. */
function casesOf(ids: string[], room: number): SettledCases {
  const read = (name: string, asked: { ids: string[] }) =>
    Promise.resolve(name === 'cases/by_ids' ? asked.ids.filter((id) => ids.includes(id)).map(stored) : []);
  const policies = { versionsOf: () => Promise.resolve(() => []) } as unknown as Policies;
  return new SettledCases({ graph: { read } as unknown as Graph, vault: {} as Vault, policies }, room);
}

describe('settled cases', () => {
  it('leave the index when they close, and those that had no room in it are read then', async () => {
    const cases = casesOf(['large'], 3);
    cases.add('first', { ...carried('first', 3), closesAt: closesAt - day });
    cases.add('large', carried('large', 2));
    expect(cases.size).toBe(3);
    cases.close(closesAt - day - 1);
    expect([cases.size, await cases.readSome()]).toEqual([3, false]);
    cases.close(closesAt - day);
    expect(cases.size).toBe(0);
    expect(await cases.readSome()).toBe(false);
    expect(cases.size).toBe(1);
    cases.close(closesAt);
    expect(cases.size).toBe(0);
  });

  it('that never close stay, and one too large for the room that is left waits on', async () => {
    const cases = casesOf(['large'], 3);
    cases.add('forever', { ...carried('forever', 2), closesAt: null });
    cases.add('short', { ...carried('short', 1), closesAt: closesAt - day });
    cases.add('large', carried('large', 2));
    cases.close(closesAt - day);
    await cases.readSome();
    expect(cases.size).toBe(2);
  });
});
