import { step, type Step } from '../../graph/graph.js';
import { dayKey, daysTouched } from '../../src/domain/stay/day.js';
import { unpackLine } from '../../src/domain/stay/packed.js';
import type { RulesAt } from '../../src/domain/stay/rules.js';
import type { Scan, Undo } from '../../src/domain/stay/scan.js';
import type { Stay } from '../../src/domain/stay/step.js';
import { kindOf, unpackKept, type Fact, type KeptStay } from '../../src/streams.js';
import { takeScans, type Known, type StayChanges } from './folding.js';
import { Doubts } from './doubts.js';
import { takeLink } from './same.js';

/** A stay as it hangs on its days. */
type Hung = Stay & { person: string; kept: boolean };

/** Facts of one person, taken apart; a kept stay that was dropped again later is null. */
export interface PersonFacts {
  scans: Scan[];
  undos: Undo[];
  kept: Map<string, KeptStay | null>;
  /** Lines of scans and undos by the day they belong to. */
  lines: Map<string, string[]>;
  /** Whose facts the kept stays of linked people are, by their ids. */
  owners?: Map<string, string>;
  /** Whom this person counts as has changed, and these are to be folded anew. */
  relinked?: string[];
  refold?: boolean;
}

/** A fact that cannot be read, and why. */
export interface Unread extends Fact {
  reason: string;
}

/** Takes the facts of a batch apart, by person; one that cannot be read is told apart, so that the others go on. */
export function byPerson(facts: Fact[], rulesAt: RulesAt): { people: Map<string, PersonFacts>; unread: Unread[] } {
  const people = new Map<string, PersonFacts>();
  const unread: Unread[] = [];
  for (const fact of facts) {
    const own = people.get(fact.person) ?? { scans: [], undos: [], kept: new Map(), lines: new Map() };
    try {
      take(own, fact.line, rulesAt);
      people.set(fact.person, own);
    } catch (error) {
      unread.push({ ...fact, reason: (error as Error).message });
    }
  }
  return { people, unread };
}

/** Adds a line to the facts of its person. Throws when it cannot be read, or no rules cover its instant. */
function take(own: PersonFacts, line: string, rulesAt: RulesAt): void {
  if (takeLink(own, line)) return;
  if (kindOf(line) === 'k' || kindOf(line) === 'd') {
    const read = unpackKept(line);
    if ('keep' in read) own.kept.set(read.keep.id, read.keep);
    else own.kept.set(read.drop, null);
    return;
  }
  const read = unpackLine(line);
  if ('scan' in read) {
    rulesAt(read.scan.unit, read.scan.at);
    own.scans.push(read.scan);
  } else own.undos.push(read.undo);
  const day = dayKey('scan' in read ? read.scan.at : read.undo.at);
  const lines = own.lines.get(day);
  if (lines) lines.push(line);
  else own.lines.set(day, [line]);
}

/**
 * Decides what a batch changes in the graph: pure but for `histories`, which hold the outcome afterwards. The steps
 * belong into one transaction with the stream's position.
 */
export function decide(
  people: Map<string, PersonFacts>,
  histories: Map<string, Known>,
  by: { rulesAt: RulesAt; horizonMs: number },
): { steps: Step[]; doubts: Doubts; unmatched: Scan[] } {
  const sorted = [...people.keys()].sort();
  const doubts = new Doubts();
  const unmatched: Scan[] = [];
  const [dropped, changed, added]: [Dropped[], Owned[], Hung[]] = [[], [], []];
  for (const person of sorted) {
    const { scans, undos, kept, refold } = people.get(person)!;
    const changes = takeScans(histories.get(person)!, { scans, undos, anew: refold }, by);
    unmatched.push(...changes.unmatched);
    doubts.take(person, changes, histories.get(person)!.baseBeforeMs);
    sortOut(changes, { person, dropped, changed, added, horizonMs: by.horizonMs });
    for (const [id, stay] of kept) {
      dropped.push({ person, id });
      if (stay && stay.out > by.horizonMs) added.push({ ...stay, person, kept: true, assumed: false, open: false });
    }
  }
  const steps = [
    ...addScans(sorted, people),
    ...(dropped.length ? [dropStays(dropped)] : []),
    ...(changed.length ? [changeStays(changed)] : []),
    ...addStays(added),
    ...doubts.steps(),
  ];
  return { steps, doubts, unmatched };
}

