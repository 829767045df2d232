import { Controller, Get, Inject } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { CLOCK, type Clock } from '../../config/clock.js';
import { REDIS } from '../../config/redis.js';
import { Graph } from '../../graph/graph.js';
import { Roles } from '../auth/roles.js';
import { Documented } from '../http/openapi.js';
import { readAuditState, readReaders, type ReaderState } from '../worker-state.js';

/** How the tracer is, in numbers; nobody's personal data. */
export interface TracingState {
  /** What answers a case that is confirmed now: the graph, with the same rows, while stays are read into memory. */
  answers: ReaderState['reader'] | 'nobody';
  readers: (Omit<ReaderState, 'at'> & { at: string })[];
  /** Cases whose exposures are not those of their facts yet. */
  waiting: number;
  /** What the audits of all day have found that is not mended. */
  audit: { at: string | null; differences: number; since: string | null };
}

const iso = (ms: number) => new Date(ms).toISOString();
const isoOrNull = (ms: number | null) => (ms === null ? null : iso(ms));

/** Whether cases are traced, and over what. */
@Controller('tracing')
@Roles('tracer', 'head', 'admin', 'auditor')
export class TracingController {
  constructor(
    private readonly graph: Graph,
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Get()
  @Documented({ summary: 'How far stays are read into memory, how many cases wait, and what audits have found' })
  async state(): Promise<TracingState> {
    const [cases, readers, { at, open, since }] = await Promise.all([
      this.graph.read('cases/waiting', { ids: null }),
      readReaders(this.redis, this.now()),
      readAuditState(this.redis),
    ]);
    const all = [...readers.values()];
    const isReady = all.some(({ reader, ready }) => reader === 'memory' && ready);
    return {
      answers: all.length === 0 ? 'nobody' : isReady ? 'memory' : 'graph',
      readers: all.map((one) => ({ ...one, at: iso(one.at) })),
      waiting: cases[0]!.waiting,
      audit: { at: isoOrNull(at), differences: open.length, since: isoOrNull(since) },
    };
  }
}
