import { z } from 'zod';

/**
 * Reads of personal data on their way to the audit chain: appended before the answer leaves (DESIGN section 1), written
 * and chained in Neo4j by one consumer.
 */

/** The stream of reads; each entry holds one {@link Read} in the field of `streams.ts`. */
export const readsStream = 'reads';

/**
 * Why somebody's data may be read: epidemic control and nothing else (SPEC 10). `tracing` works on a case and names
 * it; `case-report` comes before there is one; `care` is quarantine, tests and symptoms; `identity` is registering,
 * linking and issuing cards; `operation` is running the system: imports, exports, its command line; `audit` is
 * checking the others.
 */
export const purposes = ['tracing', 'case-report', 'care', 'identity', 'operation', 'audit'] as const;
export type Purpose = (typeof purposes)[number];

const read = z.strictObject({
  /** The account that read. */
  who: z.string(),
  roles: z.array(z.string()),
  purpose: z.enum(purposes),
  case: z.string().optional(),
  /** Method and route, without anything of the request in it. */
  route: z.string(),
  /** Internal ids of everybody whose data was in the answer. */
  people: z.array(z.string()),
  /** Epoch milliseconds. */
  at: z.int(),
});

/** One answer that held personal data: who read it, why, and whose it was. */
export type Read = z.infer<typeof read>;

export const packRead = (entry: Read): string => JSON.stringify(entry);

/** Reads an entry of the stream; throws on any other form, for the stream is our own. */
export const unpackRead = (body: string): Read => read.parse(JSON.parse(body));
