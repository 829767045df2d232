import { Module } from '@nestjs/common';
import { ExportsController } from './exports.controller.js';
import { StaysExport } from './stays-export.service.js';

/** Files out of the system (SPEC 12). */
@Module({ controllers: [ExportsController], providers: [StaysExport] })
export class ExportsModule {}
