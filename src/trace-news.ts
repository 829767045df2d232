import {
  Global,
  Inject,
  Injectable,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import type { Job, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { CLOCK, type Clock } from '../config/clock.js';
import type { Env } from '../config/env.js';
import { LOG, type Logger } from '../config/log.js';
import { connectRedis } from '../config/redis.js';
import { Graph, type Step } from '../graph/graph.js';
import { forget, keepDrained, noteFor, type Note } from '../graph/outbox.js';
import { ENV } from './core.module.js';
import { openQueue, traceJob, type Jobs } from './jobs.js';
import { TracedOver } from './traced-over.js';

/** A case that waits longer than this has lost its job, or the job has given up (assumption). */
const lostAfterMs = 60_000;

/** The name of the outbox's step: cases whose exposures may not be right any more. */
const traceStep = 'trace';

/** What a note of it says. */
interface Noted {
  cases: string[];
  /** Missing in notes that an earlier release has left. */
  people?: string[];
}

/** Hands cases on to the trace worker; whoever changes what a trace reads adds the note. */
@Injectable()
export class TraceNews implements OnApplicationBootstrap, OnApplicationShutdown {
  private redis: Redis | undefined;
  private over!: TracedOver;
  private queue: Queue<Jobs['trace']> | undefined;
  private draining: ReturnType<typeof keepDrained> | undefined;

  constructor(
    private readonly graph: Graph,
    @Inject(ENV) private readonly env: Pick<Env, 'REDIS_URL'>,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /**
   * The step to add to the transaction that changes something, and the note to hand on after it. Of `people` somebody's
   * isolation, tests, links or record changed: the cases they are exposed to by then, or that are being traced over
   * them, are traced anew too.
   */
  noteFor(cases: string[], people: string[] = []): { note: Note; write: Step } {
    return noteFor(traceStep, { cases, people } satisfies Noted, this.now());
  }

  /** Hands on now what a transaction noted. With Redis away the note waits in the outbox. */
  async handOn(notes: Note[]): Promise<void> {
    try {
      await this.enqueue(notes);
      await forget(this.graph, notes);
    } catch (error) {
      this.log.warn({ fact: 'trace-waits-in-outbox', notes: notes.length, reason: (error as Error).message });
    }
  }

  /** Hands on cases that the transaction of the note has marked as due already. */
  async handOnMarked(cases: string[], note: Note): Promise<void> {
    try {
      await this.add(cases, 'retrace');
      await forget(this.graph, [note]);
    } catch (error) {
      this.log.warn({ fact: 'trace-waits-in-outbox', notes: 1, reason: (error as Error).message });
    }
  }

  /** Traces these cases anew: the way for whatever changes without a transaction of its own, such as a policy's date. */
  async retrace(cases: string[]): Promise<void> {
    const { note, write } = this.noteFor(cases);
    await this.graph.writeAll([write]);
    await this.handOn([note]);
  }

  onApplicationBootstrap(): void {
    this.redis = connectRedis(this.env.REDIS_URL);
    this.redis.on('error', (error: Error) => this.log.debug({ fact: 'trace-queue-away', reason: error.message }));
    this.over = new TracedOver(this.redis);
    this.queue = openQueue('trace', this.redis);
    this.queue.on('error', (error: Error) => this.log.debug({ fact: 'trace-queue-away', reason: error.message }));
    const own = { graph: this.graph, now: this.now, log: this.log };
    const handOn = (notes: Note[]) => this.enqueue(notes);
    this.draining = keepDrained(own, { step: traceStep, handOn, then: () => this.findLost() });
  }

  async onApplicationShutdown(): Promise<void> {
    this.draining?.end();
    await this.queue?.close();
    this.redis?.disconnect();
  }

  /** Cases that are due and have no job any more. */
  private async findLost(): Promise<void> {
    const lost = await this.graph.read('cases/due', { beforeMs: this.now() - lostAfterMs });
    await this.add(
      lost.map(({ id }) => id),
      'retrace',
    );
  }

  /** Marks the cases as due after the change has been committed, so that a trace which began before is not the last. */
  private async enqueue(notes: Note[]): Promise<void> {
    const noted = notes.map(({ body }) => JSON.parse(body) as Noted);
    const people = [...new Set(noted.flatMap((each) => each.people ?? []))];
    const ids = [...new Set([...noted.flatMap(({ cases }) => cases), ...(await this.casesOf(people))])];
    if (ids.length === 0) return;
    const touched = await this.graph.write('cases/touch', { ids, atMs: this.now() });
    await this.add(touched.map(({ id }) => id));
  }

  /** Running traces first: one that ends meanwhile has left its exposures in the graph by then. */
  private async casesOf(people: string[]): Promise<string[]> {
    if (people.length === 0) return [];
    const roots = (await this.graph.read('people/roots', { ids: people })).map(({ root }) => root);
    const running = await this.over.runningOver([...new Set([...people, ...roots])]);
    const met = await this.graph.read('status/cases_met', { people });
    return [...running, ...met.map((row) => row.case)];
  }

  /** Whether a case is traced just now, or waits for it. */
  async isBusy(): Promise<boolean> {
    return (await this.queue!.getJobCountByTypes('active', 'waiting', 'prioritized')) > 0;
  }

  /** Whether something was noted before an instant and has touched no case yet. */
  async isBehind(beforeMs: number): Promise<boolean> {
    return (await this.graph.read('outbox/left', { step: traceStep, beforeMs, limit: 1 })).length > 0;
  }

  /** Puts cases that are marked as due into the queue; those that changed stays touch wait for those a tracer entered. */
  async add(cases: string[], why: 'asked' | 'retrace' = 'asked'): Promise<void> {
    if (cases.length === 0) return;
    const jobs = await this.queue!.addBulk(cases.map((id) => traceJob(id, why)));
    if (why === 'asked') await this.hasten(jobs);
  }

  /** A case that waits to be traced again and is asked for meanwhile keeps its one job, which goes first from then on. */
  private async hasten(jobs: Job<Jobs['trace']>[]): Promise<void> {
    const waits = await this.redis!.zmscore(this.queue!.toKey('prioritized'), ...jobs.map(({ id }) => id!));
    const late = jobs.filter((_, at) => waits[at] !== null);
    // One that cannot be found any more has begun or is done by now.
    await Promise.all(late.map((job) => job.changePriority({ priority: 0 }).catch(() => undefined)));
  }
}

@Global()
@Module({ providers: [TraceNews], exports: [TraceNews] })
export class TraceNewsModule {}
