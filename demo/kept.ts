import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const schema = z.object({
  /** The staff of the demo: log-ins that `npm start` prints. */
  logins: z.array(z.object({ username: z.string(), password: z.string(), roles: z.array(z.string()) })),
  /** Every gate with the token it connects with. */
  gates: z.array(z.object({ gateId: z.string(), venue: z.string(), token: z.string() })),
  /** The printed card of every inhabitant, by their id. */
  cards: z.record(z.string(), z.string()),
  /** Cases of the city that are not over. */
  cases: z.array(z.string()).default([]),
  /** The link by which a visitor, once, is somebody of the city. */
  citizen: z.string().optional(),
  /** The link by which a visitor, once, is the head officer of the city. */
  officer: z.string().optional(),
  /** The gate that is kept free for a visitor's own phone, and the link that pairs one device with it, once. */
  visitor: z.object({ venue: z.string(), gate: z.string(), link: z.string() }).optional(),
});

/** What the demo was given once and has to know at its next start: passwords, tokens, cards. */
export type Kept = z.output<typeof schema>;

export const nothingKept = (): Kept => ({ logins: [], gates: [], cards: {}, cases: [] });

/** Reads `demo.json` of the data folder; undefined when there is none, or it cannot be used. */
export function readKept(dataDir: string): Kept | undefined {
  try {
    return schema.parse(JSON.parse(readFileSync(join(dataDir, 'demo.json'), 'utf8')));
  } catch {
    return undefined;
  }
}

/** Writes it (mode 0600), whole or not at all. */
export function keep(dataDir: string, kept: Kept): void {
  const file = join(dataDir, 'demo.json');
  writeFileSync(`${file}.new`, JSON.stringify(kept), { mode: 0o600 });
  chmodSync(`${file}.new`, 0o600);
  renameSync(`${file}.new`, file);
}
