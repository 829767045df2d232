import { Module } from '@nestjs/common';
import { PeopleModule } from '../people/people.module.js';
import { UnitsModule } from '../units/units.module.js';
import { Counts } from './counts.js';
import { GatesController } from './gates.controller.js';
import { Gates } from './gates.service.js';
import { Pairing } from './pairing.js';
import { PairingsController, PostersController } from './posters.controller.js';
import { RotatingCodes } from './rotating-codes.js';
import { VenuesController } from './venues.controller.js';
import { Venues } from './venues.service.js';

/** Places and their doors. */
@Module({
  imports: [PeopleModule, UnitsModule],
  controllers: [GatesController, PairingsController, PostersController, VenuesController],
  providers: [Counts, Gates, Pairing, RotatingCodes, Venues],
  exports: [Gates, RotatingCodes, Venues],
})
export class VenuesModule {}
