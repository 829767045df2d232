import type { Redis } from 'ioredis';
import type { Clock } from '../../config/clock.js';
import { newId } from '../../config/ids.js';
import { step, type RowOf } from '../../graph/graph.js';
import { isClosed } from '../../src/case-state.js';
import { followedId, packFollowed, unpackFollowed, type Positions } from '../../src/positions.js';
import type { TraceNews } from '../../src/trace-news.js';
import { ChangeLog } from './change-log.js';
import { readFactChanges, touchedInGraph, type MayChange } from './fact-changes.js';
import { surelyKeptMs } from './fact-span.js';
import { SettledCases, touches, type Carried, type CarrierTools } from './settled-cases.js';
import type { Kept, UpToNow } from './stay-keeper.js';

/** Traced cases that are compared with what changed meanwhile, before what changed since is looked at (assumption). */
const casesPerBeat = 20;

/** How often it is written down that somebody follows, if no case is touched (assumption). */
const idleWriteMs = 1_000;

/** Who has not written for so long does not follow any more (assumption). */
const silentMs = 5_000;

export interface FollowerTools extends CarrierTools {
  redis: Redis;
  news: TraceNews;
  keeper: { upToNow: () => Promise<UpToNow> };
  now: Clock;
}

type Traced = RowOf<'cases/traced'>;

/** What a look at the changes came to. */
interface Look {
  to: Positions;
  touched: string[];
  /** Entries of the log of stays that have been compared. */
  seen: number;
  more: boolean;
}

/** Traced cases that still hold after all that changed meanwhile, with their carriers, and those that do not. */
interface Compared {
  settled: { stored: Traced; carried: Carried | undefined }[];
  touched: string[];
}

/**
 * Follows the stays that presence changes, and marks the cases they may touch as due; compares what was traced with the
 * stays that changed under the trace. One process does so at a time: the last one that began, until it is silent. What
 * it has followed lies in the graph with the notes for the cases, and who else writes there ends its turn.
 */
export class Follower {
  private readonly id = newId();
  private readonly cases: SettledCases;
  private leads = false;
  private hasLooked = false;
  private heard = { word: '', sinceMs: -Infinity };
  private positions: Positions | undefined;
  /** Changes known by facts alone, while they are followed so. */
  private factLog: ChangeLog<MayChange> | undefined;
  private stayLog: Kept['log'] | undefined;
  private seen = 0;
  private lastLookMs = -Infinity;
  private lastWriteMs = -Infinity;

  constructor(private readonly tools: FollowerTools) {
    this.cases = new SettledCases(tools);
  }

  /** Looks once; resolves to whether there may be more to look at. */
  async beat(): Promise<boolean> {
    const { folded, kept } = await this.tools.keeper.upToNow();
    const word = await this.word();
    if (!(await this.isOurs(word))) return false;
    this.cases.close(this.tools.now());
    const look = await this.look(folded, kept);
    const compared = await this.compare(kept);
    await this.write(word, look, compared);
    const unread = kept ? await this.cases.readSome() : false;
    return look.more || unread || compared.settled.length + compared.touched.length > 0;
  }

  /** After a fault: what was followed is read again from the graph. */
  forget(): void {
    this.leads = false;
  }

  /** Leaves it to others at once. */
  async stop(): Promise<void> {
    const word = await this.word();
    const followed = unpackFollowed(word);
    if (followed?.by !== this.id) return;
    const to = packFollowed({ ...followed, by: '' });
    await this.tools.graph.write('presence/move', { stream: followedId, from: word, to });
  }

  private async word(): Promise<string> {
    const [shard] = await this.tools.graph.read('people/positions', { streams: [followedId] });
    return shard?.position ?? '0-0';
  }

  /** Whether it is up to us to follow: who begins does, and who hears nothing from the other any more. */
  private async isOurs(word: string): Promise<boolean> {
    const { now } = this.tools;
    const followed = unpackFollowed(word);
    if (this.leads && followed?.by === this.id) return true;
    const begins = !this.hasLooked;
    this.hasLooked = true;
    if (word !== this.heard.word) this.heard = { word, sinceMs: now() };
    const isFree = !followed || followed.by === '' || followed.by === this.id;
    if (!begins && !isFree && now() - this.heard.sinceMs < silentMs) {
      this.leads = false;
      return false;
    }
    await this.cases.open(now());
    this.positions = followed?.positions;
    this.factLog = this.stayLog = undefined;
    this.leads = true;
    this.lastWriteMs = -Infinity;
    return true;
  }

