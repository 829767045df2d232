import { Module } from '@nestjs/common';
import { PoliciesModule } from '../policies.js';
import { UnitsModule } from '../units/units.module.js';
import { RiskController } from './risk.controller.js';
import { Risks } from './risk.service.js';
import { RisksController } from './risks.controller.js';

/** Risk levels of units. */
@Module({ imports: [PoliciesModule, UnitsModule], controllers: [RiskController, RisksController], providers: [Risks] })
export class RiskModule {}
