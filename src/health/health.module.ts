import { Module } from '@nestjs/common';
import { HealthController, Readiness } from './health.controller.js';

/** Is the process well? */
@Module({ controllers: [HealthController], providers: [Readiness] })
export class HealthModule {}
