import { step, type Step } from '../../graph/graph.js';
import { dayKey, daysTouched } from '../../src/domain/stay/day.js';
import { unpackLine } from '../../src/domain/stay/packed.js';
import type { RulesAt } from '../../src/domain/stay/rules.js';
import type { Scan, Undo } from '../../src/domain/stay/scan.js';
import type { Stay } from '../../src/domain/stay/step.js';
import { kindOf, unpackKept, type Fact, type KeptStay } from '../../src/streams.js';
import { takeScans, type Known, type StayChanges } from './folding.js';

/** A stay as it hangs on its days. */
type Hung = Stay & { person: string; kept: boolean };

/** Facts of one person, taken apart; a kept stay that was dropped again later is null. */
interface PersonFacts {
  scans: Scan[];
  undos: Undo[];
  kept: Map<string, KeptStay | null>;
  /** Lines of scans and undos by the day they belong to. */
  lines: Map<string, string[]>;
}

/** Takes the facts of a batch apart, by person. */
export function byPerson(facts: Fact[]): Map<string, PersonFacts> {
  const people = new Map<string, PersonFacts>();
  for (const { person, line } of facts) {
    const own: PersonFacts = people.get(person) ?? { scans: [], undos: [], kept: new Map(), lines: new Map() };
    people.set(person, own);
    if (kindOf(line) === 'k' || kindOf(line) === 'd') {
      const read = unpackKept(line);
      if ('keep' in read) own.kept.set(read.keep.id, read.keep);
      else own.kept.set(read.drop, null);
      continue;
    }
    const read = unpackLine(line);
    if ('scan' in read) own.scans.push(read.scan);
    else own.undos.push(read.undo);
    const day = dayKey('scan' in read ? read.scan.at : read.undo.at);
    own.lines.set(day, [...(own.lines.get(day) ?? []), line]);
  }
  return people;
}

/**
 * Decides what a batch changes in the graph: pure but for `histories`, which hold the outcome afterwards. The steps
 * belong into one transaction with the stream's position.
 */
export function decide(
  people: Map<string, PersonFacts>,
  histories: Map<string, Known>,
  by: { rulesAt: RulesAt; horizonMs: number },
): Step[] {
  const sorted = [...people.keys()].sort();
  const [dropped, changed, added]: [string[], Stay[], Hung[]] = [[], [], []];
  for (const person of sorted) {
    const { scans, undos, kept } = people.get(person)!;
    const changes = takeScans(histories.get(person)!, { scans, undos }, by);
    sortOut(changes, { person, dropped, changed, added });
    for (const [id, stay] of kept) {
      dropped.push(id);
      if (stay && stay.out > by.horizonMs) added.push({ ...stay, person, kept: true, assumed: false, open: false });
    }
  }
  return [
    ...addScans(sorted, people),
    ...(dropped.length ? [step('presence/drop_stays', { ids: dropped })] : []),
    ...(changed.length ? [changeStays(changed)] : []),
    ...addStays(added),
  ];
}

interface Sorted {
  person: string;
  dropped: string[];
  changed: Stay[];
  added: Hung[];
}

/** A stay that touches other days than before is hung up anew. */
function sortOut(changes: StayChanges, { person, dropped, changed, added }: Sorted): void {
  for (const stay of changes.dropped) dropped.push(stay.id);
  for (const stay of changes.added) added.push({ ...stay, person, kept: false });
  for (const { before, now } of changes.changed) {
    if (staysPut(before, now)) changed.push(now);
    else {
      dropped.push(before.id);
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

function changeStays(stays: Stay[]): Step {
  return step('presence/change_stays', {
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