  /** What changed since the last look, and which cases it touches. */
  private async look(folded: Positions, kept: Kept | undefined): Promise<Look> {
    const from = this.positions;
    if (from?.length !== folded.length) return this.startOver(folded);
    if (this.stayLog !== kept?.log) this.seen = 0;
    this.stayLog = kept?.log;
    const end = kept?.log.end ?? 0;
    const changed = kept?.log.between(from, { first: this.seen, end });
    if (kept && changed) {
      this.factLog = undefined;
      this.lastLookMs = this.tools.now();
      return { to: folded, touched: await this.cases.touchedBy(changed, kept), seen: end, more: false };
    }
    return this.lookAtFacts(from, folded);
  }

  /** The stays are not in memory, or were not when this happened: the facts themselves tell, less exactly. */
  private async lookAtFacts(from: Positions, folded: Positions): Promise<Look> {
    const { graph, now } = this.tools;
    const begunMs = now();
    const mayBeTrimmed = begunMs - this.lastLookMs >= surelyKeptMs;
    const { to, changes, more } = await readFactChanges(this.tools, from, folded, mayBeTrimmed);
    if (!changes) return this.startOver(folded);
    this.lastLookMs = begunMs;
    this.factLog ??= new ChangeLog(from);
    this.factLog.add(to, changes);
    return { to, touched: await touchedInGraph(graph, changes), seen: 0, more };
  }

  /** Nothing is known of what happened until now: all cases that stand are traced anew. */
  private async startOver(folded: Positions): Promise<Look> {
    const open = await this.tools.graph.read('cases/open_ids', {});
    this.factLog = undefined;
    this.lastLookMs = this.tools.now();
    return { to: folded, touched: open.map(({ id }) => id), seen: this.stayLog?.end ?? 0, more: true };
  }

  private async compare(kept: Kept | undefined): Promise<Compared> {
    const compared: Compared = { settled: [], touched: [] };
    for (const stored of await this.tools.graph.read('cases/traced', { limit: casesPerBeat })) {
      const isFinal = stored.retractedAt !== null || isClosed(stored, this.tools.now());
      const carried = kept && !isFinal ? await this.cases.read(stored) : undefined;
      if (isFinal || (await this.holds(stored, carried, kept))) compared.settled.push({ stored, carried });
      else compared.touched.push(stored.id);
    }
    return compared;
  }

  /** Whether nothing that a trace may have missed touches what it found. */
  private async holds({ id, since }: Traced, carried: Carried | undefined, kept: Kept | undefined): Promise<boolean> {
    const changed = kept?.log.after(since);
    if (kept && carried && changed) return !(await touches(carried, changed, kept.stays));
    const mayHave = this.factLog?.after(since);
    return mayHave !== undefined && !(await touchedInGraph(this.tools.graph, mayHave)).includes(id);
  }

  /** One transaction: how far we are, the cases that are due, the cases that are not any more, and the note. */
  private async write(word: string, { to, touched, seen }: Look, { settled, touched: late }: Compared): Promise<void> {
    const { graph, news, now } = this.tools;
    const due = [...new Set([...touched, ...late])];
    if (due.length + settled.length > 0 || now() - this.lastWriteMs >= idleWriteMs) {
      const { note, write } = news.noteFor(due);
      const beat = (unpackFollowed(word)?.beat ?? 0) + 1;
      const followed = packFollowed({ by: this.id, beat, positions: to });
      const [ids, generations] = [settled.map((one) => one.stored.id), settled.map((one) => one.stored.generation)];
      const steps = [
        step('presence/move', { stream: followedId, from: word, to: followed }),
        step('cases/settle', { ids, generations }),
        step('cases/unsettle', { ids: due, atMs: now() }),
        ...(due.length ? [write] : []),
      ];
      const rows = await graph.writeAll(steps, ([moved = []]) => {
        if (moved.length === 0) throw new Error('somebody else follows the stays');
      });
      this.lastWriteMs = now();
      const marked = (rows[2] as { id: string }[]).map(({ id }) => id);
      if (due.length) await news.handOnMarked(marked, note);
    }
    this.positions = to;
    this.seen = seen;
    for (const id of due) this.cases.drop(id);
    for (const { stored, carried } of settled) {
      if (stored.retractedAt === null && !isClosed(stored, now())) this.cases.add(stored.id, carried);
      else this.cases.drop(stored.id);
    }
  }
}
