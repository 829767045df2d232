import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { CLOCK, type Clock } from '../../config/clock.js';
import type { Env } from '../../config/env.js';
import { newId } from '../../config/ids.js';
import { REDIS } from '../../config/redis.js';
import { Vault } from '../../config/vault.js';
import { Graph, step, type RowOf, type Step } from '../../graph/graph.js';
import type { Caller } from '../auth/caller.js';
import { ENV } from '../core.module.js';
import { foldNote, handOnFolds, packRelinked } from '../fold-news.js';
import { Problem } from '../http/problem.js';
import { StatusNews } from '../status-news.js';
import type { Fact } from '../streams.js';
import { TraceNews } from '../trace-news.js';
import { Snapshots } from './snapshots.js';

/** Who links whom, and why. */
export interface Linking {
  person: string;
  into: string;
  reason: string;
  by: Pick<Caller, 'id'>;
}

/** A link as it is shown: instants ISO 8601, `undone` once it was taken back. */
export interface ShownMerge {
  id: string;
  joined: string;
  into: string;
  by: string;
  at: string;
  reason: string | null;
  undone: { by: string; at: string; reason: string | null } | null;
}

/** Nothing was linked or unlinked: the graph was not as it was read a moment ago. */
class NothingChanged extends Error {}

/**
 * People who are the same person (SPEC section 3). Linking moves no fact: stays are folded from the scans of both, evidence
 * and cases are read from both, and unlinking leaves each with what was theirs.
 */
@Injectable()
export class SamePeople {
  constructor(
    private readonly graph: Graph,
    private readonly vault: Vault,
    private readonly statuses: StatusNews,
    private readonly traces: TraceNews,
    private readonly snapshots: Snapshots,
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(ENV) private readonly env: Pick<Env, 'SHARDS'>,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** From now on `person` counts as `into`; resolves to the id under which that can be undone. */
  async link({ person, into, reason, by }: Linking): Promise<string> {
    if (person === into) throw new Problem(409, 'same-person', 'These are one person already.');
    const merge = newId();
    const before = await this.graph.read('people/same', { ids: [person] });
    const key = await this.keyOf(into);
    const terms = { merge, by: by.id, reason: this.vault.sealFor(key, reason), atMs: this.now() };
    const facts = before.map(({ id }) => ({ person: id, line: packRelinked([into]) }));
    await this.change(step('people/link', { ...terms, person, into }), { people: [person, into], facts });
    return merge;
  }

  /** Both are again who they were; resolves to their ids. */
  async unlink(
    merge: string,
    { reason, by }: Pick<Linking, 'reason' | 'by'>,
  ): Promise<{ joined: string; into: string }> {
    const found = await this.get(merge);
    if (found.undoneAtMs !== null) throw new Problem(409, 'undone-already', 'This link has been undone before.');
    const { joined, into } = found;
    const same = await this.graph.read('people/same', { ids: [joined] });
    const [root] = same.map((one) => one.root);
    const sealed = found.key === null ? '' : this.vault.sealFor(found.key, reason);
    const facts = (await this.joinedWith(joined)).map((person) => ({ person, line: packRelinked([joined, root!]) }));
    const write = step('people/unlink', { merge, by: by.id, reason: sealed, atMs: this.now() });
    await this.change(write, { people: same.map(({ id }) => id), facts });
    return { joined, into };
  }

  /** One link; 404 when there never was one. */
  async get(merge: string): Promise<RowOf<'people/merge'>> {
    const [found] = await this.graph.read('people/merge', { merge });
    if (!found) throw new Problem(404, 'merge-unknown', 'There is no such link.');
    return found;
  }

  /** The links ever made about a person, newest first. */
  async list(person: string): Promise<ShownMerge[]> {
    const rows = await this.graph.read('people/merges', { person });
    return rows.map((row) => {
      const open = (text: string | null) =>
        row.key === null || !text ? null : String(this.vault.openFor(row.key, text));
      const { id, joined, into, by, undoneBy, undoneAtMs } = row;
      const undone =
        undoneAtMs === null ? null : { by: undoneBy ?? '', at: iso(undoneAtMs), reason: open(row.undoneReason) };
      return { id, joined, into, by, at: iso(row.atMs), reason: open(row.reason), undone };
    });
  }

  /** A person and everybody who was linked to them, who go with them. */
  private async joinedWith(person: string): Promise<string[]> {
    return (await this.graph.read('people/joined', { person })).map(({ id }) => id);
  }

  /** One transaction: the link, and the notes for the stays, the cases and the colours that follow from it. */
  private async change(write: Step, { people, facts }: { people: string[]; facts: Fact[] }): Promise<void> {
    const same = (await this.graph.read('people/same', { ids: people })).map(({ id }) => id);
    const cases = await this.casesOf(same);
    const folds = foldNote(facts, this.now());
    const colours = this.statuses.noteFor(same);
    const traced = this.traces.noteFor(cases, same);
    try {
      await this.graph.writeAll([write, ...[folds, colours, traced].map((noted) => noted.write)], ([changed]) => {
        if (!changed?.length) throw new NothingChanged();
      });
    } catch (error) {
      if (!(error instanceof NothingChanged)) throw error;
      throw new Problem(409, 'linked-already', 'One of the two is linked to somebody already, or was erased.');
    }
    await this.snapshots.forget(same);
    const { redis, graph, env } = this;
    await handOnFolds({ redis, graph, shards: env.SHARDS }, [folds.note]);
    await Promise.all([this.statuses.handOn([colours.note]), this.traces.handOn([traced.note])]);
  }

  private async casesOf(people: string[]): Promise<string[]> {
    return (await this.graph.read('status/cases_met', { people })).map((row) => row.case);
  }

  private async keyOf(person: string): Promise<string> {
    const [stored] = await this.graph.read('people/by_id', { id: person });
    if (!stored?.key) throw new Problem(404, 'person-unknown', 'There is no such person.');
    return stored.key;
  }
}

const iso = (ms: number): string => new Date(ms).toISOString();
