import { generateKeyPairSync, randomBytes, type JsonWebKey } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** Nest's token for the {@link Secrets}. */
export const SECRETS = Symbol('secrets');

const key = z.base64url();
const pair = z.strictObject({ private: z.record(z.string(), z.string()), public: z.record(z.string(), z.string()) });

const schema = z.strictObject({
  /** Wraps every person's own key (AES-256). */
  master: key,
  /** Keyed hashes of identifiers and folded name words (HMAC-SHA-256). */
  lookup: key,
  /** Seals what gates show of a person while it waits in Redis (AES-256-GCM). */
  snapshot: key,
  /** Signs access tokens (Ed25519, JWK). */
  token: pair,
  /** Keys of own cards, newest last: tag (HMAC-SHA-256), handle (AES-256-CTR), signature (Ed25519, JWK). */
  cards: z.array(z.strictObject({ id: z.int().min(1).max(255), tag: key, handle: key, signature: pair })).min(1),
});

/** The secrets of this installation, generated on its first start. */
export type Secrets = z.infer<typeof schema>;

/** Reads `secrets.json` of the data folder, making it (mode 0600) when there is none; safe for two processes at once. */
export function loadSecrets(dataDir: string): Secrets {
  const file = join(dataDir, 'secrets.json');
  return readSecrets(file) ?? (writeSecrets(dataDir, file), readSecrets(file)!);
}

function readSecrets(file: string): Secrets | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const { success, data } = schema.safeParse(JSON.parse(text));
  if (!success) throw new Error(`${file} is damaged: restore it from a backup; without it sealed data cannot be read`);
  return data;
}

/** The first of two processes wins: a hard link never replaces a file that is there. */
function writeSecrets(dataDir: string, file: string): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(generate(), null, 2), { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
}

function generate(): Secrets {
  const random = () => randomBytes(32).toString('base64url');
  return {
    master: random(),
    lookup: random(),
    snapshot: random(),
    token: ed25519(),
    cards: [{ id: 1, tag: random(), handle: random(), signature: ed25519() }],
  };
}

function ed25519(): Secrets['token'] {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const jwk = (exported: JsonWebKey) => exported as Record<string, string>;
  return { private: jwk(privateKey.export({ format: 'jwk' })), public: jwk(publicKey.export({ format: 'jwk' })) };
}
