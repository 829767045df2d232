import {
  Global,
  Inject,
  Injectable,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { CLOCK, type Clock } from '../config/clock.js';
import type { Env } from '../config/env.js';
import { LOG, type Logger } from '../config/log.js';
import { connectRedis } from '../config/redis.js';
import { Graph, type Step } from '../graph/graph.js';
import { forget, keepDrained, noteFor, type Note } from '../graph/outbox.js';
import { ENV } from './core.module.js';
import { openQueue, type Jobs } from './jobs.js';

/** People of one job: as many as one push of news holds (DESIGN section 5). */
export const peoplePerJob = 250;

/** The oldest jobs of each state tell whether any is older than an instant (assumption). */
const jobsLookedAt = 100;

/** The name of the outbox's step: people whose evidence changed. */
const statusStep = 'status';

/** Hands people whose evidence changed on to the status worker; whoever changes evidence adds the note. */
@Injectable()
export class StatusNews implements OnApplicationBootstrap, OnApplicationShutdown {
  private redis: Redis | undefined;
  private queue: Queue<Jobs['status']> | undefined;
  private draining: ReturnType<typeof keepDrained> | undefined;

  constructor(
    private readonly graph: Graph,
    @Inject(ENV) private readonly env: Pick<Env, 'REDIS_URL'>,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** The step to add to the transaction that changes the evidence, and the note to hand on after it. */
  noteFor(people: string[]): { note: Note; write: Step } {
    return noteFor(statusStep, { people }, this.now());
  }

  /** Hands on now what a transaction noted. With Redis away the note waits in the outbox. */
  async handOn(notes: Note[]): Promise<void> {
    try {
      await this.enqueue(notes);
      await forget(this.graph, notes);
    } catch (error) {
      this.log.warn({ fact: 'status-waits-in-outbox', notes: notes.length, reason: (error as Error).message });
    }
  }

  /** Whether people wait for their colours. */
  async isBusy(): Promise<boolean> {
    return (await this.queue!.getJobCountByTypes('waiting')) > 0;
  }

  /** Whether people's colours that were noted before an instant may still wait for the status step. */
  async isBehind(beforeMs: number): Promise<boolean> {
    const [note] = await this.graph.read('outbox/left', { step: statusStep, beforeMs, limit: 1 });
    const jobs = note ? [] : await this.queue!.getJobs(['active', 'waiting', 'delayed'], 0, jobsLookedAt - 1, true);
    return note !== undefined || jobs.some(({ timestamp }) => timestamp < beforeMs);
  }

  onApplicationBootstrap(): void {
    this.redis = connectRedis(this.env.REDIS_URL);
    this.redis.on('error', (error: Error) => this.log.debug({ fact: 'status-queue-away', reason: error.message }));
    this.queue = openQueue('status', this.redis);
    this.queue.on('error', (error: Error) => this.log.debug({ fact: 'status-queue-away', reason: error.message }));
    const own = { graph: this.graph, now: this.now, log: this.log };
    this.draining = keepDrained(own, { step: statusStep, handOn: (notes) => this.enqueue(notes) });
  }

  async onApplicationShutdown(): Promise<void> {
    this.draining?.end();
    await this.queue?.close();
    this.redis?.disconnect();
  }

  private async enqueue(notes: Note[]): Promise<void> {
    const people = [...new Set(notes.flatMap(({ body }) => (JSON.parse(body) as Jobs['status']).people))];
    const jobs: { name: 'status'; data: Jobs['status'] }[] = [];
    for (let at = 0; at < people.length; at += peoplePerJob) {
      jobs.push({ name: 'status', data: { people: people.slice(at, at + peoplePerJob) } });
    }
    if (jobs.length) await this.queue!.addBulk(jobs);
  }
}

@Global()
@Module({ providers: [StatusNews], exports: [StatusNews] })
export class StatusNewsModule {}
