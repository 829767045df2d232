import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { CLOCK, type Clock } from '../../config/clock.js';
import type { Env } from '../../config/env.js';
import { Vault } from '../../config/vault.js';
import { Graph, type RowOf } from '../../graph/graph.js';
import { importNames } from '../../graph/names.js';
import { ENV } from '../core.module.js';
import { dayKey, dayStart } from '../domain/stay/day.js';
import { inOrder, inSpans, type ExportedStay } from './rows.js';

/** Stays that are sorted in memory at once, about 30 MB of them (assumption). */
const staysAtOnce = 50_000;

/** People whose id in files is remembered, as they come again from hour to hour (assumption, ~20 MB). */
const remembered = 100_000;

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** Which stays: those that touch `[fromMs, toMs)`. */
export interface Span {
  fromMs?: number | undefined;
  toMs?: number | undefined;
}

/** A part of the export: stays in order, and the internal ids of everybody in it. */
export interface ExportPart {
  stays: ExportedStay[];
  people: string[];
}

/** Reads all stays that the system holds, day by day and part by part (SPEC 12, `export stays`). */
@Injectable()
export class StaysExport {
  constructor(
    private readonly graph: Graph,
    private readonly vault: Vault,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(ENV) private readonly env: Pick<Env, 'RETENTION_DAYS'>,
  ) {}

  /** The stays in order of in, person, venue, zone; equal ones once. Memory does not grow with their number. */
  async *read(span: Span): AsyncGenerator<ExportPart> {
    const { fromMs, toMs } = this.bounds(span);
    const people = new LRUCache<string, string>({ max: remembered });
    const last = dayKey(toMs - 1);
    let isFirst = true;
    for (let day = await this.nextDay(dayKey(fromMs), last); day; day = await this.nextDay(after(day), last)) {
      const startMs = startOf(day);
      const minutes = await this.graph.read('exports/minutes', { day });
      // A stay hangs on every day it touches and is written on its first; before the first day of all there is none.
      const begun = isFirst ? minutes : minutes.filter(({ minute }) => minute * minuteMs >= startMs);
      isFirst = false;
      for (const { from, to } of inSpans(begun, staysAtOnce)) {
        const params = { day, inFromMs: from * minuteMs, inToMs: to * minuteMs, fromMs, toMs };
        const rows = await this.graph.read('exports/stays', params);
        const ids = [...new Set(rows.flatMap((row) => row.people))];
        yield { stays: inOrder(named(rows, await this.namesOf(ids, people))), people: ids };
      }
    }
  }

  /** Without an end of its own the span is all that the retention leaves, with a margin of days. */
  private bounds({ fromMs, toMs }: Span): { fromMs: number; toMs: number } {
    const [oldest, newest] = [this.now() - (this.env.RETENTION_DAYS + 2) * dayMs, this.now() + 2 * dayMs];
    return { fromMs: Math.max(fromMs ?? oldest, oldest), toMs: Math.min(toMs ?? newest, newest) };
  }

  private async nextDay(from: string, to: string): Promise<string | undefined> {
    const [next] = from <= to ? await this.graph.read('exports/next_day', { from, to }) : [];
    return next?.day;
  }

  /** What files call these people: the value of system `import`, the internal id where there is none (SPEC 12). */
  private async namesOf(ids: string[], known: LRUCache<string, string>): Promise<Map<string, string>> {
    const names = new Map(ids.map((id) => [id, known.get(id) ?? '']));
    const unknown = ids.filter((id) => names.get(id) === '');
    const found = await importNames(this.graph, this.vault, unknown);
    for (const id of unknown) {
      const name = found.get(id) ?? id;
      names.set(id, name);
      known.set(id, name);
    }
    return names;
  }
}

function named(rows: RowOf<'exports/stays'>[], names: Map<string, string>): ExportedStay[] {
  return rows.flatMap(({ venue, people, zones, ins, outs, trusts }) =>
    people.map((id, at) => ({
      person: names.get(id)!,
      venue,
      zone: zones[at]!,
      in: ins[at]!,
      out: outs[at]!,
      trust: trusts[at]!,
    })),
  );
}

/** The first instant of a day key; and the key of the day after it. */
const startOf = (day: string): number =>
  dayStart(Date.parse(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}T12:00:00+07:00`));
const after = (day: string): string => dayKey(startOf(day) + dayMs);
