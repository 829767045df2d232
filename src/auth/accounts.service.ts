import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { LRUCache } from 'lru-cache';
import { CLOCK, type Clock } from '../../config/clock.js';
import { newId } from '../../config/ids.js';
import { Vault } from '../../config/vault.js';
import { Graph } from '../../graph/graph.js';
import type { Caller, Role } from './caller.js';

/** argon2id, the default of the library, with the smallest parameters OWASP names: 19 MiB, two passes (Password Storage Cheat Sheet). */
const argon = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** How long a removed account's token may still be taken: the time its state is remembered (assumption). */
const rememberMs = 10_000;

/** What a phone that was proven may do: carry a card, and register venues. */
const phoneRoles: Role[] = ['citizen', 'owner'];

/** Accounts of staff (name and password) and of citizens and owners (phone), and whether they still stand. */
@Injectable()
export class Accounts {
  private readonly standing = new LRUCache<string, number>({ max: 50_000, ttl: rememberMs });
  /** Verified against when a name is unknown, so that the time taken tells nothing. */
  private readonly nobody = hash(randomBytes(16), argon);

  constructor(
    private readonly graph: Graph,
    private readonly vault: Vault,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Makes a staff account with a generated password, which is shown once; undefined when the name is taken. */
  async create(of: {
    username: string;
    roles: Role[];
    unit?: string;
  }): Promise<{ id: string; password: string } | undefined> {
    const [id, password] = [newId(), randomBytes(12).toString('base64url')];
    const account = { id, username: of.username, roles: of.roles, unit: of.unit ?? null, atMs: this.now() };
    const [row] = await this.graph.write('accounts/create', { ...account, hash: await hash(password, argon) });
    return row?.created ? { id, password } : undefined;
  }

  /** The caller behind a name and a password; undefined when they do not fit, whatever the reason. */
  async byPassword(username: string, password: string): Promise<Caller | undefined> {
    const [account] = await this.graph.read('accounts/by_username', { username });
    const fits = await verify(account?.hash ?? (await this.nobody), password);
    if (!account || !fits || account.disabled) return undefined;
    return { id: account.id, kind: 'staff', roles: account.roles, ...(account.unit && { unit: account.unit }) };
  }

  /** The caller behind a phone number that was just proven; their account is made when it is the first time. */
  async byPhone(phone: string): Promise<Caller | undefined> {
    const phoneKey = this.vault.identifierKey('phone', phone);
    const known = { id: newId(), phoneKey, roles: phoneRoles, atMs: this.now() };
    const [account] = await this.graph.write('accounts/ensure_phone', known);
    if (!account || account.disabled) return undefined;
    return { id: account.id, kind: 'citizen', roles: account.roles, ...(account.person && { person: account.person }) };
  }

  /**
   * Whether a caller's account has not been disabled since the token was made, nor its older tokens ended; remembered
   * for some seconds.
   */
  async isAlive({ id, kind, issuedAtMs = Infinity }: Caller & { issuedAtMs?: number }): Promise<boolean> {
    if (kind === 'operator' || kind === 'gate') return true;
    const good = this.standing.get(id) ?? (await this.goodFrom(id));
    this.standing.set(id, good);
    return issuedAtMs >= good;
  }

  /** The instant from which tokens of an account are good: never, once it is gone or disabled. */
  private async goodFrom(id: string): Promise<number> {
    const [account] = await this.graph.read('accounts/by_id', { id });
    return account === undefined || account.disabled ? NaN : (account.signedOutAtMs ?? 0);
  }

  /** The state of an account is read again: another process may have changed it. */
  forget(id: string): void {
    this.standing.delete(id);
  }

  /** Disables an account; false when there is none. Other processes learn of it within {@link rememberMs}. */
  async disable(id: string): Promise<boolean> {
    const rows = await this.graph.write('accounts/disable', { id, atMs: this.now() });
    this.standing.delete(id);
    return rows.length > 0;
  }
}
