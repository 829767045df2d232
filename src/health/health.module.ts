import { Module } from '@nestjs/common';
import { AboutController } from './about.controller.js';
import { HealthController, Readiness } from './health.controller.js';

/** Is the process well? */
@Module({ controllers: [AboutController, HealthController], providers: [Readiness] })
export class HealthModule {}
