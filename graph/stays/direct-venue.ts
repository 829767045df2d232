import { directKinds, type DirectKind } from '../../src/domain/policy/contact.js';

/** Two people's private venue (SPEC 5.2): the kind of their meeting, who they are, and when it began. */
export interface DirectVenue {
  readonly kind: DirectKind;
  readonly people: readonly [string, string];
  readonly from: number;
}

/** The id of a private venue: `kind|lower person|higher person|from`, people ordered by code unit. */
export function directVenueId({ kind, people: [a, b], from }: DirectVenue): string {
  const [lower, higher] = a < b ? [a, b] : [b, a];
  return `${kind}|${lower}|${higher}|${new Date(from).toISOString()}`;
}

/** Reads an id whose people are internal ids, as the graph keeps them; undefined for any other venue. */
export function parseDirectVenue(id: string): DirectVenue | undefined {
  const [name, a, b, from, more] = id.split('|');
  const kind = directKinds.find((one) => one === name);
  const at = Date.parse(from ?? '');
  if (kind === undefined || !a || !b || Number.isNaN(at) || more !== undefined) return undefined;
  return { kind, people: [a, b], from: at };
}
