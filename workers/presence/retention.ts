import { step } from '../../graph/graph.js';
import { dayKey } from '../../src/domain/stay/day.js';
import { cutBefore } from '../../src/domain/stay/horizon.js';
import { unpackLine } from '../../src/domain/stay/packed.js';
import type { Scan, Undo } from '../../src/domain/stay/scan.js';
import { emptyFold, type FoldState } from '../../src/domain/stay/step.js';
import { shardOf } from '../../src/streams.js';
import type { Tools } from './shard.js';

/** How often old scans and stays are looked for: the retention is told in days (assumption). */
const everyMs = 3_600_000;

const peoplePerPage = 500;
const rowsPerDelete = 10_000;
const dayMs = 86_400_000;

/**
 * Forgets scans up to the last instant before the horizon at which the person was nowhere, and stays that ended before
 * it (SPEC section 4, retention). It runs between the batches of its shard, so nothing is folded meanwhile.
 */
export class Retention {
  private lastRun = -Infinity;

  constructor(
    private readonly stream: string,
    private readonly tools: Tools,
  ) {}

  /** True when something may have been forgotten. */
  async runWhenDue(position: string): Promise<boolean> {
    const now = this.tools.now();
    if (now - this.lastRun < everyMs) return false;
    this.lastRun = now;
    return this.run(position, now - this.tools.retentionDays * dayMs);
  }

  /** Forgets what lies before the horizon; resolves to whether there was anything. */
  async run(position: string, horizonMs: number): Promise<boolean> {
    const [people, stays] = [await this.cutScans(position, horizonMs), await this.dropStays(horizonMs)];
    const did = people + stays > 0;
    if (did) this.tools.log.info({ fact: 'retention', stream: this.stream, people, stays });
    return did;
  }

  private async cutScans(position: string, horizonMs: number): Promise<number> {
    const { graph, shards } = this.tools;
    let cut = 0;
    for (let after = ''; ;) {
      const page = await graph.read('presence/old_people', {
        beforeDay: dayKey(horizonMs),
        after,
        limit: peoplePerPage,
      });
      const ours = page
        .map(({ person }) => person)
        .filter((person) => `facts:{p${shardOf(person, shards)}}` === this.stream);
      cut += await this.cutPeople(ours, position, horizonMs);
      after = page.at(-1)?.person ?? '';
      if (page.length < peoplePerPage) return cut;
    }
  }

  private async cutPeople(people: string[], position: string, horizonMs: number): Promise<number> {
    const { graph } = this.tools;
    if (people.length === 0) return 0;
    const rows = await graph.read('presence/history', { people });
    const cuts = rows.flatMap(({ person, base, scans }) =>
      this.cutOf(person, { base, lines: scans.flat() }, horizonMs),
    );
    if (cuts.length === 0) return 0;
    const columns = {
      people: cuts.map(({ person }) => person),
      bases: cuts.map(({ base }) => base),
      cutsMs: cuts.map(({ cutMs }) => cutMs),
      keys: cuts.map(({ keys }) => keys),
      lines: cuts.map(({ lines }) => lines),
    };
    const still = step('presence/move', { stream: this.stream, from: position, to: position });
    await graph.writeAll([still, step('presence/cut', columns)], ([moved = []]) => {
      if (moved.length === 0) throw new Error('another worker reads this stream');
    });
    return cuts.length;
  }

  /** Where one person's scans are cut; nothing when no scan lies before it. */
  private cutOf(person: string, history: { base: string | null; lines: string[] }, horizonMs: number): PersonCut[] {
    const read = history.lines.map((line) => ({ line, ...unpackLine(line) }));
    const scans = read.flatMap((one): Scan[] => ('scan' in one ? [one.scan] : []));
    const undone = read.flatMap((one): Undo[] => ('undo' in one ? [one.undo] : []));
    const from = history.base === null ? emptyFold : (JSON.parse(history.base) as FoldState);
    const cut = cutBefore({ scans, undone, from }, this.tools.rulesAt, horizonMs);
    if (!cut) return [];
    const atOf = (one: (typeof read)[number]): number => ('scan' in one ? one.scan.at : one.undo.at);
    const days = new Map<string, string[]>();
    for (const one of read) {
      const key = `${person}|${dayKey(atOf(one))}`;
      const left = days.get(key) ?? [];
      days.set(key, atOf(one) >= cut.cutMs ? [...left, one.line] : left);
    }
    const touched = [...days].filter(([key]) =>
      read.some((one) => `${person}|${dayKey(atOf(one))}` === key && atOf(one) < cut.cutMs),
    );
    if (touched.length === 0) return [];
    const [keys, lines] = [touched.map(([key]) => key), touched.map(([, left]) => left)];
    return [{ person, base: JSON.stringify(cut.base), cutMs: cut.cutMs, keys, lines }];
  }

  private async dropStays(beforeMs: number): Promise<number> {
    const { graph } = this.tools;
    let all = 0;
    for (;;) {
      const [stays] = await graph.write('presence/drop_old_stays', { beforeMs, limit: rowsPerDelete });
      all += stays?.dropped ?? 0;
      if ((stays?.dropped ?? 0) < rowsPerDelete) break;
    }
    for (;;) {
      const [days] = await graph.write('presence/drop_old_days', { beforeDay: dayKey(beforeMs), limit: rowsPerDelete });
      if ((days?.dropped ?? 0) < rowsPerDelete) return all;
    }
  }
}

interface PersonCut {
  person: string;
  base: string;
  cutMs: number;
  keys: string[];
  lines: string[][];
}
