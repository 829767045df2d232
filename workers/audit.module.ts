import { Module } from '@nestjs/common';
import { ChecksModule } from '../src/checks.module.js';
import { StatusNewsModule } from '../src/status-news.js';
import { TraceNewsModule } from '../src/trace-news.js';
import { Audits } from './audit/audits.js';
import { AuditWorker } from './audit.worker.js';

/** What the audit of all day is made of. */
@Module({ imports: [ChecksModule, StatusNewsModule, TraceNewsModule], providers: [Audits, AuditWorker] })
export class AuditModule {}
