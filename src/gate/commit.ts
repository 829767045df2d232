import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import type { Env } from '../../config/env.js';
import { LOG, type Logger } from '../../config/log.js';
import { CLOCK, type Clock } from '../../config/clock.js';
import { REDIS } from '../../config/redis.js';
import { ENV } from '../core.module.js';
import { admit, neutralAdmission, type Colour } from '../domain/admission.js';
import { colourAt } from '../domain/colour/colour.js';
import type { GateView } from '../domain/gate-view.js';
import { inForce } from '../domain/policy/policy.js';
import { packScan } from '../domain/stay/packed.js';
import { comparePlaces, type Scan } from '../domain/stay/scan.js';
import { canStep, emptyFold, stepFold, type FoldState } from '../domain/stay/step.js';
import type { Answer } from '../events.js';
import { Policies } from '../policies.js';
import { bodyField, factStream, packFacts, shardOf, type Fact } from '../streams.js';
import { Headcounts } from './headcounts.js';
import { RedCards } from './red-cards.js';
import { Views, type Seen } from './views.js';

/** Scans of one tick: enough to fill a write, few enough that the first does not wait for the last (assumption). */
const maxTick = 2_000;

/** Scans that wait for a tick before further ones hear `busy`: a few seconds of work (assumption). */
const maxWaiting = 50_000;

/** A tick reads while the one before it is being written. */
const maxFlying = 2;

/** Told once: the answer of a durable scan, or nothing when Redis may not have taken it. */
type Told = (answer: Answer | undefined) => void;

interface Waiting {
  person: string;
  scan: Scan;
  told: Told;
}

/**
 * Makes scans durable in groups and answers them after that (DESIGN section 5): what the people of a tick look like is
 * read in one command, the facts of a tick are written in one entry per shard.
 */
@Injectable()
export class Commit {
  private waiting: Waiting[] = [];
  private flying = 0;
  /** Scans that wait for what the graph knows of their people. */
  private apart = 0;
  private asked = false;
  private idle: (() => void)[] = [];
  /** Where folding stands after scans of this process that no worker has folded yet. */
  private readonly ahead = new LRUCache<string, FoldState>({ max: 50_000, ttl: 60_000, ttlResolution: 1_000 });

  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(ENV) private readonly env: Pick<Env, 'SHARDS'>,
    @Inject(LOG) private readonly log: Logger,
    private readonly views: Views,
    private readonly headcounts: Headcounts,
    private readonly policies: Policies,
    private readonly redCards: RedCards,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Calls back once: promises of every scan would cost a fifth of the throughput. */
  add(person: string, scan: Omit<Scan, 'decision' | 'trust'>, told: Told): void {
    if (this.waiting.length + this.apart >= maxWaiting) return told(undefined);
    const { trust } = this.policies.stayRules(scan.unit, scan.at);
    this.waiting.push({ person, scan: { ...scan, trust: trust.staff, decision: 'unknown' }, told });
    this.ask();
  }

  /** Resolves when no scan waits or is being written. */
  async settled(): Promise<void> {
    if (this.waiting.length + this.flying + this.apart > 0)
      await new Promise<void>((resolve) => this.idle.push(resolve));
  }

  /** Lets the other scans that arrive in this turn of the loop join the tick. */
  private ask(): void {
    if (this.asked) return;
    this.asked = true;
    setImmediate(() => {
      this.asked = false;
      if (this.waiting.length === 0 || this.flying >= maxFlying) return;
      this.flying++;
      void this.tick(this.waiting.splice(0, maxTick)).finally(() => {
        this.flying--;
        this.goOn();
      });
    });
  }

  private goOn(): void {
    if (this.waiting.length > 0) this.ask();
    else if (this.flying + this.apart === 0) for (const done of this.idle.splice(0)) done();
  }

