import { Module } from '@nestjs/common';
import { PeopleModule } from '../people/people.module.js';
import { UnitsModule } from '../units/units.module.js';
import { CallsController, PersonCallsController } from './calls.controller.js';
import { Calls } from './calls.service.js';

/** Telephone calls to contacts. */
@Module({
  imports: [PeopleModule, UnitsModule],
  controllers: [CallsController, PersonCallsController],
  providers: [Calls],
})
export class CallsModule {}
