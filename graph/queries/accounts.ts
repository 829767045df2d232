import { z } from 'zod';
import { roles } from '../../src/auth/caller.js';

const account = z.strictObject({
  id: z.string(),
  roles: z.array(z.enum(roles)),
  unit: z.string().nullable(),
  person: z.string().nullable(),
  disabled: z.boolean(),
});

/** Queries about who may log in, and about requests that must not happen twice. */
export const accounts = {
  'accounts/create': {
    params: z.strictObject({
      id: z.string(),
      username: z.string(),
      hash: z.string(),
      roles: z.array(z.enum(roles)),
      unit: z.string().nullable(),
      atMs: z.int(),
    }),
    row: z.strictObject({ created: z.boolean() }),
  },
  'accounts/by_username': {
    params: z.strictObject({ username: z.string() }),
    row: account.extend({ hash: z.string() }),
  },
  'accounts/by_id': {
    params: z.strictObject({ id: z.string() }),
    row: account.extend({ signedOutAtMs: z.int().nullable() }),
  },
  'accounts/sign_out': {
    params: z.strictObject({ person: z.string(), beforeMs: z.int() }),
    row: z.strictObject({ id: z.string() }),
  },
  'accounts/ensure_phone': {
    params: z.strictObject({ id: z.string(), phoneKey: z.string(), roles: z.array(z.enum(roles)), atMs: z.int() }),
    row: account,
  },
  'accounts/of_demo': {
    params: z.strictObject({ person: z.string(), id: z.string(), roles: z.array(z.enum(roles)), atMs: z.int() }),
    row: account,
  },
  'accounts/disable': {
    params: z.strictObject({ id: z.string(), atMs: z.int() }),
    row: z.strictObject({ id: z.string() }),
  },
  'accounts/claim_request': {
    params: z.strictObject({
      key: z.string(),
      request: z.string(),
      claim: z.string(),
      atMs: z.int(),
      staleMs: z.int(),
    }),
    row: z.strictObject({
      mine: z.boolean(),
      request: z.string(),
      status: z.int().nullable(),
      sealed: z.string().nullable(),
    }),
  },
  'accounts/keep_response': {
    params: z.strictObject({ key: z.string(), claim: z.string(), status: z.int(), sealed: z.string() }),
    row: z.strictObject({}),
  },
  'accounts/release_request': {
    params: z.strictObject({ key: z.string(), claim: z.string() }),
    row: z.strictObject({}),
  },
  'accounts/sweep_requests': {
    params: z.strictObject({ beforeMs: z.int() }),
    row: z.strictObject({}),
  },
};
