import cytoscape, { type Core, type StylesheetStyle } from 'cytoscape';
import { useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { Colour } from '../../src/domain/admission.js';
import { download } from '../shared/download.js';
import type { Contact, Known } from './case.js';
import { graphOf, mostNodes, type GraphNode } from './graph-model.js';
import { levelName } from './levels.js';

interface Props {
  /** The person of the case. */
  person: string;
  contacts: Contact[];
  known: Known;
  placeOf: (id: string) => string;
  choose: (person: string | undefined) => void;
  fileName: string;
}

/** Who may have passed it on to whom, ring by ring; the table of contacts says the same in words. */
export default function ExposureGraph({ person, contacts, known, placeOf, choose, fileName }: Props) {
  const { t } = useTranslation('officer');
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [hasVenues, setVenues] = useState(false);
  const [group, setGroup] = useState<GraphNode>();
  const graph = useMemo(() => graphOf(person, contacts, opened, hasVenues), [person, contacts, opened, hasVenues]);
  const { box, core } = useCore();
  useEffect(() => {
    if (contacts.length <= mostNodes) known.see(contacts.map((one) => one.person));
  }, [contacts, known.see]);
  useDrawn(core, { graph, placeOf, known });
  useEffect(() => {
    const cy = core.current!;
    const open = (id: string) => setOpened((before) => new Set([...before, id]));
    cy.on('tap', 'node', ({ target }) => {
      const node = target.data() as GraphNode;
      setGroup(node.kind === 'group' || node.kind === 'venue' ? node : undefined);
      choose(node.kind === 'person' ? node.id : undefined);
    });
    cy.on('dbltap', 'node', ({ target }) => target.data('kind') === 'group' && open(target.id()));
    return () => void cy.removeAllListeners();
  }, [choose]);
  const save = () =>
    download(`${fileName}.png`, core.current!.png({ output: 'blob', full: true, scale: 2, bg: token('--paper') }));
  return (
    <div className="graph stack tight">
      <div className="row spread">
        <p className="soft small">{t(graph.isGrouped ? 'graph.grouped' : 'graph.hint', { most: mostNodes })}</p>
        <span className="row">
          <button
            className="button small choice"
            aria-pressed={hasVenues}
            onClick={() => {
              setVenues(!hasVenues);
              setGroup(undefined);
            }}
          >
            {t('graph.venues')}
          </button>
          <button className="button small" onClick={() => core.current!.fit(undefined, 30)}>
            {t('graph.fit')}
          </button>
          <button className="button small" onClick={save}>
            {t('graph.png')}
          </button>
        </span>
      </div>
      {/* Its library would add a style element, which the policy of the page forbids, unless this id is taken. */}
      <div id="__________cytoscape_stylesheet">
        <div
          className="graph-box"
          ref={box}
          role="img"
          aria-label={t('graph.label', { count: contacts.length })}
          data-nodes={graph.nodes.length}
        />
      </div>
      {group && (
        <GroupLine
          group={group}
          place={placeOf(group.venue)}
          open={() => {
            setOpened(new Set([...opened, group.id]));
            setGroup(undefined);
          }}
        />
      )}
    </div>
  );
}

/** How many people a group or a place stands for; a group opens. */
function GroupLine({ group, place, open }: { group: GraphNode; place: string; open: () => void }) {
  const { t } = useTranslation('officer');
  return (
    <p className="message row spread">
      {t('graph.group', { count: group.people, level: group.level, place })}
      {group.kind === 'group' && (
        <button className="button small" onClick={open}>
          {t('graph.open')}
        </button>
      )}
    </p>
  );
}

/** One drawing for as long as the page is there; called before the effects that draw, which find it made. */
function useCore() {
  const box = useRef<HTMLDivElement>(null);
  const core = useRef<Core>(undefined);
  useEffect(() => {
    const cy = cytoscape({ container: box.current, style: styles(), minZoom: 0.05, maxZoom: 3 });
    core.current = cy;
    return () => cy.destroy();
  }, []);
  return { box, core };
}

interface Drawn {
  graph: ReturnType<typeof graphOf>;
  placeOf: (id: string) => string;
  known: Known;
}

/** Keeps the drawing as the graph is, and its people in the colours and names that are known by now. */
function useDrawn(core: RefObject<Core | undefined>, { graph, placeOf, known }: Drawn): void {
  useEffect(() => {
    const cy = core.current!;
    draw(cy, graph, ({ kind, venue, level, people }) => {
      if (kind === 'group') return `${placeOf(venue)}\n${levelName(level)} · ${people}`;
      if (kind === 'venue') return placeOf(venue);
      return kind === 'case' ? levelName(0) : '';
    });
  }, [graph, placeOf, core]);
  useEffect(() => {
    for (const [id, { colour, person: who }] of known.faces) {
      const node = core.current!.getElementById(id);
      if (node.empty() || node.data('kind') === 'case') continue;
      node.data({ colour: colour ?? 'grey', label: graph.nodes.length <= 80 ? (who?.name ?? '') : '' });
    }
  }, [known.faces, graph, core]);
}

/** Shows what is there now: what stays keeps its place, what is new takes the one the rings give it. */
function draw(cy: Core, { nodes, edges }: ReturnType<typeof graphOf>, labelOf: (node: GraphNode) => string): void {
  const wasEmpty = cy.nodes().empty();
  const wanted = new Set([...nodes, ...edges].map(({ id }) => id));
  cy.batch(() => {
    cy.elements()
      .filter((element) => !wanted.has(element.id()))
      .remove();
    for (const { x, y, ...data } of nodes) {
      const there = cy.getElementById(data.id);
      const shown = { ...data, label: labelOf({ ...data, x, y }), size: 16 + Math.sqrt(data.people) * 6 };
      if (there.nonempty()) there.data(shown);
      else cy.add({ group: 'nodes', data: { colour: 'grey', ...shown }, position: { x, y } });
    }
    for (const { id, source, target, weight } of edges) {
      const width = 1 + weight * 6;
      const there = cy.getElementById(id);
      if (there.nonempty()) there.data({ width });
      else cy.add({ group: 'edges', data: { id, source, target, width } });
    }
  });
  if (wasEmpty) cy.fit(undefined, 30);
}

const token = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const shapes = { green: 'ellipse', yellow: 'triangle', red: 'octagon', grey: 'rectangle' } as const;

function styles(): StylesheetStyle[] {
  const coloured = (Object.keys(shapes) as Colour[]).map((colour) => ({
    selector: `node[colour = "${colour}"]`,
    style: { 'background-color': token(`--${colour}`), shape: shapes[colour] },
  }));
  return [
    {
      selector: 'node',
      style: {
        width: 'data(size)',
        height: 'data(size)',
        label: 'data(label)',
        'font-family': 'Be Vietnam Pro',
        'font-size': 11,
        color: token('--ink'),
        'text-valign': 'bottom',
        'text-wrap': 'wrap',
        'text-margin-y': 4,
        'text-background-color': token('--paper'),
        'text-background-opacity': 0.85,
        'text-background-padding': '2px',
      },
    },
    ...coloured,
    {
      selector: 'node[kind = "group"]',
      style: { shape: 'round-rectangle', 'background-color': token('--line-strong') },
    },
    {
      selector: 'node[kind = "venue"]',
      style: { shape: 'diamond', 'background-color': token('--leaf'), width: 18, height: 18 },
    },
    {
      selector: 'node[kind = "case"]',
      style: {
        shape: 'star',
        'background-color': token('--alarm'),
        width: 44,
        height: 44,
        'font-weight': 'bold',
        'font-size': 14,
      },
    },
    {
      selector: 'edge',
      style: {
        width: 'data(width)',
        'line-color': token('--line-strong'),
        'target-arrow-color': token('--line-strong'),
        'target-arrow-shape': 'triangle',
        'arrow-scale': 0.7,
        'curve-style': 'straight',
        opacity: 0.6,
      },
    },
    { selector: 'node:selected', style: { 'border-width': 4, 'border-color': token('--leaf') } },
  ];
}
