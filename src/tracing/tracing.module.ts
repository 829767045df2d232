import { Module } from '@nestjs/common';
import { TracingController } from './tracing.controller.js';

/** How the tracer is. */
@Module({ controllers: [TracingController] })
export class TracingModule {}
