import { Module } from '@nestjs/common';
import { UnitsModule } from '../units/units.module.js';
import { VenuesModule } from '../venues/venues.module.js';
import { DoubtsController, GateLogController } from './doubts.controller.js';
import { GateLog } from './gate-log.js';

/** What gates noted, for owners and officers. */
@Module({
  imports: [UnitsModule, VenuesModule],
  controllers: [DoubtsController, GateLogController],
  providers: [GateLog],
  exports: [GateLog],
})
export class DoubtsModule {}
