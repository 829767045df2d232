import { Module, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Server } from 'node:http';
import { EvidenceModule } from '../evidence/evidence.module.js';
import { CasesModule } from '../cases/cases.module.js';
import { PeopleModule } from '../people/people.module.js';
import { UnitsModule } from '../units/units.module.js';
import { VenuesModule } from '../venues/venues.module.js';
import { Backlog } from '../backlog.js';
import { KeptStays } from './in-flight.js';
import { ImportsController } from './imports.controller.js';
import { Imports } from './imports.service.js';
import { CasesFiles } from './kinds/cases.js';
import { EncountersFiles } from './kinds/encounters.js';
import { EvidenceFiles } from './kinds/evidence.js';
import { EvidencePeople } from './kinds/evidence-people.js';
import { PeopleFiles } from './kinds/people.js';
import { StaysFiles } from './kinds/stays.js';
import { UnitsFiles } from './kinds/units.js';
import { VenuesFiles } from './kinds/venues.js';
import { Sightings } from './seen.js';

/** Files into the system (SPEC 12). */
@Module({
  imports: [CasesModule, EvidenceModule, PeopleModule, UnitsModule, VenuesModule],
  controllers: [ImportsController],
  providers: [
    Backlog,
    CasesFiles,
    EncountersFiles,
    EvidenceFiles,
    EvidencePeople,
    Imports,
    KeptStays,
    PeopleFiles,
    Sightings,
    StaysFiles,
    UnitsFiles,
    VenuesFiles,
  ],
})
export class ImportsModule implements OnApplicationBootstrap {
  constructor(private readonly host: HttpAdapterHost) {}

  /** A large file takes longer than the five minutes that Node gives a request; a line that falls silent is cut. */
  onApplicationBootstrap(): void {
    const server = this.host.httpAdapter.getHttpServer() as Server;
    server.requestTimeout = 0;
    server.setTimeout(silentMs);
  }
}

/** A connection on which nothing moves for so long is cut (assumption). */
const silentMs = 5 * 60_000;
