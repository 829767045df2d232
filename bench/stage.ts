import { setTimeout as pause } from 'node:timers/promises';
import { loadEnv } from '../config/env.js';
import { connectRedisBlocking } from '../config/redis.js';
import { freePort } from './postgres.js';
import { start, type Running } from './processes.js';
import { makeWorld, type World } from './world.js';

/** People with cards in the world of the benches. */
const people = 5_000;

/** How long the API may take to be ready. */
const readyWithinMs = 60_000;

/** A server that was just started. */
export interface Fresh {
  url: string;
  pid: number;
  stop: () => Promise<void>;
}

/** The product as it runs, on servers of the bench's own: what the benches share. */
export class Stage {
  private readonly running: Running[] = [];

  private constructor(
    readonly world: World,
    readonly pairs: number,
    /** Whether small worlds will do. */
    readonly quick: boolean,
    /** Where the API of this stage answers. */
    readonly url: string,
    readonly env: Record<string, string>,
  ) {}

  static async open({ pairs, quick }: { pairs: number; quick: boolean }): Promise<Stage> {
    const world = await makeWorld(people);
    const port = String(await freePort());
    const env = { DATA_DIR: world.dataDir, PORT: port, LOG_LEVEL: 'error' };
    const stage = new Stage(world, pairs, quick, `http://127.0.0.1:${port}`, env);
    await stage.startApi();
    return stage;
  }

  get redis() {
    return connectRedisBlocking(loadEnv(process.env).REDIS_URL);
  }

  /** The worker process, until the bench stops it. */
  worker(): Running {
    const running = start('workers/main.js', { ...this.env, VETXANH_PROCESS: 'worker' });
    this.running.push(running);
    return running;
  }

  /** An API process that nobody has asked anything yet, on a port of its own. */
  async freshApi(): Promise<Fresh> {
    const port = String(await freePort());
    const { child, stop } = start('src/main.js', { ...this.env, PORT: port });
    const url = `http://127.0.0.1:${port}`;
    await ready(url);
    return { url, pid: child.pid!, stop };
  }

  async close(): Promise<void> {
    for (const { stop } of this.running.reverse()) await stop();
    await this.world.graph.close();
  }

  private async startApi(): Promise<void> {
    this.running.push(start('src/main.js', this.env));
    await ready(this.url);
  }
}

async function ready(url: string): Promise<void> {
  for (const end = performance.now() + readyWithinMs; performance.now() < end; await pause(100)) {
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
  }
  throw new Error('the API did not get ready');
}
