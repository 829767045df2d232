import type { Vault } from '../config/vault.js';
import type { Status } from './domain/colour/colour.js';
import type { StatusesNews } from './streams.js';

/** A person's colour with what it was computed from; `atMs` is the instant it is told for. */
export interface PersonStatus {
  person: string;
  version: number;
  atMs: number;
  status: Status;
  /** The unit it is told for. */
  unit?: string | null;
}

/** Puts what people are told into one piece of news, sealed as a whole: no screen needs the graph to be told. */
export const packStatuses = (vault: Vault, statuses: PersonStatus[]): StatusesNews => ({
  push: 'statuses',
  people: statuses.map(({ person }) => person),
  sealed: vault.sealSnapshot(JSON.stringify(statuses)),
});

/** Takes it apart again. Throws when it was sealed under other secrets. */
export const unpackStatuses = (vault: Vault, { sealed }: StatusesNews): PersonStatus[] =>
  JSON.parse(vault.openSnapshot(sealed)) as PersonStatus[];
