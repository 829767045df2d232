import { describe, expect, it } from '@jest/globals';
import { graphOf, mostNodes, type Exposed } from '../../../web/officer/graph-model.js';

const anExposed = (person: string, more: Partial<Exposed> = {}): Exposed => ({
  person,
  level: 1,
  minutes: 30,
  dose: 30,
  witness: { via: 'f0', venue: 'hall' },
  ...more,
});
const nobody: ReadonlySet<string> = new Set();
const crowd = (count: number, venues = 10): Exposed[] =>
  Array.from({ length: count }, (_, at) =>
    anExposed(`p${at}`, { witness: { via: 'f0', venue: `v${at % venues}` }, dose: at + 1 }),
  );

describe('graphOf', () => {
  it('puts the case in the middle and each level on a ring further out', () => {
    const far = anExposed('b', { level: 2, dose: null, witness: { via: 'a', venue: 'shop' } });
    const { nodes, edges } = graphOf('f0', [anExposed('a'), far], nobody);
    const distance = (id: string) => {
      const { x, y } = nodes.find((node) => node.id === id)!;
      return Math.hypot(x, y);
    };
    expect(distance('f0')).toBe(0);
    expect(distance('a')).toBeGreaterThan(100);
    expect(distance('b')).toBeGreaterThan(distance('a') + 100);
    expect(edges.map(({ id }) => id)).toEqual(['f0>a', 'a>b']);
  });

  it('gives the highest dose of a level the thickest line', () => {
    const { edges } = graphOf('f0', [anExposed('a', { dose: 60 }), anExposed('b', { dose: 15 })], nobody);
    expect(edges.map(({ weight }) => weight)).toEqual([1, 0.25]);
  });

  it('puts the place of a meeting between those who met, on demand, and moves nobody for it', () => {
    const far = anExposed('c', { level: 2, dose: null, witness: { via: 'a', venue: 'shop' } });
    const contacts = [anExposed('a'), anExposed('b'), far];
    const plain = graphOf('f0', contacts, nobody);
    const { nodes, edges } = graphOf('f0', contacts, nobody, true);
    expect(nodes.filter(({ kind }) => kind === 'venue').map(({ id, people }) => [id, people])).toEqual([
      ['1#hall', 2],
      ['2#shop', 1],
    ]);
    expect(edges.map(({ id }) => id).sort()).toEqual(['1#hall>a', '1#hall>b', '2#shop>c', 'a>2#shop', 'f0>1#hall']);
    expect(nodes.filter(({ kind }) => kind !== 'venue')).toEqual(plain.nodes);
  });

  it('draws no line from somebody who is filtered out, and none from the case in their place', () => {
    const far = anExposed('b', { level: 2, dose: null, witness: { via: 'a', venue: 'shop' } });
    expect(graphOf('f0', [far], nobody).edges).toEqual([]);
  });

  it('lays the same contacts at the same places, whatever order they came in', () => {
    const contacts = crowd(40);
    const placed = (of: Exposed[]) =>
      graphOf('f0', of, nobody)
        .nodes.map(({ id, x, y }) => `${id} ${x} ${y}`)
        .sort();
    expect(placed([...contacts].reverse())).toEqual(placed(contacts));
  });

  it('lets no two people of a ring lie on each other', () => {
    const { nodes } = graphOf('f0', crowd(mostNodes), nobody);
    expect(new Set(nodes.map(({ x, y }) => `${x} ${y}`)).size).toBe(mostNodes + 1);
  });

  it('groups by level and place beyond 500, and opens a group on demand', () => {
    const contacts = crowd(5_000);
    const grouped = graphOf('f0', contacts, nobody);
    expect(grouped.isGrouped).toBe(true);
    expect(grouped.nodes).toHaveLength(11);
    expect(grouped.nodes.reduce((sum, { people }) => sum + people, 0)).toBe(5_001);
    const opened = graphOf('f0', contacts, new Set(['1@v3']));
    expect(opened.nodes.filter(({ kind }) => kind === 'person')).toHaveLength(500);
    expect(opened.nodes).toHaveLength(510);
  });
});
