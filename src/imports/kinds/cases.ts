import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../../config/clock.js';
import { Graph, step } from '../../../graph/graph.js';
import type { StoredCase } from '../../../graph/queries/cases.js';
import { CaseWriter } from '../../cases/case-writer.js';
import { caseColumns, readCase, type CaseRow } from '../../domain/files/cases.js';
import { WorkerAway } from '../in-flight.js';
import { Sightings, type Seen } from '../seen.js';
import type { Row } from '../table.js';
import type { Tally, Why } from '../tally.js';
import type { FileOptions, OpenFile } from './kind.js';

/** How often the trace worker's progress is looked at (assumption). */
const lookEveryMs = 100;

/** A worker that has not traced any case for so long is not there (assumption). */
const patienceMs = 60_000;

/** How far ahead of our clock another clock may be (SPEC 12: 5 minutes). */
const aheadMs = 5 * 60_000;

interface RowCase {
  row: Row;
  given: CaseRow;
}

/**
 * Cases of a file keep their ids. A case that is known is amended where the file says something else; one that is
 * retracted, or another person's, is a contradiction (SPEC 12).
 */
@Injectable()
export class CasesFiles {
  constructor(
    private readonly sightings: Sightings,
    private readonly writer: CaseWriter,
    private readonly graph: Graph,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  open({ shiftMs, unit }: FileOptions): OpenFile {
    const seen = this.sightings.open();
    const touched = new Set<string>();
    return {
      columns: caseColumns,
      take: async (rows, tally) => {
        const read = rows.flatMap((row) => this.read(row, { shiftMs, tally }));
        for (const part of withoutRepeats(read)) await this.take(part, { seen, tally, touched, unit });
      },
      settle: (watch) => this.settle([...touched], watch),
    };
  }

  private read(row: Row, { shiftMs, tally }: { shiftMs: number; tally: Tally }): RowCase[] {
    const read = readCase(row.by);
    if ('fault' in read) {
      tally.reject(row, { ...read.fault, reason: 'bad-value' });
      return [];
    }
    const { case: id, person, ...dates } = read.case;
    const moved = (ms: number | null) => (ms === null ? null : ms + shiftMs);
    const [onset, sampledAt, isolatedAt] = [moved(dates.onset), moved(dates.sampledAt), moved(dates.isolatedAt)];
    const latest = this.now() + aheadMs;
    const column = (onset ?? 0) > latest ? 'onset' : (sampledAt ?? 0) > latest ? 'sampledAt' : undefined;
    if (column === undefined) return [{ row, given: { case: id, person, onset, sampledAt, isolatedAt } }];
    tally.reject(row, { column, expected: 'an instant at or before now', got: 'a later one', reason: 'in-future' });
    return [];
  }

  private async take(part: RowCase[], file: FileState): Promise<void> {
    const people = await file.seen.peopleOf(part.map(({ given }) => given.person));
    const stored = await this.graph.read('cases/by_ids', { ids: part.map(({ given }) => given.case) });
    const known = new Map(stored.map((each) => [each.id, each]));
    const decided = { create: [] as Written[], amend: [] as Written[] };
    for (const { row, given } of part) {
      const fate = fateOf(given, { person: people.get(given.person), known: known.get(given.case) });
      if (typeof fate !== 'string') file.tally.reject(row, fate);
      else {
        file.tally.add(fate === 'create' ? 'accepted' : 'merged');
        if (fate !== 'same') decided[fate].push({ given, person: people.get(given.person)! });
      }
    }
    await this.write('create', decided.create, file);
    await this.write('amend', decided.amend, file);
  }

  private async write(how: 'create' | 'amend', written: Written[], file: FileState): Promise<void> {
    if (written.length === 0) return;
    const atMs = this.now();
    const rows = written.map(({ given: { case: id, onset, sampledAt, isolatedAt }, person }) => {
      return { id, onset, sampledAt, isolatedAt, person };
    });
    const change =
      how === 'create'
        ? step('cases/create', { rows: rows.map((row) => ({ ...row, unit: file.unit ?? null })), atMs })
        : step('cases/amend', { rows: rows.map(({ person: _, ...row }) => row), atMs });
    const [cases, people] = [rows.map(({ id }) => id), [...new Set(rows.map(({ person }) => person))]];
    const isolating = rows.filter(({ isolatedAt }) => how === 'amend' || isolatedAt !== null);
    await this.writer.write(change, { cases, people, isolated: [...new Set(isolating.map(({ person }) => person))] });
    for (const id of cases) file.touched.add(id);
  }

  /** Waits until the file's cases are traced, so that what it answers can be read afterwards. */
  private async settle(ids: string[], watch: (left: number) => Promise<void>): Promise<void> {
    let [before, lastMoveMs] = [Infinity, performance.now()];
    for (;;) {
      const [left] = ids.length ? await this.graph.read('cases/waiting', { ids }) : [];
      const waiting = left?.waiting ?? 0;
      if (waiting === 0) return;
      if (waiting < before) lastMoveMs = performance.now();
      before = waiting;
      if (performance.now() - lastMoveMs > patienceMs) throw new WorkerAway(`${waiting} cases wait for being traced`);
      await watch(waiting);
      await pause(lookEveryMs);
    }
  }
}

interface Written {
  given: CaseRow;
  person: string;
}

interface FileState {
  seen: Seen;
  tally: Tally;
  touched: Set<string>;
  unit?: string | undefined;
}

/** Parts in which no case comes twice: a later row amends an earlier one. */
function withoutRepeats(rows: RowCase[]): RowCase[][] {
  const parts: RowCase[][] = [];
  let ids = new Set<string>();
  for (const each of rows) {
    if (parts.length === 0 || ids.has(each.given.case)) {
      parts.push([]);
      ids = new Set();
    }
    ids.add(each.given.case);
    parts.at(-1)!.push(each);
  }
  return parts;
}

function fateOf(
  given: CaseRow,
  { person, known }: { person: string | undefined; known: StoredCase | undefined },
): 'create' | 'amend' | 'same' | Why {
  const contradiction = { reason: 'contradiction' as const };
  if (person === undefined) {
    return { column: 'person', expected: 'an id of one person', got: 'one of several', ...contradiction };
  }
  if (!known) return 'create';
  if (known.person !== person) {
    return { column: 'person', expected: 'the person of this case', got: 'somebody else', ...contradiction };
  }
  const dates = ['onset', 'sampledAt', 'isolatedAt'] as const;
  if (dates.every((name) => known[name] === given[name])) return 'same';
  if (known.retractedAt === null) return 'amend';
  return { column: 'case', expected: 'a case that stands', got: 'one that was retracted', ...contradiction };
}
