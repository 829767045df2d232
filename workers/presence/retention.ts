import { step } from '../../graph/graph.js';
import { dayKey } from '../../src/domain/stay/day.js';
import { cutBefore } from '../../src/domain/stay/horizon.js';
import { unpackLine } from '../../src/domain/stay/packed.js';
import type { Scan, Undo } from '../../src/domain/stay/scan.js';
import { emptyFold, type FoldState } from '../../src/domain/stay/step.js';
import { factStream, shardOf } from '../../src/streams.js';
import type { Tools } from './shard.js';

/** How often old scans and stays are looked for: the retention is told in days (assumption). */
const everyMs = 3_600_000;

/** People looked up at once, and those cut between two batches: folding waits for them, some 100 ms (assumption). */
const peopleLookedUp = 20_000;
const peoplePerBeat = 200;

const rowsPerDelete = 5_000;
const dayMs = 86_400_000;

/** How far a run has come: first scans of people, then stays, then days of venues on which nobody stayed, then logs of gates. */
interface Run {
  horizonMs: number;
  part: 'scans' | 'stays' | 'days' | 'logs';
  people: string[];
  /** The last person looked up; undefined once all have been. */
  after: string | undefined;
}

/**
 * Forgets scans up to the last instant before the horizon at which the person was nowhere, and stays that ended before
 * it (SPEC section 4, retention). It goes on by a small part between the batches of its shard, so nothing is folded
 * meanwhile and no scan waits for long.
 */
export class Retention {
  private lastRun = -Infinity;
  private run: Run | undefined;

  constructor(
    private readonly stream: string,
    private readonly tools: Tools,
  ) {}

  /** Does the next part, if one is due; true when something may have been forgotten. */
  async beat(position: string): Promise<boolean> {
    this.run ??= this.begin();
    if (!this.run) return false;
    const forgotten = await this.nextPart(this.run, position);
    if (forgotten) this.tools.log.debug({ fact: 'retention', stream: this.stream, part: this.run?.part, forgotten });
    return forgotten > 0;
  }

  /** Whether a run is under way. */
  get isRunning(): boolean {
    return this.run !== undefined;
  }

  private begin(): Run | undefined {
    const now = this.tools.now();
    if (now - this.lastRun < everyMs) return undefined;
    this.lastRun = now;
    return { horizonMs: now - this.tools.retentionDays * dayMs, part: 'scans', people: [], after: '' };
  }

  private async nextPart(run: Run, position: string): Promise<number> {
    const { graph } = this.tools;
    switch (run.part) {
      case 'scans':
        return this.cutSome(run, position);
      case 'stays': {
        const [stays] = await graph.write('presence/drop_old_stays', { beforeMs: run.horizonMs, limit: rowsPerDelete });
        if ((stays?.dropped ?? 0) < rowsPerDelete) run.part = 'days';
        return stays?.dropped ?? 0;
      }
      case 'days': {
        const beforeDay = dayKey(run.horizonMs);
        const [days] = await graph.write('presence/drop_old_days', { beforeDay, limit: rowsPerDelete });
        if ((days?.dropped ?? 0) < rowsPerDelete) run.part = 'logs';
        return days?.dropped ?? 0;
      }
      case 'logs': {
        const [logs] = await graph.write('log/drop_old', { beforeMs: run.horizonMs, limit: rowsPerDelete });
        if ((logs?.dropped ?? 0) < rowsPerDelete) this.run = undefined;
        return logs?.dropped ?? 0;
      }
    }
  }

  /** A few people who have scans of days before the horizon. */
  private async cutSome(run: Run, position: string): Promise<number> {
    if (run.people.length === 0 && run.after !== undefined) await this.lookUp(run, run.after);
    const cut = await this.cutPeople(run.people.slice(0, peoplePerBeat), position, run.horizonMs);
    run.people.splice(0, peoplePerBeat);
    if (run.people.length === 0 && run.after === undefined) run.part = 'stays';
    return cut;
  }

  private async lookUp(run: Run, after: string): Promise<void> {
    const { graph, shards } = this.tools;
    const beforeDay = dayKey(run.horizonMs);
    const page = await graph.read('presence/old_people', { beforeDay, after, limit: peopleLookedUp });
    const people = page.map(({ person }) => person);
    run.people = people.filter((person) => factStream(shardOf(person, shards)) === this.stream);
    run.after = page.length < peopleLookedUp ? undefined : people.at(-1);
  }

  private async cutPeople(people: string[], position: string, horizonMs: number): Promise<number> {
    const { graph } = this.tools;
    if (people.length === 0) return 0;
    const rows = await graph.read('presence/history', { people });
    const cuts = rows.flatMap(({ person, base, baseBeforeMs, scans }) =>
      this.cutOf(person, { base, fromMs: baseBeforeMs ?? -Infinity, lines: scans.flat() }, horizonMs),
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
  private cutOf(person: string, history: History, horizonMs: number): PersonCut[] {
    const read = history.lines.map((line) => ({ line, ...unpackLine(line) }));
    const scans = read.flatMap((one): Scan[] => ('scan' in one && one.scan.at >= history.fromMs ? [one.scan] : []));
    const undone = read.flatMap((one): Undo[] => ('undo' in one ? [one.undo] : []));
    const from = history.base === null ? emptyFold : (JSON.parse(history.base) as FoldState);
    const cut = cutBefore({ scans, undone, from }, this.tools.policies.stayRules, horizonMs);
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
}

interface History {
  base: string | null;
  /** Scans before came after an earlier cut had been made, and count no more. */
  fromMs: number;
  lines: string[];
}

interface PersonCut {
  person: string;
  base: string;
  cutMs: number;
  keys: string[];
  lines: string[][];
}
