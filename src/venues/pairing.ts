import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { CLOCK, type Clock } from '../../config/clock.js';
import { REDIS } from '../../config/redis.js';
import { Vault } from '../../config/vault.js';
import { Graph } from '../../graph/graph.js';
import { caller, type Caller } from '../auth/caller.js';
import { Tokens } from '../auth/tokens.js';
import { Problem } from '../http/problem.js';

/** How long a gate stays paired without anybody pairing it again: a year (assumption). */
const tokenSeconds = 365 * 24 * 60 * 60;

/** How long a pairing link can be opened, once: long enough to fetch the old phone from home (assumption). */
const ticketSeconds = 86_400;

/** A ticket is as hard to guess as a token: 144 bits. */
const ticketBytes = 18;
export const ticket = z.string().regex(/^[A-Za-z0-9_-]{24}$/, 'the ticket of a pairing link');

/** A link that pairs one device, once. */
export interface Ticket {
  ticket: string;
  expiresAt: string;
}

type Gate = Pick<Caller, 'id' | 'roles' | 'venue'>;

/** Pairs devices: a link that can be opened once is exchanged for the token of its gate. */
@Injectable()
export class Pairing {
  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    private readonly graph: Graph,
    private readonly vault: Vault,
    private readonly tokens: Tokens,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** The token that a gate connects with. */
  token(gate: Gate): Promise<string> {
    return this.tokens.sign({ ...gate, kind: 'gate' }, tokenSeconds);
  }

  /** A new link for a gate; Redis holds neither the ticket nor a token, only whose it is. */
  async open(gate: Gate): Promise<Ticket> {
    const made = randomBytes(ticketBytes).toString('base64url');
    await this.redis.set(this.key(made), JSON.stringify({ ...gate, kind: 'gate' }), 'EX', ticketSeconds);
    return { ticket: made, expiresAt: new Date(this.now() + ticketSeconds * 1_000).toISOString() };
  }

  /** Takes a ticket for the token of its gate; a second time there is none (404), nor for a gate that was removed. */
  async redeem(given: string): Promise<{ gateId: string; token: string }> {
    const kept = await this.redis.getdel(this.key(given));
    const gate = kept === null ? undefined : caller.parse(JSON.parse(kept));
    const inUse = gate && (await this.graph.read('gate/doors', { gates: [gate.id] })).length > 0;
    if (!gate || !inUse) throw new Problem(404, 'ticket-unknown', 'This link was used before, or is too old.');
    return { gateId: gate.id, token: await this.token(gate) };
  }

  private key(given: string): string {
    return `pairing:${this.vault.hash(`pairing\0${given}`)}`;
  }
}
