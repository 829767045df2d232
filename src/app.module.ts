import { Module } from '@nestjs/common';
import { AuthModule } from './auth/auth.module.js';
import { CoreModule } from './core.module.js';
import { GateModule } from './gate/gate.module.js';
import { HealthModule } from './health/health.module.js';
import { HttpModule } from './http/http.module.js';

/** The API process: its parts, one folder each. */
@Module({ imports: [CoreModule, AuthModule, GateModule, HealthModule, HttpModule] })
export class AppModule {}
