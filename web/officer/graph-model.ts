/** What the graph needs of a contact. */
export interface Exposed {
  person: string;
  level: number;
  minutes: number;
  dose: number | null;
  witness: { via: string; venue: string };
}

/** A point of the graph: the case, a contact, or the contacts of one level at one place. */
export interface GraphNode {
  id: string;
  kind: 'case' | 'person' | 'group';
  level: number;
  venue: string;
  people: number;
  x: number;
  y: number;
}

/** Who may have passed it on to whom; `weight` from 0 to 1, by dose at level 1 and by minutes deeper. */
export interface GraphEdge {
  id: string;
  source: string;
  target: string;
  weight: number;
}

export interface ExposureGraph {
  nodes: GraphNode[];
  edges: GraphEdge[];
  isGrouped: boolean;
}

/** Beyond so many points nobody sees anything: they are grouped by level and place (UX.md). */
export const mostNodes = 500;

/** The room between rings, and between the points of a ring, in the units of the drawing (assumptions). */
const ringGap = 150;
const nodeGap = 30;

/**
 * The case in the middle and a ring for each level, everybody beside whom they were exposed by. The same contacts lie
 * at the same places; `opened` groups show their people.
 */
export function graphOf(casePerson: string, contacts: readonly Exposed[], opened: ReadonlySet<string>): ExposureGraph {
  const isGrouped = contacts.length > mostNodes;
  const groupOf = ({ level, witness }: Exposed): string => `${level}@${witness.venue}`;
  const idOf = (one: Exposed): string => (isGrouped && !opened.has(groupOf(one)) ? groupOf(one) : one.person);
  const idByPerson = new Map(contacts.map((one) => [one.person, idOf(one)]));
  const nodes = new Map<string, GraphNode>([
    [casePerson, { id: casePerson, kind: 'case', level: 0, venue: '', people: 1, x: 0, y: 0 }],
  ]);
  const edges = new Map<string, GraphEdge>();
  const most = strongest(contacts);
  for (const one of contacts) {
    const id = idOf(one);
    const known = nodes.get(id);
    if (known) known.people++;
    else nodes.set(id, nodeOf(one, id));
    const source = idByPerson.get(one.witness.via) ?? casePerson;
    if (source === id) continue;
    const edge = { id: `${source}>${id}`, source, target: id, weight: strengthOf(one) / most.get(one.level)! };
    if ((edges.get(edge.id)?.weight ?? -1) < edge.weight) edges.set(edge.id, edge);
  }
  place([...nodes.values()], [...edges.values()]);
  return { nodes: [...nodes.values()], edges: [...edges.values()], isGrouped };
}

const nodeOf = ({ person, level, witness }: Exposed, id: string): GraphNode => ({
  id,
  kind: id === person ? 'person' : 'group',
  level,
  venue: witness.venue,
  people: 1,
  x: 0,
  y: 0,
});

const strengthOf = ({ dose, minutes }: Exposed): number => dose ?? minutes;

/** The highest dose, or the most minutes, of each level; at least a little, so that it divides. */
function strongest(contacts: readonly Exposed[]): Map<number, number> {
  const most = new Map<number, number>();
  for (const one of contacts) most.set(one.level, Math.max(most.get(one.level) ?? 1e-9, strengthOf(one)));
  return most;
}

/** Rings by level; within a ring by the angle of whoever exposed them, then by place. */
function place(nodes: GraphNode[], edges: GraphEdge[]): void {
  const angles = new Map<string, number>();
  const parent = new Map(edges.map(({ source, target }) => [target, source]));
  const deepest = nodes.reduce((most, { level }) => Math.max(most, level), 0);
  let radius = 0;
  for (let level = 1; level <= deepest; level++) {
    const ring = nodes.filter((node) => node.level === level);
    const angleOf = ({ id }: GraphNode): number => angles.get(parent.get(id) ?? '') ?? 0;
    ring.sort((a, b) => angleOf(a) - angleOf(b) || byText(a.venue, b.venue) || byText(a.id, b.id));
    radius = Math.max(radius + ringGap, (ring.length * nodeGap) / (2 * Math.PI));
    for (const [at, node] of ring.entries()) {
      const angle = (2 * Math.PI * at) / ring.length;
      angles.set(node.id, angle);
      node.x = Math.round(radius * Math.cos(angle - Math.PI / 2));
      node.y = Math.round(radius * Math.sin(angle - Math.PI / 2));
    }
  }
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
