import { createCipheriv, createDecipheriv, createHmac, randomFillSync } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Env } from './env.js';
import { Keyring } from './keyring.js';
import type { Secrets } from './secrets.js';

const nonceBytes = 12;
const tagBytes = 16;

/** Words whose hashes are remembered: names are made of few (assumption, ~10 MB). */
const wordsRemembered = 50_000;

/** Identifiers whose hashes are remembered: a row of an import asks for each of its own three times (assumption). */
const identifiersRemembered = 10_000;

/**
 * People's keys that were just made or unwrapped: whoever reads a person seals them again in a moment, and unwrapping
 * costs as much as sealing. A key that was erased is gone from here within seconds (assumptions).
 */
const keysOpened = { max: 10_000, ttl: 5_000, ttlResolution: 1_000 };

/**
 * Keeps personal data unreadable at rest: every person has a key of their own, wrapped by the installation's master
 * key (AES-256-GCM both); erasing the wrapped key erases the person (SPEC section 10). Identifiers and name words are
 * found through keyed hashes (SPEC section 3).
 */
export class Vault {
  private readonly masters: Keyring;
  private readonly snapshot: Buffer;
  private readonly lookup: Buffer;
  private readonly words = new LRUCache<string, string>({ max: wordsRemembered });
  private readonly identifiers = new LRUCache<string, string>({ max: identifiersRemembered });
  private readonly opened = new LRUCache<string, Buffer>(keysOpened);

  constructor(
    secrets: Pick<Secrets, 'master' | 'snapshot' | 'lookup'>,
    env: Pick<Env, 'MASTER_KEYS' | 'MASTER_KEYS_FILE'> = {},
  ) {
    this.masters = new Keyring(Buffer.from(secrets.master, 'base64url'), env);
    this.snapshot = Buffer.from(secrets.snapshot, 'base64url');
    this.lookup = Buffer.from(secrets.lookup, 'base64url');
  }

  /** A fresh key for one person, wrapped: kept on the person's node. */
  newPersonKey(): string {
    const key = random(32);
    const wrapped = this.wrap(key);
    this.opened.set(wrapped, key);
    return wrapped;
  }

  /** The id of the master key that wraps; empty for the installation's own. */
  get masterId(): string {
    return this.masters.current.id;
  }

  /** The same key wrapped by the newest master key; undefined when it is already. */
  rewrap(wrappedKey: string): string | undefined {
    return masterIdOf(wrappedKey) === this.masterId ? undefined : this.wrap(this.unwrap(wrappedKey));
  }

  /** `id.wrapped`, or the wrapped key alone under the installation's own master key. */
  private wrap(key: Buffer): string {
    const { id, key: master } = this.masters.current;
    return id === '' ? seal(master, key) : `${id}.${seal(master, key)}`;
  }

  private unwrap(wrappedKey: string): Buffer {
    const known = this.opened.get(wrappedKey);
    if (known) return known;
    const id = masterIdOf(wrappedKey);
    const key = open(this.masters.keyOf(id), id === '' ? wrappedKey : wrappedKey.slice(id.length + 1));
    this.opened.set(wrappedKey, key);
    return key;
  }

  /** Seals a value under the person's key; the result is base64url text. */
  sealFor(wrappedKey: string, value: unknown): string {
    return seal(this.unwrap(wrappedKey), Buffer.from(JSON.stringify(value)));
  }

  /** Opens what {@link sealFor} sealed. Throws when the key or the text is not the right one. */
  openFor(wrappedKey: string, sealed: string): unknown {
    return JSON.parse(open(this.unwrap(wrappedKey), sealed).toString('utf8'));
  }

  /** The same for many values of one person, whose key is unwrapped once. */
  opener(wrappedKey: string): (sealed: string) => unknown {
    const key = this.unwrap(wrappedKey);
    return (sealed) => JSON.parse(open(key, sealed).toString('utf8')) as unknown;
  }

  /** Seals text that waits in Redis for a gate or a worker. */
  sealSnapshot(text: string): string {
    return seal(this.snapshot, Buffer.from(text));
  }

  openSnapshot(sealed: string): string {
    return open(this.snapshot, sealed).toString('utf8');
  }

  /** Keyed hash of an identifier, 128 bits as base64url: the key an identifier is found by. */
  identifierKey(system: string, value: string): string {
    const text = `${system}\0${value}`;
    const known = this.identifiers.get(text);
    if (known !== undefined) return known;
    const key = `${system}|${this.hash(text, 16)}`;
    this.identifiers.set(text, key);
    return key;
  }

  /** Keyed hashes of folded name words, 64 bits each: enough to find by, too short to list names with certainty. */
  nameKeys(words: string[]): string {
    return words.map((word) => this.wordKey(word)).join(' ');
  }

  private wordKey(word: string): string {
    const known = this.words.get(word);
    if (known !== undefined) return known;
    const key = this.hash(`name\0${word}`, 8);
    this.words.set(word, key);
    return key;
  }

  /** Keyed hash of anything else that must be compared but not kept, such as a caller's address. */
  hash(text: string, bytes = 16): string {
    return createHmac('sha256', this.lookup).update(text).digest().subarray(0, bytes).toString('base64url');
  }
}

/** Base64url knows no dot, so the first one ends the id. */
const masterIdOf = (wrappedKey: string): string => wrappedKey.slice(0, Math.max(0, wrappedKey.indexOf('.')));

/** Random bytes come in stores of this size: asking for a few at a time costs more than sealing. */
const store = Buffer.alloc(16_384);
let used = store.length;

function random(length: number): Buffer {
  if (used + length > store.length) {
    randomFillSync(store);
    used = 0;
  }
  used += length;
  return Buffer.from(store.subarray(used - length, used));
}

function seal(key: Buffer, plain: Buffer): string {
  const nonce = random(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64url');
}

function open(key: Buffer, sealed: string): Buffer {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes));
  decipher.setAuthTag(bytes.subarray(bytes.length - tagBytes));
  return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, bytes.length - tagBytes)), decipher.final()]);
}
