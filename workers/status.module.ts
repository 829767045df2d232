import { Module } from '@nestjs/common';
import { PoliciesModule } from '../src/policies.js';
import { StatusNewsModule } from '../src/status-news.js';
import { TraceNewsModule } from '../src/trace-news.js';
import { Publications } from './status/publications.js';
import { Renewal } from './status/renewal.js';
import { WakeUps } from './status/wake-ups.js';
import { StatusWorker } from './status.worker.js';
import { WebPushQueue } from './web-push.queue.js';
import { WebPushWorker } from './web-push.worker.js';

/** What the status step is made of, and the one that tells devices of it. */
@Module({
  imports: [PoliciesModule, StatusNewsModule, TraceNewsModule],
  providers: [Publications, Renewal, StatusWorker, WakeUps, WebPushQueue, WebPushWorker],
})
export class StatusModule {}
