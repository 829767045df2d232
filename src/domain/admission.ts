import type { Decision, VenueKind } from './stay/scan.js';

/** The colours of SPEC section 1; grey means that no rule applies here, and is never shown as green or red. */
export const colours = ['green', 'yellow', 'red', 'grey'] as const;
export type Colour = (typeof colours)[number];

/** What venue staff are told to do, as a word the pages translate. */
export const instructions = ['let-in', 'let-out', 'check-temperature', 'send-to-desk', 'ask-for-details'] as const;
export type Instruction = (typeof instructions)[number];

export interface Admission {
  decision: Decision;
  instruction: Instruction;
}

/** The `admission` part of a policy: by kind of venue, `other` where a kind is not named. */
export type AdmissionRules = { other: Record<Colour, Admission> } & Partial<
  Record<VenueKind, Record<Colour, Admission>>
>;

/** Where no policy speaks: colours are told and nobody is turned away but the red (assumption). */
export const neutralAdmission: AdmissionRules = {
  other: {
    green: { decision: 'allow', instruction: 'let-in' },
    yellow: { decision: 'warn', instruction: 'check-temperature' },
    red: { decision: 'deny', instruction: 'send-to-desk' },
    grey: { decision: 'unknown', instruction: 'ask-for-details' },
  },
};

/** What the door does with a colour; going out is never denied (SPEC section 4). */
export function admit(
  rules: AdmissionRules,
  { colour, kind, direction }: { colour: Colour; kind: VenueKind; direction: 'in' | 'out' },
): Admission {
  if (direction === 'out' && kind !== 'checkpoint') return { decision: 'allow', instruction: 'let-out' };
  return (rules[kind] ?? rules.other)[colour];
}
