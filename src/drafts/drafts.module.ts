import { Module } from '@nestjs/common';
import { PoliciesModule } from '../policies.js';
import { UnitsModule } from '../units/units.module.js';
import { ContactTrial } from './contact-trial.js';
import { DraftsController } from './drafts.controller.js';
import { Drafts } from './drafts.service.js';
import { DryRun } from './dry-run.js';
import { Replay } from './replay.js';
import { Simulation } from './simulation.js';

/** Policies on their way: drafts, what they would do, and who approved them. */
@Module({
  imports: [PoliciesModule, UnitsModule],
  controllers: [DraftsController],
  providers: [ContactTrial, Drafts, DryRun, Replay, Simulation],
})
export class DraftsModule {}
