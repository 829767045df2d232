import { z } from 'zod';
import type { Vault } from '../config/vault.js';
import { colours } from './domain/admission.js';
import { evidenceFact } from './domain/colour/evidence.js';
import type { GateView } from './domain/gate-view.js';

/** What the person was told last; only the status worker knows it. */
const own = z.object({
  colour: z.enum(colours),
  nextChangeAt: z.number().nullable(),
  news: z.string(),
  /** How far policies, units and risk levels were when it was told: further on it may be another. */
  revision: z.number().optional(),
});

const shape = z.object({
  displayName: z.string(),
  birthYear: z.number().optional(),
  gender: z.enum(['male', 'female']).optional(),
  verified: z.boolean(),
  unit: z.string().nullable(),
  evidence: z.array(evidenceFact),
  own: own.optional(),
});

/** What waits in Redis of one version of a person, for gates and for the status worker. */
export interface Snapshot {
  version: number;
  view: GateView & { own?: z.output<typeof own> | undefined };
}

/** `version|sealed`: the version can be compared where the rest cannot be read. */
export const packSnapshot = (vault: Vault, { version, view }: Snapshot): string =>
  `${version}|${vault.sealSnapshot(JSON.stringify(view))}`;

/** Undefined when it was sealed under other secrets or by another release: it can be made anew from the graph. */
export function unpackSnapshot(vault: Vault, text: string): Snapshot | undefined {
  const at = text.indexOf('|');
  try {
    const view = shape.parse(JSON.parse(vault.openSnapshot(text.slice(at + 1)))) as Snapshot['view'];
    return { version: Number(text.slice(0, at)), view };
  } catch {
    return undefined;
  }
}
