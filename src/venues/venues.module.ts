import { Module } from '@nestjs/common';
import { PeopleModule } from '../people/people.module.js';
import { UnitsModule } from '../units/units.module.js';
import { Gates } from './gates.service.js';
import { VenuesController } from './venues.controller.js';
import { Venues } from './venues.service.js';

/** Places and their doors. */
@Module({
  imports: [PeopleModule, UnitsModule],
  controllers: [VenuesController],
  providers: [Gates, Venues],
  exports: [Gates, Venues],
})
export class VenuesModule {}
