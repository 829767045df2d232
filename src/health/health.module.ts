import { Module } from '@nestjs/common';
import { AboutController } from './about.controller.js';
import { HealthController, Readiness } from './health.controller.js';
import { WorkerMetrics } from './worker-metrics.js';

/** Is the process well? */
@Module({ controllers: [AboutController, HealthController], providers: [Readiness, WorkerMetrics] })
export class HealthModule {}
