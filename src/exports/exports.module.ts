import { Module } from '@nestjs/common';
import { EncountersExport } from './encounters-export.service.js';
import { ExportsController } from './exports.controller.js';
import { ExposuresExport } from './exposures-export.service.js';
import { FindingsController } from './findings.controller.js';
import { StaysExport } from './stays-export.service.js';

/** Files out of the system (SPEC 12). */
@Module({
  controllers: [ExportsController, FindingsController],
  providers: [EncountersExport, ExposuresExport, StaysExport],
})
export class ExportsModule {}
