import type { Setting } from '../policy/contact.js';
import type { Evidence } from './evidence.js';
import type { Colour } from '../admission.js';

/** A reason as the person hears it: what, when, how long and in what kind of place; never who (SPEC section 7). */
export interface ToldReason {
  kind: Evidence['kind'];
  /** ISO 8601, UTC. */
  at: string;
  until?: string;
  level?: number;
  minutes?: number;
  setting?: Setting;
  test?: string;
  result?: string;
  number?: number;
  /** Why two officers gave a colour. */
  reason?: string;
}

const iso = (ms: number): string => new Date(ms).toISOString();

/** What a person is told of a fact that their colour rests on: no case, no id, no officer. */
export function tellReason(fact: Evidence): ToldReason {
  const told: ToldReason = { kind: fact.kind, at: iso(fact.at) };
  switch (fact.kind) {
    case 'exposure': {
      const { level, minutes, lastAt, setting } = fact;
      return { ...told, until: iso(lastAt), level, minutes, ...(setting && { setting }) };
    }
    case 'test':
      return { ...told, test: fact.test, result: fact.result };
    case 'dose':
      return { ...told, number: fact.number };
    case 'override':
      return { ...told, until: iso(fact.until), reason: fact.reason };
    case 'quarantine':
    case 'isolation':
    case 'declaration':
      return fact.until === null ? told : { ...told, until: iso(fact.until) };
    case 'case':
    case 'recovery':
      return told;
  }
}

/** What makes two colours the same news to a person: colour, rule and the set of reasons as they are told. */
export function newsOf({ colour, rule, reasons }: { colour: Colour; rule: string; reasons: ToldReason[] }): string {
  return JSON.stringify([colour, rule, ...reasons.map((each) => JSON.stringify(each)).sort()]);
}
