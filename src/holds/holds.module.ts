import { Module } from '@nestjs/common';
import { EvidenceModule } from '../evidence/evidence.module.js';
import { UnitsModule } from '../units/units.module.js';
import { HoldsController } from './holds.controller.js';
import { Holds } from './holds.service.js';

/** Evidence that waits for a second officer. */
@Module({ imports: [EvidenceModule, UnitsModule], controllers: [HoldsController], providers: [Holds] })
export class HoldsModule {}
