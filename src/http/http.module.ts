import { Global, Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { IdempotencySweep } from './forgetting.js';
import { IdempotencyInterceptor } from './idempotency.js';
import { Reads } from './reads.js';

/** Manners that every route has: requests that are sent twice happen once, reads of personal data are on record. */
@Global()
@Module({
  providers: [Reads, IdempotencySweep, { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor }],
  exports: [Reads],
})
export class HttpModule {}
