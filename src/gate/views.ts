import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import type { Env } from '../../config/env.js';
import { LOG, type Logger } from '../../config/log.js';
import { REDIS } from '../../config/redis.js';
import { Vault } from '../../config/vault.js';
import { Graph } from '../../graph/graph.js';
import { readSubjects } from '../../graph/subjects.js';
import { ENV } from '../core.module.js';
import { gateView, type GateView } from '../domain/gate-view.js';
import type { FoldState } from '../domain/stay/step.js';
import { packSnapshot, unpackSnapshot } from '../snapshot.js';
import { foldKey, keepSnapshot, shardOf, snapshotKey } from '../streams.js';
import { within } from '../../config/within.js';

/** What a gate is told of one person, and where folding of their scans stands. */
export interface Seen {
  /** Undefined of somebody of whom nothing is known yet, or whose record cannot be read now. */
  view: GateView | undefined;
  fold: FoldState | undefined;
}

/** How long a door waits for records that are not in Redis before it answers without them (assumption). */
const graphWithinMs = 1_000;

/** After the graph did not answer it is not asked for this long: doors do not queue up behind it (assumption). */
const graphRestMs = 1_000;

/** People asked for in one question, small enough to be answered in time (assumption). */
const peoplePerQuestion = 500;

/** Reads what gates need of the people of one tick: one command, and apart from it the graph for those who are missing. */
@Injectable()
export class Views {
  /** Snapshots that were opened already, by their sealed text: opening one costs more than reading it. */
  private readonly opened = new LRUCache<string, GateView>({ max: 50_000 });
  /** People whose views are wanted, and who waits for each. */
  private readonly wanted = new Map<string, ((view: GateView | undefined) => void)[]>();
  private isBuilding = false;
  private awayUntilMs = -Infinity;

  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(ENV) private readonly env: Pick<Env, 'SHARDS'>,
    @Inject(LOG) private readonly log: Logger,
    private readonly graph: Graph,
    private readonly vault: Vault,
  ) {}

  /** Everybody asked for is in `seen`; `missing` are those whose view Redis does not have. Throws when Redis is away. */
  async read(people: string[]): Promise<{ seen: Map<string, Seen>; missing: string[] }> {
    const seen = new Map<string, Seen>();
    const missing: string[] = [];
    for (const part of this.byShard(people)) {
      const values = await this.redis.mget(part.flatMap(([person, shard]) => keysOf(person, shard)));
      for (const [at, [person]] of part.entries()) {
        const [snapshot, fold] = [values[2 * at], values[2 * at + 1]];
        const view = snapshot ? this.open(snapshot) : undefined;
        if (!view) missing.push(person);
        seen.set(person, { view, fold: fold ? (JSON.parse(fold) as FoldState) : undefined });
      }
    }
    return { seen, missing };
  }

  /**
   * Makes the views of people who have none in Redis, one question after the other, each for all who came meanwhile: a
   * crowd of new faces does not keep the graph from everything else. With Neo4j away gates see no name, and let them pass.
   */
  async build(people: string[]): Promise<Map<string, GateView>> {
    const asked = people.map(
      (person) =>
        new Promise<[string, GateView | undefined]>((resolve) => {
          const waiting = this.wanted.get(person) ?? [];
          waiting.push((view) => resolve([person, view]));
          this.wanted.set(person, waiting);
        }),
    );
    void this.buildWanted();
    const built = await Promise.all(asked);
    return new Map(built.flatMap(([person, view]) => (view ? [[person, view] as const] : [])));
  }

  private async buildWanted(): Promise<void> {
    if (this.isBuilding) return;
    this.isBuilding = true;
    while (this.wanted.size > 0) {
      const part = [...this.wanted].slice(0, peoplePerQuestion);
      for (const [person] of part) this.wanted.delete(person);
      const views = await this.make(part.map(([person]) => person));
      for (const [person, waiting] of part) for (const tell of waiting) tell(views.get(person));
    }
    this.isBuilding = false;
  }

  /** Never fails: who cannot be read is not in the answer. */
  private async make(people: string[]): Promise<Map<string, GateView>> {
    if (performance.now() < this.awayUntilMs) return new Map();
    try {
      const unreadable = (person: string, error: Error) =>
        this.log.warn({ fact: 'record-unreadable', person, reason: error.message });
      const subjects = readSubjects({ graph: this.graph, vault: this.vault }, people, unreadable);
      const built = (await within(graphWithinMs, subjects)).map(({ person, verified, fields, evidence }) => {
        const { id, version, unit } = person;
        return { id, version, view: gateView(fields, { verified, unit, evidence }) };
      });
      await this.keep(built);
      return new Map(built.map(({ id, view }) => [id, view]));
    } catch (error) {
      this.awayUntilMs = performance.now() + graphRestMs;
      this.log.warn({ fact: 'views-not-built', people: people.length, reason: (error as Error).message });
      return new Map();
    }
  }

  private async keep(built: { id: string; version: number; view: GateView }[]): Promise<void> {
    const pipeline = this.redis.pipeline();
    for (const { id, version, view } of built) {
      const snapshot = packSnapshot(this.vault, { version, view });
      keepSnapshot(pipeline, snapshotKey(shardOf(id, this.env.SHARDS), id), snapshot);
    }
    await pipeline.exec();
  }

  private open(snapshot: string): GateView | undefined {
    const known = this.opened.get(snapshot);
    if (known) return known;
    const view = unpackSnapshot(this.vault, snapshot)?.view;
    if (view) this.opened.set(snapshot, view);
    return view;
  }

  /** People with their shards, one list per shard: a command touches the keys of one shard only. */
  private byShard(people: string[]): [string, number][][] {
    const parts = new Map<number, [string, number][]>();
    for (const person of people) {
      const shard = shardOf(person, this.env.SHARDS);
      const part = parts.get(shard);
      if (part) part.push([person, shard]);
      else parts.set(shard, [[person, shard]]);
    }
    return [...parts.values()];
  }
}

const keysOf = (person: string, shard: number): string[] => [snapshotKey(shard, person), foldKey(shard, person)];
