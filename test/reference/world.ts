import type { Standing, TracedCase } from '../../src/domain/exposure/windows.js';
import type { DirectKind, Setting, ZonedContact } from '../../src/domain/policy/contact.js';

export interface WorldStay {
  person: string;
  venue: string;
  zone: string;
  in: number;
  out: number;
  trust: number;
}

export interface WorldEncounter {
  kind: DirectKind;
  personA: string;
  personB: string;
  from: number;
  to: number;
}

/** Everything an answer depends on, small enough to be looked at. */
export interface World {
  contact: ZonedContact;
  stays: WorldStay[];
  encounters: WorldEncounter[];
  /** What is known of rooms; a venue left out has no setting. */
  settings: Record<string, Setting>;
  standing: Record<string, Standing>;
  case: TracedCase;
}
