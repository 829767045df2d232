import { z } from 'zod';

/** Where and how one device is told, as its browser says (Push API, RFC 8291): the keys are base64url. */
export const subscription = z.strictObject({
  endpoint: z.url({ protocol: /^https?$/ }).max(2_000),
  keys: z.strictObject({
    /** An uncompressed point on P-256: 65 bytes. */
    p256dh: z.string().regex(/^B[A-Za-z0-9_-]{86}$/, 'a public key on P-256, base64url'),
    /** 16 bytes. */
    auth: z.string().regex(/^[A-Za-z0-9_-]{22}$/, '16 bytes, base64url'),
  }),
});
export type Subscription = z.output<typeof subscription>;

/** All that a message says: what is new is read in the app, by whoever may. */
export const pushedMessage = 'open';
