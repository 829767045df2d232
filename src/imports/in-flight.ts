import { setTimeout } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Graph } from '../../graph/graph.js';
import { Facts, type Position } from '../people/facts.js';
import { comparePositions, type Fact } from '../streams.js';

/** Facts of one import that the presence worker has not reached yet; more wait in the file (assumption, ~10 MB). */
const maxInFlight = 50_000;

/** How often the worker's positions are looked at, at most. */
const lookEveryMs = 100;

/** A worker that has not moved for so long is not there (assumption). */
const patienceMs = 60_000;

/** The presence worker stands still: what was handed over is durable and becomes stays once it runs again. */
export class WorkerAway extends Error {}

/** Stays that files bring, on their way into the graph. */
@Injectable()
export class KeptStays {
  constructor(
    private readonly facts: Facts,
    private readonly graph: Graph,
  ) {}

  /** For one file. */
  open(): InFlight {
    return new InFlight(this.facts, this.graph);
  }
}

interface Part {
  positions: Position[];
  /** Trust by the id of the stays handed over. */
  trusts: Map<string, number>;
}

/**
 * Stays of one import between the stream and the graph: hands them over no faster than the presence worker takes
 * them, and remembers them until it has, so that a row told twice is known for one.
 */
export class InFlight {
  private readonly parts: Part[] = [];
  private readonly trusts = new Map<string, number>();
  private lookedAtMs = 0;

  constructor(
    private readonly facts: Facts,
    private readonly graph: Graph,
  ) {}

  /** How many have not become stays yet. */
  get size(): number {
    return this.trusts.size;
  }

  /** How far those of these stays are trusted that are in the graph or on their way. */
  async trustsOf(ids: string[]): Promise<Map<string, number>> {
    await this.look();
    const asked = ids.filter((id) => !this.trusts.has(id));
    const stored = asked.length ? await this.graph.read('imports/kept_stays', { ids: asked }) : [];
    const known = new Map(stored.map(({ id, trust }) => [id, trust]));
    for (const id of ids) if (this.trusts.has(id)) known.set(id, this.trusts.get(id)!);
    return known;
  }

  /** Hands facts over, first waiting for room. */
  async add(facts: Fact[], trusts: Map<string, number>): Promise<void> {
    await this.shrinkTo(maxInFlight - trusts.size);
    const positions = await this.facts.append(facts);
    this.parts.push({ positions, trusts });
    for (const [id, trust] of trusts) this.trusts.set(id, trust);
  }

  /** Forgets what is in the graph by now; what is forgotten must be asked of the graph afterwards. */
  private async look(): Promise<void> {
    if (this.parts.length === 0 || performance.now() - this.lookedAtMs < lookEveryMs) return;
    this.lookedAtMs = performance.now();
    const arrived = await this.arrived();
    for (const { trusts } of this.parts.splice(0, arrived)) this.forget(trusts);
  }

  /** Waits until everything handed over has become stays; `watch` hears how many have not, now and then. */
  async settle(watch: (left: number) => Promise<void>): Promise<void> {
    while (this.parts.length) {
      await this.shrinkTo(Math.max(0, this.size - 1));
      await watch(this.size);
    }
  }

  private async shrinkTo(room: number): Promise<void> {
    let lastMoveMs = performance.now();
    for (let before = this.size; this.parts.length && this.size > room; before = this.size) {
      await this.look();
      if (this.size < before) lastMoveMs = performance.now();
      else await setTimeout(lookEveryMs / 2);
      if (performance.now() - lastMoveMs > patienceMs) throw new WorkerAway(`${this.size} stays wait for the worker`);
    }
  }

  /** How many of the oldest parts the worker has passed. */
  private async arrived(): Promise<number> {
    const streams = [...new Set(this.parts.flatMap(({ positions }) => positions.map(({ stream }) => stream)))];
    const shards = await this.graph.read('people/positions', { streams });
    const reached = new Map(shards.map(({ stream, position }) => [stream, position]));
    const passed = (at: Position) => comparePositions(reached.get(at.stream) ?? '0-0', at.position) >= 0;
    const waiting = this.parts.findIndex(({ positions }) => !positions.every(passed));
    return waiting < 0 ? this.parts.length : waiting;
  }

  /** A later part may have handed over the same stay again. */
  private forget(gone: Map<string, number>): void {
    for (const [id, trust] of gone) if (this.trusts.get(id) === trust) this.trusts.delete(id);
  }
}
