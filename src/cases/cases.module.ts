import { Module } from '@nestjs/common';
import { PeopleModule } from '../people/people.module.js';
import { PoliciesModule } from '../policies.js';
import { StatusNewsModule } from '../status-news.js';
import { TraceNewsModule } from '../trace-news.js';
import { UnitsModule } from '../units/units.module.js';
import { CaseWriter } from './case-writer.js';
import { CasesController, PersonExposuresController } from './cases.controller.js';
import { Cases } from './cases.service.js';
import { ChangePreview } from './change-preview.js';
import { Exposures } from './exposures.service.js';
import { Preview } from './preview.js';

/** A tracer's cases and what tracing found. */
@Module({
  imports: [PeopleModule, UnitsModule, PoliciesModule, StatusNewsModule, TraceNewsModule],
  controllers: [CasesController, PersonExposuresController],
  providers: [Cases, CaseWriter, ChangePreview, Exposures, Preview],
  exports: [CaseWriter],
})
export class CasesModule {}
