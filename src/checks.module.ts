import { Module } from '@nestjs/common';
import { Backlog } from './backlog.js';
import { CHECKS, type Check } from './checks/check.js';
import { ExposuresCheck } from './checks/exposures-check.js';
import { Settling } from './checks/settling.js';
import { StatusesCheck } from './checks/statuses-check.js';
import { StaysCheck } from './checks/stays-check.js';
import { PoliciesModule } from './policies.js';
import { StatusNewsModule } from './status-news.js';
import { TraceNewsModule } from './trace-news.js';

/** Every check there is; a further one is written into this list. */
const checks = [StaysCheck, ExposuresCheck, StatusesCheck];

/** Whether what is derived is what the facts give; the API does it when asked, a worker all day. */
@Module({
  imports: [PoliciesModule, StatusNewsModule, TraceNewsModule],
  providers: [...checks, Backlog, Settling, { provide: CHECKS, useFactory: (...all: Check[]) => all, inject: checks }],
  exports: [CHECKS, Settling],
})
export class ChecksModule {}
