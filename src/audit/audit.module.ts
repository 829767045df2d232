import { Module } from '@nestjs/common';
import { ChecksModule } from '../checks.module.js';
import { AuditController } from './audit.controller.js';

/** Whether what is derived is what the facts give. */
@Module({ imports: [ChecksModule], controllers: [AuditController] })
export class AuditModule {}
