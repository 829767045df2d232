import { Controller, Get, Header, Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { collectDefaultMetrics, register } from 'prom-client';
import { REDIS } from '../../config/redis.js';
import { Graph } from '../../graph/graph.js';
import { Public } from '../auth/roles.js';
import { Documented } from '../http/openapi.js';
import { Problem } from '../http/problem.js';
import { WorkerMetrics } from './worker-metrics.js';

/** Milliseconds a service may take to say that it is well (assumption). */
const patienceMs = 2_000;

/** A write that changes nothing (there is no such key, and `XX` makes none): refused as any other, and costs no disk. */
const tryWrite = (redis: Redis) => redis.set('health-never-set', '', 'XX');

/** What a service may be: `full` and `read-only` answer, and take nothing. */
type State = 'up' | 'full' | 'read-only' | 'away';

/** What does not work meanwhile, said to whoever asks. */
const impaired: Record<'full' | 'read-only', string> = {
  full: 'The memory of Redis is full: scans, log-ins and other writes hear busy until there is room. Reading works.',
  'read-only': 'Redis takes no writes: scans, log-ins and other writes hear busy. Reading works.',
};

/** Whether this process can do its work now. */
@Injectable()
export class Readiness implements BeforeApplicationShutdown {
  private stopping = false;

  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    private readonly graph: Graph,
  ) {}

  beforeApplicationShutdown(): void {
    this.stopping = true;
  }

  /** How the services are; `stopping` while the process ends. */
  async look(): Promise<{ redis: State; neo4j: State; stopping: boolean }> {
    const [redis, neo4j] = await Promise.all([stateOf(tryWrite(this.redis)), stateOf(this.graph.ping())]);
    return { redis, neo4j, stopping: this.stopping };
  }
}

async function stateOf(answer: Promise<unknown>): Promise<State> {
  const late = new Promise<State>((resolve) => setTimeout(resolve, patienceMs, 'away').unref());
  const came = answer.then(() => 'up' as const, refusalIn);
  return Promise.race([came, late]);
}

function refusalIn({ message }: Error): State {
  if (message.startsWith('OOM ')) return 'full';
  return /^(MISCONF|READONLY) /.test(message) ? 'read-only' : 'away';
}

collectDefaultMetrics();

/** A full Redis is no reason to send people elsewhere: the process tells gates `busy`, and the worker makes room. */
function show(services: Record<string, State>) {
  const found = Object.values(services).find((state) => state === 'full' || state === 'read-only');
  return { status: found ? 'impaired' : 'up', services, ...(found && { detail: impaired[found] }) };
}

/** For balancers, monitors and people: outside `/api/v1`, without a token, without anything personal. */
@Controller()
export class HealthController {
  constructor(
    private readonly readiness: Readiness,
    private readonly workers: WorkerMetrics,
  ) {}

  @Public()
  @Get('health/live')
  @Documented({ summary: 'The process runs' })
  live() {
    return { status: 'up' };
  }

  @Public()
  @Get('health/ready')
  @Documented({ summary: 'The process can work, or what it cannot do; 503 names the service that is away' })
  async ready() {
    const { stopping, ...services } = await this.readiness.look();
    const away = Object.entries(services).filter(([, state]) => state === 'away');
    if (!stopping && away.length === 0) return show(services);
    const detail = stopping ? 'The process is stopping.' : `Away: ${away.map(([name]) => name).join(', ')}.`;
    throw new Problem(503, stopping ? 'stopping' : 'service-away', detail, { services, retryAfterSeconds: 2 });
  }

  @Public()
  @Get('metrics')
  @Header('content-type', register.contentType)
  @Documented({ summary: 'Counters for Prometheus' })
  async metrics(): Promise<string> {
    await this.workers.refresh();
    return register.metrics();
  }
}
