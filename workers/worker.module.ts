import { Module } from '@nestjs/common';
import { CoreModule } from '../src/core.module.js';
import { AuditModule } from './audit.module.js';
import { PresenceWorker } from './presence.worker.js';
import { ReadsWorker } from './reads.worker.js';
import { StatusModule } from './status.module.js';
import { TraceModule } from './trace.module.js';

/** The worker process: its steps, in the order in which a scan passes through them, and the audit of what they leave. */
@Module({ imports: [CoreModule, TraceModule, StatusModule, AuditModule], providers: [PresenceWorker, ReadsWorker] })
export class WorkerModule {}
