import type { Colour } from '../../src/domain/admission.js';
import type { Contact as ContactRule } from '../../src/domain/policy/contact.js';
import type { Source } from '../../src/domain/policy/source.js';
import type { Changes } from '../../src/domain/policy/what-if.js';

/** What all versions of rules say, drafted or published; instants ISO 8601. */
export interface PolicyText {
  id: string;
  version: string;
  area: string | null;
  timezone: string;
  validFrom: string;
  validTo: string | null;
  contact: ContactRule;
  stays: { typicalMinutes: Record<string, number>; maxMinutes: Record<string, number> };
  colours: ColourRule[];
  minTrustForRed: number;
  retention: { stayDays: number };
  bulkChangeGuard?: { share: number; withinMinutes: number; minPeople: number };
  level?: number;
  sources: Record<string, Source>;
}

interface ColourRule {
  Identifier: string;
  colour: Colour;
  Description: { lang: string; desc: string }[];
  ValidFrom: number | string | null;
  ValidTo: number | string | null;
}

/** A published version. */
export interface Policy extends PolicyText {
  publishedAt: string;
  state: 'ahead' | 'in-force' | 'superseded' | 'ended';
}

/** People from colour to colour, of one unit or of all. */
export interface Effect {
  people: number;
  changed: number;
  stricter: number;
  looser: number;
  changes: Changes;
  quarantineDays: { before: number; after: number };
  units: { unit: string | null; people: number; changes: Changes }[];
}

export interface Draft {
  id: string;
  state: 'draft' | 'simulated' | 'approved-once' | 'published';
  policy: PolicyText;
  /** Paths of its numbers that name no source. */
  withoutSource: string[];
  approvals: string[];
  simulatedAt: string | null;
  simulation: { effect: Effect } | null;
}