  /** People whom Redis does not know are waited for apart: nobody else of the tick does. */
  private async tick(scans: Waiting[]): Promise<void> {
    await this.orBusy(scans, async () => {
      const { seen, missing } = await this.views.read([...new Set(scans.map(({ person }) => person))]);
      if (missing.length === 0) return this.answer(scans, seen);
      const absent = new Set(missing);
      const later = scans.filter(({ person }) => absent.has(person));
      this.apart += later.length;
      void this.answerApart(later, seen, missing).finally(() => {
        this.apart -= later.length;
        this.goOn();
      });
      await this.orBusy(
        scans.filter(({ person }) => !absent.has(person)),
        (here) => this.answer(here, seen),
      );
    });
  }

  private answerApart(scans: Waiting[], seen: Map<string, Seen>, missing: string[]): Promise<void> {
    return this.orBusy(scans, async () => {
      for (const [person, view] of await this.views.build(missing)) seen.set(person, { ...seen.get(person)!, view });
      await this.answer(scans, seen);
    });
  }

  private async answer(scans: Waiting[], seen: Map<string, Seen>): Promise<void> {
    if (scans.length === 0) return;
    const nowMs = this.now();
    const answers = scans.map((one) => this.decide(one, seen.get(one.person)!, nowMs));
    await this.write(scans);
    scans.forEach(({ told }, at) => told(answers[at]));
    this.redCards.tell(scans.filter((_, at) => answers[at]!.colour === 'red'));
  }

  /** Whatever fails, every scan is answered: it may not be durable, so it has to be told again. */
  private async orBusy(scans: Waiting[], work: (scans: Waiting[]) => Promise<void>): Promise<void> {
    try {
      await work(scans);
    } catch (error) {
      this.log.warn({ fact: 'scans-not-taken', scans: scans.length, reason: (error as Error).message });
      for (const { person, told } of scans) {
        this.ahead.delete(person);
        told(undefined);
      }
    }
  }

  /** What the gate is told by the rules of its own place and now; the decision becomes part of the fact. */
  private decide({ person, scan }: Waiting, { view, fold }: Seen, nowMs: number): Answer {
    const state = this.latest(person, fold);
    const { direction, state: next } = stepFold(state, scan, this.policies.stayRules);
    const policy = inForce(this.policies.of(scan.unit), nowMs);
    const colour: Colour = view ? colourAt(view, policy, nowMs).colour : 'grey';
    const { decision, instruction } = admit(policy?.admission ?? neutralAdmission, {
      colour,
      kind: scan.kind,
      direction,
    });
    scan.decision = decision;
    if (canStep(state, scan))
      this.ahead.set(person, decision === 'deny' ? stepFold(state, scan, this.policies.stayRules).state : next);
    return { decision, colour, instruction, direction, ...shown(view), occupancy: this.headcounts.inside(scan.venue) };
  }

  /** The worker's state, unless this process has seen a later scan. */
  private latest(person: string, fold: FoldState = emptyFold): FoldState {
    const own = this.ahead.get(person);
    if (!own?.taken) return fold;
    return fold.taken && comparePlaces(fold.taken, own.taken) >= 0 ? fold : own;
  }

  private async write(scans: Waiting[]): Promise<void> {
    const entries = new Map<string, Fact[]>();
    for (const { person, scan } of scans) {
      const stream = factStream(shardOf(person, this.env.SHARDS));
      const fact = { person, line: packScan(scan) };
      const entry = entries.get(stream);
      if (entry) entry.push(fact);
      else entries.set(stream, [fact]);
    }
    await Promise.all([...entries].map(([stream, facts]) => this.redis.xadd(stream, '*', bodyField, packFacts(facts))));
  }
}

/** The part of a view that venue staff see. */
function shown(view: GateView | undefined): Pick<Answer, 'displayName' | 'birthYear' | 'gender'> {
  if (!view) return { displayName: '' };
  const { displayName, birthYear, gender } = view;
  return {
    displayName,
    ...(birthYear !== undefined && { birthYear }),
    ...(gender !== undefined && { gender }),
  };
}
