import type { Vault } from '../config/vault.js';
import { evidenceFact } from '../src/domain/colour/evidence.js';
import type { Carrier } from '../src/domain/exposure/carrier-index.js';
import { ContactRule } from '../src/domain/exposure/contact-rule.js';
import type { Exposure } from '../src/domain/exposure/exposure.js';
import type { StandingReader, StayReader } from '../src/domain/exposure/reader.js';
import { trace, type Level } from '../src/domain/exposure/trace.js';
import { carrierWindow, infectiousWindow, type Standing, type TracedCase } from '../src/domain/exposure/windows.js';
import type { ZonedContact } from '../src/domain/policy/contact.js';
import type { Graph, RowOf } from './graph.js';
import { importNames } from './names.js';
import type { StoredExposure } from './queries/cases.js';
import { GraphStays } from './stays/graph-stays.js';
import { NamedStays } from './stays/named-stays.js';
import type { OnRead, TracedStays } from './stays/traced-stays.js';

/** People whose isolations and tests are read at once. */
const peoplePerRead = 2_000;

const nothing: Standing = { isolations: [], negatives: [] };

export interface TracingTools {
  graph: Graph;
  vault: Vault;
  contact: ZonedContact;
  /** Stays in memory to read instead of the graph. */
  memory?: StayReader | undefined;
  /** Hears whose stays, isolations and tests are about to be read. */
  onRead?: OnRead;
}

/** Exposures of a deeper level that are made at once. */
const rowsPerPart = 2_000;

/** One level of a case as the graph keeps it. */
export interface TracedLevel {
  level: number;
  /** How many people. */
  people: number;
  /** Their exposures part by part: a level may hold a city, and others want their turn. */
  parts(): Generator<StoredExposure[]>;
}

/** The exposures of a case from the stays in the graph or in memory, level by level (SPEC section 5); people by internal ids. */
export async function* traceCase(traced: TracedCase, tools: TracingTools): AsyncGenerator<TracedLevel> {
  const { contact } = tools;
  const stays = readerOf(traced, tools);
  await stays.name([traced.person]);
  const standing: StandingReader = (names) => standingOf(tools, stays, names);
  for await (const found of trace(traced, new ContactRule(contact), { stays, standing })) {
    // Those who may carry it on are called as exports call them, for ties go by that; the last level carries nothing.
    if (found.level < contact.maxLevel) await stays.name(Array.from(found.people, (person) => stays.idOf(person)));
    yield { level: found.level, people: found.people.length, parts: () => partsOf(found, stays) };
  }
}

/** Level 1 looks at stays again for its rows, and those may change while others have their turn: it is made at once. */
function* partsOf({ level, people, rows }: Level, stays: TracedStays): Generator<StoredExposure[]> {
  const size = level === 1 ? Infinity : rowsPerPart;
  for (let first = 0; first < people.length; first += size) {
    const part = rows(first, first + size);
    yield part.map((row, at) => toStored(row, stays.idOf(people[first + at]!), stays));
  }
}

/** Who carries a case on and when, of what the graph holds of it: its own person first. */
export async function carriersOf(traced: TracedCase, { graph, vault, contact }: TracingTools): Promise<Carrier[]> {
  const rule = new ContactRule(contact);
  const own = infectiousWindow(traced, contact, rule.days);
  const carriers: Carrier[] = own ? [{ person: traced.person, ...own }] : [];
  const rows = await graph.read('cases/may_carry', { id: traced.id, below: contact.maxLevel });
  for (let at = 0; at < rows.length; at += peoplePerRead) {
    const part = rows.slice(at, at + peoplePerRead);
    const people = part.map(({ person }) => person);
    const known = new Map((await graph.read('cases/standing', { people })).map((row) => [row.person, row]));
    for (const { person, at: exposedAt } of part) {
      const row = known.get(person);
      const window = carrierWindow(exposedAt, row ? toStanding(vault, row) : nothing, contact, rule.days);
      if (window) carriers.push({ person, ...window });
    }
  }
  return carriers;
}

function readerOf({ person }: TracedCase, { graph, vault, memory, onRead }: TracingTools): TracedStays {
  const namesOf = (people: string[]) => importNames(graph, vault, people);
  const reading = { graph, namesOf, ...(onRead && { onRead }) };
  return memory ? new NamedStays(memory, reading) : new GraphStays(reading, person);
}

function toStored(row: Exposure, person: string, stays: TracedStays): StoredExposure {
  const { level, exposedAt: at, lastAt, from, to, minutes, dose, trust } = row;
  const others = row.encounters.map((each) => ({ ...each, venue: stays.venueNamed(each.venue) }));
  const encounters = level === 1 ? JSON.stringify(others) : null;
  const [via, venue] = [stays.idNamed(row.via), stays.venueNamed(row.venue)];
  return { person, level, at, lastAt, via, venue, from, to, minutes, dose, trust, encounters };
}

async function standingOf({ graph, vault, onRead }: TracingTools, stays: TracedStays, names: readonly string[]) {
  const known = new Map<string, Standing>();
  for (let at = 0; at < names.length; at += peoplePerRead) {
    const part = new Map(names.slice(at, at + peoplePerRead).map((name) => [stays.idNamed(name), name]));
    await onRead?.([...part.keys()]);
    const rows = await graph.read('cases/standing', { people: [...part.keys()] });
    for (const row of rows) known.set(part.get(row.person)!, toStanding(vault, row));
  }
  return known;
}

/** Cases of one's own isolate without an end; a person who was erased has no evidence that could be read. */
function toStanding(vault: Vault, { isolations, evidence }: RowOf<'cases/standing'>): Standing {
  const facts = evidence.map(({ key, sealed }) => evidenceFact.parse(vault.openFor(key, sealed)));
  return {
    isolations: [
      ...isolations.map((from) => ({ from, to: Infinity })),
      ...facts.flatMap((fact) =>
        fact.kind === 'quarantine' || fact.kind === 'isolation' ? [{ from: fact.at, to: fact.until ?? Infinity }] : [],
      ),
    ],
    negatives: facts.flatMap((fact) =>
      fact.kind === 'test' && fact.result === 'negative' ? [{ kind: fact.test, sampledAt: fact.at }] : [],
    ),
  };
}

/**
 * When the first stay in a case's window begins, for a case closes when that reaches the retention (SPEC section 4);
 * null for a case without any.
 */
export async function firstStayAt(graph: Graph, traced: TracedCase, contact: ZonedContact): Promise<number | null> {
  const window = infectiousWindow(traced, contact, new ContactRule(contact).days);
  if (!window) return null;
  const asked = { people: [traced.person], fromsMs: [window.from], tosMs: [window.to] };
  const [stays] = await graph.read('cases/stays_of_people', asked);
  if (!stays) return null;
  return Math.max(
    window.from,
    stays.ins.reduce((first, inMs) => Math.min(first, inMs), Infinity),
  );
}