/** A stay's id is made of its opening scan's, which a faulty gate may use for two people: only both tell which. */
type Dropped = Pick<Hung, 'person' | 'id'>;
type Owned = Stay & Pick<Hung, 'person'>;

interface Sorted {
  person: string;
  dropped: Dropped[];
  changed: Owned[];
  added: Hung[];
  horizonMs: number;
}

/** A stay that touches other days than before, or that the retention may have deleted, is hung up anew. */
function sortOut(changes: StayChanges, { person, dropped, changed, added, horizonMs }: Sorted): void {
  for (const stay of changes.dropped) dropped.push({ person, id: stay.id });
  for (const stay of changes.added) added.push({ ...stay, person, kept: false });
  for (const { before, now } of changes.changed) {
    if (staysPut(before, now) && before.out > horizonMs) changed.push({ ...now, person });
    else {
      dropped.push({ person, id: before.id });
      added.push({ ...now, person, kept: false });
    }
  }
}

function staysPut(before: Stay, now: Stay): boolean {
  if (before.in !== now.in || before.venue !== now.venue || before.zone !== now.zone) return false;
  return dayKey(before.out - 1) === dayKey(now.out - 1);
}

function addScans(sorted: string[], people: Map<string, PersonFacts>): Step[] {
  const columns = { people: [] as string[], keys: [] as string[], days: [] as string[], lines: [] as string[][] };
  for (const person of sorted) {
    for (const [day, lines] of people.get(person)!.lines) {
      columns.people.push(person);
      columns.keys.push(`${person}|${day}`);
      columns.days.push(day);
      columns.lines.push(lines);
    }
  }
  return columns.keys.length ? [step('presence/add_scans', columns)] : [];
}

function dropStays(stays: Dropped[]): Step {
  return step('presence/drop_stays', {
    people: stays.map(({ person }) => person),
    ids: stays.map(({ id }) => id),
  });
}

function changeStays(stays: Owned[]): Step {
  return step('presence/change_stays', {
    people: stays.map(({ person }) => person),
    ids: stays.map(({ id }) => id),
    outs: stays.map(({ out }) => out),
    assumed: stays.map(({ assumed }) => assumed),
    open: stays.map(({ open }) => open),
    trusts: stays.map(({ trust }) => trust),
  });
}

function addStays(added: Hung[]): Step[] {
  if (added.length === 0) return [];
  const rows = added.flatMap((stay) =>
    daysTouched(stay.in, stay.out).map((day) => ({ stay, day, key: `${stay.venue}|${day}` })),
  );
  const days = [...new Map(rows.map((row) => [row.key, row])).values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  const pick = <T>(get: (stay: Hung) => T): T[] => rows.map(({ stay }) => get(stay));
  return [
    step('presence/ensure_days', {
      keys: days.map(({ key }) => key),
      days: days.map(({ day }) => day),
      venues: days.map(({ stay }) => stay.venue),
    }),
    step('presence/add_stays', {
      keys: rows.map(({ key }) => key),
      people: pick(({ person }) => person),
      ids: pick(({ id }) => id),
      zones: pick(({ zone }) => zone),
      ins: pick((stay) => stay.in),
      outs: pick(({ out }) => out),
      assumed: pick(({ assumed }) => assumed),
      open: pick(({ open }) => open),
      kept: pick(({ kept }) => kept),
      trusts: pick(({ trust }) => trust),
    }),
  ];
}
