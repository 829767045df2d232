import { Module } from '@nestjs/common';
import { DoubtsModule } from '../doubts/doubts.module.js';
import { EvidenceModule } from '../evidence/evidence.module.js';
import { PeopleModule } from '../people/people.module.js';
import { PoliciesModule } from '../policies.js';
import { PushModule } from '../push.js';
import { Codes } from './codes.js';
import { Commit } from './commit.js';
import { Desk } from './desk.js';
import { Doors } from './doors.js';
import { GateGateway } from './gate.gateway.js';
import { Greeting } from './greeting.js';
import { Headcounts } from './headcounts.js';
import { Identify } from './identify.js';
import { Newcomers } from './newcomers.js';
import { Recent } from './recent.js';
import { RedCards } from './red-cards.js';
import { Refused } from './refused.js';
import { Revoked } from './revoked.js';
import { Scans } from './scans.js';
import { Undo } from './undo.js';
import { Views } from './views.js';

/** The doors: a scan comes in, becomes durable, and is answered. */
@Module({
  imports: [DoubtsModule, EvidenceModule, PeopleModule, PoliciesModule, PushModule],
  providers: [
    Codes,
    Commit,
    Desk,
    Doors,
    GateGateway,
    Greeting,
    Headcounts,
    Identify,
    Newcomers,
    Recent,
    RedCards,
    Refused,
    Revoked,
    Scans,
    Undo,
    Views,
  ],
})
export class GateModule {}
