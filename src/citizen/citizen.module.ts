import { Module } from '@nestjs/common';
import { AppealsController } from '../appeals/appeals.controller.js';
import { Appeals } from '../appeals/appeals.service.js';
import { EvidenceModule } from '../evidence/evidence.module.js';
import { PeopleModule } from '../people/people.module.js';
import { StatusModule } from '../status/status.module.js';
import { UnitsModule } from '../units/units.module.js';
import { DevicesController } from './devices.controller.js';
import { OwnData } from './own-data.service.js';
import { RecordsController } from './records.controller.js';
import { RightsController } from './rights.controller.js';

/** What citizens see of their own record, and may ask for. */
@Module({
  imports: [EvidenceModule, PeopleModule, StatusModule, UnitsModule],
  controllers: [AppealsController, DevicesController, RecordsController, RightsController],
  providers: [Appeals, OwnData],
})
export class CitizenModule {}
