import { Module } from '@nestjs/common';
import { BulkGuardModule } from '../bulk-guard.js';
import { PeopleModule } from '../people/people.module.js';
import { StatusNewsModule } from '../status-news.js';
import { TraceNewsModule } from '../trace-news.js';
import { UnitsModule } from '../units/units.module.js';
import { Certificates } from './certificates.service.js';
import { EvidenceController } from './evidence.controller.js';
import { EvidenceService } from './evidence.service.js';
import { EvidenceWriter } from './evidence-writer.js';
import { TrustList } from './trust-list.js';

/** Facts that colours rest on, told by officers and by files. */
@Module({
  imports: [BulkGuardModule, PeopleModule, StatusNewsModule, TraceNewsModule, UnitsModule],
  controllers: [EvidenceController],
  providers: [Certificates, EvidenceService, EvidenceWriter, TrustList],
  exports: [Certificates, EvidenceService, EvidenceWriter],
})
export class EvidenceModule {}
