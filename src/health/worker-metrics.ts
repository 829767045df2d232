import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { Counter, Gauge } from 'prom-client';
import { CLOCK, type Clock } from '../../config/clock.js';
import { LOG, type Logger } from '../../config/log.js';
import { REDIS } from '../../config/redis.js';
import { byCheck, readAuditState, readReaders, readUnmatched } from '../worker-state.js';

const audited = new Counter({
  name: 'vetxanh_audit_looked_total',
  help: 'People and cases that were computed afresh and compared, by check',
  labelNames: ['check'],
});
const differing = new Gauge({
  name: 'vetxanh_audit_differences',
  help: 'People and cases that are stored otherwise than their facts give, by check; anything but 0 is an alarm',
  labelNames: ['check'],
});
const lastAudit = new Gauge({ name: 'vetxanh_audit_timestamp_seconds', help: 'When the last audit of a sample ended' });

const readerStays = new Gauge({
  name: 'vetxanh_stay_reader_stays',
  help: 'Stays that the tracer of a worker has read',
  labelNames: ['worker', 'reader'],
});
const readerExpected = new Gauge({
  name: 'vetxanh_stay_reader_expected_stays',
  help: 'Stays that it will have read when it is ready',
  labelNames: ['worker', 'reader'],
});
const readerReady = new Gauge({
  name: 'vetxanh_stay_reader_ready',
  help: 'Whether cases are traced over it; 0 while it reads, and the graph answers',
  labelNames: ['worker', 'reader'],
});

const unmatchedOuts = new Counter({
  name: 'vetxanh_unmatched_outs_total',
  help: 'Scans out of a place the person was not in, by venue and gate; many mean that people are not scanned in',
  labelNames: ['venue', 'gate'],
});

/** What workers say of themselves, as metrics of the API: they have no door of their own. */
@Injectable()
export class WorkerMetrics {
  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** Reads it again; with Redis away the last known figures stay. */
  async refresh(): Promise<void> {
    try {
      await this.refreshReaders();
      await this.refreshUnmatched();
      const state = await readAuditState(this.redis);
      audited.reset();
      differing.reset();
      const differences = byCheck(state);
      for (const [check, looked] of Object.entries(state.looked)) {
        audited.inc({ check }, looked);
        differing.set({ check }, differences[check] ?? 0);
      }
      if (state.at !== null) lastAudit.set(state.at / 1_000);
    } catch (error) {
      this.log.warn({ fact: 'worker-metrics-away', reason: (error as Error).message });
    }
  }

  private async refreshUnmatched(): Promise<void> {
    const counts = await readUnmatched(this.redis);
    unmatchedOuts.reset();
    for (const { venue, gate, scans } of counts) unmatchedOuts.inc({ venue, gate }, scans);
  }

  private async refreshReaders(): Promise<void> {
    const readers = await readReaders(this.redis, this.now());
    for (const gauge of [readerStays, readerExpected, readerReady]) gauge.reset();
    for (const [worker, { reader, ready, stays, expected }] of readers) {
      readerStays.set({ worker, reader }, stays);
      if (expected !== null) readerExpected.set({ worker, reader }, expected);
      readerReady.set({ worker, reader }, ready ? 1 : 0);
    }
  }
}
