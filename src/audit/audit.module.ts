import { Module } from '@nestjs/common';
import { ImportsModule } from '../imports/imports.module.js';
import { PoliciesModule } from '../policies.js';
import { AuditController } from './audit.controller.js';
import { CHECKS, type Check } from './check.js';
import { ExposuresCheck } from './exposures-check.js';
import { Settling } from './settling.js';
import { StatusesCheck } from './statuses-check.js';
import { StaysCheck } from './stays-check.js';

/** Every check there is; a further one is written into this list. */
const checks = [StaysCheck, ExposuresCheck, StatusesCheck];

/** Whether what is derived is what the facts give. */
@Module({
  imports: [ImportsModule, PoliciesModule],
  controllers: [AuditController],
  providers: [...checks, Settling, { provide: CHECKS, useFactory: (...all: Check[]) => all, inject: checks }],
})
export class AuditModule {}
