import { Module } from '@nestjs/common';
import { BulkGuardModule } from '../src/bulk-guard.js';
import { PoliciesModule } from '../src/policies.js';
import { StatusNewsModule } from '../src/status-news.js';
import { TraceNewsModule } from '../src/trace-news.js';
import { Following } from './trace/following.js';
import { StayKeeper } from './trace/stay-keeper.js';
import { Tracing } from './trace/tracing.js';
import { TraceWorker } from './trace.worker.js';

/** What the trace step is made of. */
@Module({
  imports: [BulkGuardModule, PoliciesModule, StatusNewsModule, TraceNewsModule],
  providers: [Following, StayKeeper, TraceWorker, Tracing],
})
export class TraceModule {}
