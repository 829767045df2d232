import { Module } from '@nestjs/common';
import { PushModule } from '../push.js';
import { UnitsModule } from '../units/units.module.js';
import { Alarms } from './alarms.js';
import { Boards } from './boards.js';
import { OfficerGateway } from './officer.gateway.js';
import { ShownRedCards } from './shown-red-cards.js';
import { Watching } from './watching.js';

/** The screens of officers. */
@Module({ imports: [PushModule, UnitsModule], providers: [Alarms, Boards, OfficerGateway, ShownRedCards, Watching] })
export class OfficerModule {}
