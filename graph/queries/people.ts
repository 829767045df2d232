import { z } from 'zod';

const instant = z.int();
const keys = z.array(z.string());
const none = z.strictObject({});

/** A person as they lie in the graph: readable only with the vault (config/vault.ts). */
export const storedPerson = z.strictObject({
  id: z.string(),
  version: z.int(),
  /** The person's own key, wrapped; null once the person has been erased. */
  key: z.string().nullable(),
  sealed: z.string().nullable(),
  verified: z.boolean(),
  unit: z.string().nullable(),
  /** The records of everybody who is linked to this person; none of most. */
  others: z.array(z.strictObject({ key: z.string(), sealed: z.string(), verified: z.boolean() })),
});
export type StoredPerson = z.output<typeof storedPerson>;

const change = z.strictObject({
  id: z.string(),
  version: z.int(),
  sealed: z.string(),
  nameKeys: z.string(),
  verified: z.boolean(),
});

const creation = z.strictObject({
  id: z.string(),
  key: z.string(),
  sealed: z.string(),
  nameKeys: z.string(),
  verified: z.boolean(),
  unit: z.string().nullable(),
});

const repair = z.strictObject({
  id: z.string(),
  key: z.string(),
  kind: z.enum(['conflict', 'suggestion']),
  people: z.array(z.string()).min(1),
  reasons: z.string(),
  sealed: z.string().nullable(),
});

/** Queries about people and what they are known by. */
export const people = {
  'people/by_id': { params: z.strictObject({ id: z.string() }), row: storedPerson },
  'people/keys_after': {
    params: z.strictObject({ after: z.string(), limit: z.int() }),
    row: z.strictObject({ id: z.string(), key: z.string() }),
  },
  'people/rewrap': {
    params: z.strictObject({ rows: z.array(z.strictObject({ id: z.string(), was: z.string(), key: z.string() })) }),
    row: z.strictObject({ id: z.string() }),
  },
  'people/erase': {
    params: z.strictObject({ ids: keys, by: z.string(), atMs: instant }),
    row: z.strictObject({ id: z.string(), cards: keys }),
  },
  'people/by_ids': { params: z.strictObject({ ids: keys }), row: storedPerson },
  'people/by_name': {
    params: z.strictObject({ query: z.string(), units: keys.nullable(), skip: z.int(), limit: z.int() }),
    row: z.strictObject({ id: z.string(), score: z.number(), seen: z.boolean() }),
  },
  'people/by_identifiers': { params: z.strictObject({ keys }), row: storedPerson },
  'people/ids_by_identifiers': {
    params: z.strictObject({ keys }),
    row: z.strictObject({ key: z.string(), id: z.string() }),
  },
  'people/create': { params: z.strictObject({ rows: z.array(creation), atMs: instant }), row: none },
  'people/change': { params: z.strictObject({ rows: z.array(change) }), row: z.strictObject({ id: z.string() }) },
  'people/know': {
    params: z.strictObject({
      rows: z.array(z.strictObject({ person: z.string(), key: z.string(), system: z.string(), strong: z.boolean() })),
    }),
    row: z.strictObject({ key: z.string() }),
  },
  'people/know_fresh': {
    params: z.strictObject({
      rows: z.array(
        z.strictObject({
          person: z.string(),
          fresh: z.array(z.strictObject({ key: z.string(), system: z.string() })),
        }),
      ),
    }),
    row: none,
  },
  'people/know_shared': {
    params: z.strictObject({
      rows: z.array(z.strictObject({ person: z.string(), key: z.string(), system: z.string() })),
    }),
    row: none,
  },
  'people/queue_repair': {
    params: z.strictObject({ rows: z.array(repair), atMs: instant }),
    row: z.strictObject({ key: z.string(), id: z.string() }),
  },
  'people/named': {
    params: z.strictObject({
      named: z.array(z.strictObject({ text: z.string(), key: z.string().nullable(), id: z.string() })),
    }),
    row: z.strictObject({ text: z.string(), id: z.string(), unit: z.string().nullable() }),
  },
  'people/issue_cards': {
    params: z.strictObject({
      cards: z.array(z.strictObject({ person: z.string(), card: z.string() })),
      kind: z.literal('printed'),
      issuedAtMs: instant,
      expiresAtMs: instant,
    }),
    row: z.strictObject({ id: z.string() }),
  },
  'people/cards': {
    params: z.strictObject({ person: z.string() }),
    row: z.strictObject({
      id: z.string(),
      kind: z.string(),
      issuedAtMs: instant,
      expiresAtMs: instant,
      revokedAtMs: instant.nullable(),
    }),
  },
  'people/card_holder': {
    params: z.strictObject({ card: z.string() }),
    row: z.strictObject({ person: z.string(), unit: z.string().nullable(), revokedAtMs: instant.nullable() }),
  },
  'people/revoke_card': { params: z.strictObject({ card: z.string(), atMs: instant }), row: none },
  'people/positions': {
    params: z.strictObject({ streams: z.array(z.string()) }),
    row: z.strictObject({ stream: z.string(), position: z.string() }),
  },
  'people/stays': {
    params: z.strictObject({ person: z.string(), fromMs: instant, toMs: instant }),
    row: z.strictObject({
      id: z.string(),
      venue: z.string(),
      venueName: z.string(),
      venueCode: z.string().nullable(),
      lat: z.number().nullable(),
      lon: z.number().nullable(),
      zone: z.string(),
      inMs: instant,
      outMs: instant,
      assumed: z.boolean(),
      open: z.boolean(),
      trust: z.number(),
      kept: z.boolean(),
      of: z.string().nullable(),
    }),
  },
  'people/of_account': {
    params: z.strictObject({ account: z.string() }),
    row: z.strictObject({ person: z.string() }),
  },
  'people/make_for_account': {
    params: z.strictObject({
      account: z.string(),
      id: z.string(),
      key: z.string(),
      sealed: z.string(),
      nameKeys: z.string(),
      atMs: instant,
    }),
    row: z.strictObject({ person: z.string() }),
  },
};
