import { Module } from '@nestjs/common';
import { AuditModule } from './audit/audit.module.js';
import { AuthModule } from './auth/auth.module.js';
import { CallsModule } from './calls/calls.module.js';
import { CasesModule } from './cases/cases.module.js';
import { CitizenModule } from './citizen/citizen.module.js';
import { CoreModule } from './core.module.js';
import { DemoModule } from './demo/demo.module.js';
import { DoubtsModule } from './doubts/doubts.module.js';
import { DraftsModule } from './drafts/drafts.module.js';
import { ExportsModule } from './exports/exports.module.js';
import { GateModule } from './gate/gate.module.js';
import { HealthModule } from './health/health.module.js';
import { HoldsModule } from './holds/holds.module.js';
import { HttpModule } from './http/http.module.js';
import { ImportsModule } from './imports/imports.module.js';
import { OfficerModule } from './officer/officer.module.js';
import { PeopleModule } from './people/people.module.js';
import { RiskModule } from './risk/risk.module.js';
import { StatusModule } from './status/status.module.js';
import { TracingModule } from './tracing/tracing.module.js';
import { UnitsModule } from './units/units.module.js';
import { VenuesModule } from './venues/venues.module.js';

/** What every process of the API stands on, and its parts, one folder each. */
@Module({
  imports: [
    CoreModule,
    AuthModule,
    HttpModule,
    HealthModule,
    UnitsModule,
    PeopleModule,
    VenuesModule,
    GateModule,
    ImportsModule,
    ExportsModule,
    CasesModule,
    CallsModule,
    TracingModule,
    OfficerModule,
    AuditModule,
    StatusModule,
    CitizenModule,
    DoubtsModule,
    DraftsModule,
    HoldsModule,
    DemoModule,
    RiskModule,
  ],
})
export class AppModule {}
