import { Module } from '@nestjs/common';
import { UnitsController } from './units.controller.js';
import { Units } from './units.service.js';

/** Administrative units and who is within whose. */
@Module({ controllers: [UnitsController], providers: [Units], exports: [Units] })
export class UnitsModule {}
