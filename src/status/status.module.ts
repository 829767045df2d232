import { Module } from '@nestjs/common';
import { CitizenGateway } from '../citizen/citizen.gateway.js';
import { OwnFamilyController } from '../citizen/family.controller.js';
import { MeController } from '../citizen/me.controller.js';
import { PhoneCardsController } from '../citizen/phone-cards.controller.js';
import { OwnRecord } from '../citizen/own-record.js';
import { CertificatesController } from '../evidence/certificates.controller.js';
import { DoubtsModule } from '../doubts/doubts.module.js';
import { EvidenceModule } from '../evidence/evidence.module.js';
import { PeopleModule } from '../people/people.module.js';
import { PoliciesModule } from '../policies.js';
import { PushModule } from '../push.js';
import { StatusNewsModule } from '../status-news.js';
import { TraceNewsModule } from '../trace-news.js';
import { UnitsModule } from '../units/units.module.js';
import { VenuesModule } from '../venues/venues.module.js';
import { Explanations } from './explanation.js';
import { PoliciesController } from './policies.controller.js';
import { StatusController } from './status.controller.js';
import { Statuses } from './statuses.service.js';

/** Colours: what they rest on, what they are, and those who hear of them. */
@Module({
  imports: [
    DoubtsModule,
    EvidenceModule,
    PeopleModule,
    PoliciesModule,
    PushModule,
    StatusNewsModule,
    TraceNewsModule,
    UnitsModule,
    VenuesModule,
  ],
  controllers: [
    CertificatesController,
    MeController,
    OwnFamilyController,
    PhoneCardsController,
    PoliciesController,
    StatusController,
  ],
  providers: [CitizenGateway, Explanations, OwnRecord, Statuses],
  exports: [Explanations, OwnRecord, Statuses],
})
export class StatusModule {}
