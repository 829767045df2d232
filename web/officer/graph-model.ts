/** What the graph needs of a contact. */
export interface Exposed {
  person: string;
  level: number;
  minutes: number;
  dose: number | null;
  witness: { via: string; venue: string };
}

/** A point of the graph: the case, a contact, the contacts of one level at one place, or the place between two rings. */
export interface GraphNode {
  id: string;
  kind: 'case' | 'person' | 'group' | 'venue';
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
 * at the same places; `opened` groups show their people, and `hasVenues` puts the place of a meeting between the two
 * who met. Whoever is exposed by somebody who is not shown has no line.
 */
export function graphOf(
  casePerson: string,
  contacts: readonly Exposed[],
  opened: ReadonlySet<string>,
  hasVenues = false,
): ExposureGraph {
  const isGrouped = contacts.length > mostNodes;
  const groupOf = ({ level, witness }: Exposed): string => `${level}@${witness.venue}`;
  const idOf = (one: Exposed): string => (isGrouped && !opened.has(groupOf(one)) ? groupOf(one) : one.person);
  const idByPerson = new Map(contacts.map((one) => [one.person, idOf(one)]));
  const found = new Found(casePerson);
  const most = strongest(contacts);
  for (const one of contacts) {
    const id = idOf(one);
    const isPerson = id === one.person;
    found.addNode(one, id, isPerson ? 'person' : 'group');
    const source = one.level === 1 ? casePerson : idByPerson.get(one.witness.via);
    if (source === undefined || source === id) continue;
    const weight = strengthOf(one) / most.get(one.level)!;
    if (hasVenues && isPerson) {
      const venue = `${one.level}#${one.witness.venue}`;
      found.addNode(one, venue, 'venue');
      found.addEdge(source, venue, weight);
      found.addEdge(venue, id, weight);
    } else found.addEdge(source, id, weight);
  }
  const [nodes, edges] = [[...found.nodes.values()], [...found.edges.values()]];
  place(nodes, edges);
  return { nodes, edges, isGrouped };
}

/** What was found of a graph so far: a node counts its people, an edge keeps its greatest weight. */
class Found {
  readonly nodes: Map<string, GraphNode>;
  readonly edges = new Map<string, GraphEdge>();

  constructor(casePerson: string) {
    this.nodes = new Map([[casePerson, { id: casePerson, kind: 'case', level: 0, venue: '', people: 1, x: 0, y: 0 }]]);
  }

  addNode({ level, witness }: Exposed, id: string, kind: GraphNode['kind']): void {
    const known = this.nodes.get(id);
    if (known) known.people++;
    else this.nodes.set(id, { id, kind, level, venue: witness.venue, people: 1, x: 0, y: 0 });
  }

  addEdge(source: string, target: string, weight: number): void {
    const id = `${source}>${target}`;
    if ((this.edges.get(id)?.weight ?? -1) < weight) this.edges.set(id, { id, source, target, weight });
  }
}

const strengthOf = ({ dose, minutes }: Exposed): number => dose ?? minutes;

/** The highest dose, or the most minutes, of each level; at least a little, so that it divides. */
function strongest(contacts: readonly Exposed[]): Map<number, number> {
  const most = new Map<number, number>();
  for (const one of contacts) most.set(one.level, Math.max(most.get(one.level) ?? 1e-9, strengthOf(one)));
  return most;
}

/**
 * Rings by level; within a ring by the angle of whoever exposed them, then by place. A place lies before its people,
 * half a gap further in.
 */
function place(nodes: GraphNode[], edges: GraphEdge[]): void {
  const angles = new Map<string, number>();
  const parent = new Map(edges.map(({ source, target }) => [target, source]));
  const deepest = nodes.reduce((most, { level }) => Math.max(most, level), 0);
  let radius = 0;
  for (let level = 1; level <= deepest; level++) {
    const ring = nodes.filter((node) => node.level === level && node.kind !== 'venue');
    const up = (id: string): string => parent.get(id) ?? '';
    // A place has no angle of its own yet: whoever exposed them there stands before it.
    const angleOf = ({ id }: GraphNode): number => angles.get(up(id)) ?? angles.get(up(up(id))) ?? 0;
    ring.sort((a, b) => angleOf(a) - angleOf(b) || byText(a.venue, b.venue) || byText(a.id, b.id));
    radius = Math.max(radius + ringGap, (ring.length * nodeGap) / (2 * Math.PI));
    for (const [at, node] of ring.entries()) {
      const angle = (2 * Math.PI * at) / ring.length;
      angles.set(node.id, angle);
      put(node, radius, angle);
    }
    for (const venue of nodes.filter((node) => node.level === level && node.kind === 'venue')) {
      put(
        venue,
        radius - ringGap / 2,
        middleOf(ring.filter(({ id }) => up(id) === venue.id).map(({ id }) => angles.get(id)!)),
      );
    }
  }
}

/** Angle 0 is at the top. */
function put(node: GraphNode, radius: number, angle: number): void {
  node.x = Math.round(radius * Math.cos(angle - Math.PI / 2));
  node.y = Math.round(radius * Math.sin(angle - Math.PI / 2));
}

/** The direction in the middle of several. */
const middleOf = (angles: number[]): number =>
  Math.atan2(
    angles.reduce((sum, angle) => sum + Math.sin(angle), 0),
    angles.reduce((sum, angle) => sum + Math.cos(angle), 0),
  );

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
