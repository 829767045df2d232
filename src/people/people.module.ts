import { Module } from '@nestjs/common';
import { UnitsModule } from '../units/units.module.js';
import { CardsController } from './cards.controller.js';
import { PeopleCards } from './cards.service.js';
import { Decisions } from './decisions.service.js';
import { Dependants } from './dependants.service.js';
import { EncountersController } from './encounters.controller.js';
import { Encounters } from './encounters.service.js';
import { Erasing } from './erasing.service.js';
import { Facts } from './facts.js';
import { FamilyController } from './family.controller.js';
import { IdentityController } from './identity.controller.js';
import { KeysController } from './keys.controller.js';
import { LostThings } from './lost.service.js';
import { Names } from './names.service.js';
import { News } from './news.js';
import { PeopleController } from './people.controller.js';
import { People } from './people.service.js';
import { Registrations } from './registration.service.js';
import { SamePeople } from './same.service.js';
import { Scope } from './scope.js';
import { Snapshots } from './snapshots.js';
import { StaysController } from './stays.controller.js';
import { Stays } from './stays.service.js';
import { SuggestionsLeft } from './suggestions-left.js';

/** People: who they are, their cards, where they were. */
@Module({
  imports: [UnitsModule],
  controllers: [
    CardsController,
    EncountersController,
    FamilyController,
    IdentityController,
    KeysController,
    PeopleController,
    StaysController,
  ],
  providers: [
    Decisions,
    Dependants,
    Encounters,
    Erasing,
    Facts,
    LostThings,
    Names,
    News,
    People,
    PeopleCards,
    Registrations,
    SamePeople,
    Scope,
    Snapshots,
    Stays,
    SuggestionsLeft,
  ],
  exports: [Dependants, Erasing, Facts, LostThings, News, People, PeopleCards, Registrations, Scope, Snapshots, Stays],
})
export class PeopleModule {}
