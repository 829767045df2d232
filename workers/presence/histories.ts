import { LRUCache } from 'lru-cache';
import type { Graph, RowOf } from '../../graph/graph.js';
import { foldScans } from '../../src/domain/stay/fold.js';
import { unpackLine } from '../../src/domain/stay/packed.js';
import type { RulesAt } from '../../src/domain/stay/rules.js';
import { scanKey } from '../../src/domain/stay/scan.js';
import type { FoldState, Stay } from '../../src/domain/stay/step.js';
import { nobody, type Known } from './folding.js';

/** Scans that are kept in memory over all people, about 300 bytes each (assumption). */
const scansInMemory = 400_000;

/** People read in one query. */
const peoplePerRead = 1_000;

/** What the scans of the people of one shard have folded to so far; those seen lately are in memory. */
export class Histories {
  private readonly known = new LRUCache<string, Known>({
    maxSize: scansInMemory,
    sizeCalculation: ({ scans }) => 1 + scans.size,
  });

  constructor(
    private readonly graph: Graph,
    private readonly rulesAt: RulesAt,
    /** Whether somebody may be several people, whose scans are folded together. */
    private readonly isSeveral: (person: string) => boolean,
  ) {}

  /** Everybody asked for; somebody of whom nothing is stored has an empty history. */
  async of(people: string[]): Promise<Map<string, Known>> {
    const found = new Map<string, Known>();
    const missing: string[] = [];
    for (const person of people) {
      const known = this.known.get(person);
      if (known) found.set(person, known);
      else missing.push(person);
    }
    for (let at = 0; at < missing.length; at += peoplePerRead) {
      const some = missing.slice(at, at + peoplePerRead);
      for (const person of some) found.set(person, nobody());
      for (const row of await this.read(some)) found.set(row.person, this.fold(row));
    }
    return found;
  }

  private async read(people: string[]): Promise<RowOf<'presence/history'>[]> {
    const several = people.filter(this.isSeveral);
    if (several.length === 0) return this.graph.read('presence/history', { people });
    const single = people.filter((person) => !this.isSeveral(person));
    const rows = single.length ? await this.graph.read('presence/history', { people: single }) : [];
    return [...rows, ...(await this.graph.read('presence/same_history', { people: several }))];
  }

  /** Forgets some people: they are read again from the graph. */
  forget(people: string[]): void {
    for (const person of people) this.known.delete(person);
  }

  /** Remembers histories as they are in the graph by now. */
  keep(histories: Map<string, Known>): void {
    for (const [person, known] of histories) this.known.set(person, known);
  }

  /** Forgets all: the graph may hold something else. */
  clear(): void {
    this.known.clear();
  }

  private fold({ base, baseBeforeMs, scans, stays }: RowOf<'presence/history'>): Known {
    const known = nobody();
    if (base !== null) known.base = JSON.parse(base) as FoldState;
    known.baseBeforeMs = baseBeforeMs ?? -Infinity;
    for (const line of scans.flat()) {
      const read = unpackLine(line);
      if ('undo' in read) known.undone.push(read.undo);
      else if (read.scan.at >= known.baseBeforeMs) {
        const key = scanKey(read.scan);
        known.scans.set(key, [...(known.scans.get(key) ?? []), read.scan]);
      }
    }
    const folded = foldScans([...known.scans.values()].flat(), known.undone, this.rulesAt, known.base);
    known.state = folded.state;
    if (folded.unmatched.length) known.unmatched = new Set(folded.unmatched.map(scanKey));
    known.stays = new Map(stays.map((stay): [string, Stay] => [stay.id, stay]));
    return known;
  }
}
