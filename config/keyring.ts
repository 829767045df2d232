import { readFileSync, statSync } from 'node:fs';
import type { Env } from './env.js';

/** A key that wraps others, and the id under which what it wrapped names it. */
interface MasterKey {
  id: string;
  key: Buffer;
}

/** The id of the key that an installation made for itself; what was wrapped before ids were written names none. */
const ownId = '';

const shape = /^([A-Za-z0-9-]{1,32})=([A-Za-z0-9_-]{43}=?)$/;

/** How often the file of keys is looked at for a change (assumption). */
const lookEveryMs = 2_000;

/**
 * The master keys of an installation (SPEC section 10): the first wraps, all are readable, so that a key is exchanged
 * while everything runs. They come from `MASTER_KEYS`, or from the file `MASTER_KEYS_FILE`, `id=key` apart by commas or
 * lines, newest first, where `own` names the installation's; without either there is the one that the installation made for itself.
 */
export class Keyring {
  private keys: MasterKey[];
  private lookedMs = -Infinity;
  private changedMs = -1;

  constructor(
    private readonly own: Buffer,
    private readonly from: Pick<Env, 'MASTER_KEYS' | 'MASTER_KEYS_FILE'>,
  ) {
    this.keys = [{ id: ownId, key: own }];
    if (from.MASTER_KEYS !== undefined)
      this.keys = this.withOwn(readKeys(from.MASTER_KEYS, { where: 'MASTER_KEYS', own }));
    this.look();
  }

  /** The key that wraps. */
  get current(): MasterKey {
    if (performance.now() - this.lookedMs > lookEveryMs) this.look();
    return this.keys[0]!;
  }

  /** The key of an id. Throws when it is not there: what it wrapped cannot be read without it. */
  keyOf(id: string): Buffer {
    const found = this.find(id);
    if (found) return found;
    this.look();
    const key = this.find(id);
    if (!key) throw new Error(`there is no master key "${id}": give it in MASTER_KEYS or MASTER_KEYS_FILE`);
    return key;
  }

  private find(id: string): Buffer | undefined {
    return this.keys.find((each) => each.id === id)?.key;
  }

  /** Reads the file again if it was changed since; one that is being written is left for the next look. */
  private look(): void {
    const file = this.from.MASTER_KEYS_FILE;
    if (file === undefined) return;
    this.lookedMs = performance.now();
    const { mtimeMs } = statSync(file);
    if (mtimeMs === this.changedMs) return;
    const keys = readKeys(readFileSync(file, 'utf8'), { where: file, own: this.own });
    this.keys = this.withOwn(keys);
    this.changedMs = mtimeMs;
  }

  private withOwn(keys: MasterKey[]): MasterKey[] {
    return keys.some(({ id }) => id === ownId) ? keys : [...keys, { id: ownId, key: this.own }];
  }
}

function readKeys(text: string, { where, own }: { where: string; own: Buffer }): MasterKey[] {
  const entries = text.split(/[\s,]+/).filter(Boolean);
  const keys = entries.map((entry): MasterKey => {
    if (entry === 'own') return { id: ownId, key: own };
    const [, id, key] = shape.exec(entry) ?? [];
    if (!id || !key)
      throw new Error(`${where}: expected id=key with 32 bytes as base64url, one a line or apart by commas`);
    return { id, key: Buffer.from(key, 'base64url') };
  });
  if (keys.length === 0) throw new Error(`${where}: expected at least one key, got none`);
  if (new Set(keys.map(({ id }) => id)).size < keys.length) throw new Error(`${where}: two keys have one id`);
  return keys;
}
