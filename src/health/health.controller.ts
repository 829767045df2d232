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

  /** Which services answer; `stopping` while the process ends. */
  async look(): Promise<{ redis: 'up' | 'away'; neo4j: 'up' | 'away'; stopping: boolean }> {
    const [redis, neo4j] = await Promise.all([isUp(this.redis.ping()), isUp(this.graph.ping())]);
    return { redis, neo4j, stopping: this.stopping };
  }
}

async function isUp(answer: Promise<unknown>): Promise<'up' | 'away'> {
  const late = new Promise<'away'>((resolve) => setTimeout(resolve, patienceMs, 'away').unref());
  const came = answer.then(
    () => 'up' as const,
    () => 'away' as const,
  );
  return Promise.race([came, late]);
}

collectDefaultMetrics();

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
  @Documented({ summary: 'The process and its services can work; 503 names the one that is away' })
  async ready() {
    const { stopping, ...services } = await this.readiness.look();
    const away = Object.entries(services).filter(([, state]) => state !== 'up');
    if (!stopping && away.length === 0) return { status: 'up', services };
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
