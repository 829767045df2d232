import { randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import type { Env } from '../../config/env.js';
import { REDIS } from '../../config/redis.js';
import { Vault } from '../../config/vault.js';
import { ENV } from '../core.module.js';
import { Problem } from '../http/problem.js';
import { Tries } from './tries.js';

/** How long a one-time code can be used (assumption). */
const lifeSeconds = 300;

/** Milliseconds the delivering service may take (assumption). */
const sendTimeoutMs = 5_000;

/** One-time codes by phone: six digits, usable once, kept only as a keyed hash. */
@Injectable()
export class Otp {
  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(ENV) private readonly env: Env,
    private readonly vault: Vault,
    private readonly tries: Tries,
  ) {}

  /** Makes a code and hands it to the sender. */
  async send(phone: string, address: string): Promise<void> {
    await this.tries.count('otp-address', address);
    await this.tries.count('otp-phone', phone);
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    await this.redis.set(this.key(phone), this.proof(phone, code), 'EX', lifeSeconds);
    await this.deliver(phone, code);
  }

  /** Whether a code is the one that was sent; it can be used once. */
  async verify(phone: string, code: string): Promise<boolean> {
    await this.tries.count('otp-check', phone);
    const kept = await this.redis.get(this.key(phone));
    if (kept === null || kept !== this.proof(phone, code)) return false;
    const first = (await this.redis.del(this.key(phone))) === 1;
    if (first) await this.tries.forget('otp-check', phone);
    return first;
  }

  private async deliver(phone: string, code: string): Promise<void> {
    if (this.env.OTP_SENDER === 'console') {
      process.stdout.write(`one-time code for …${phone.slice(-3)}: ${code}\n`);
      return;
    }
    const body = JSON.stringify({ phone, code, validSeconds: lifeSeconds });
    const headers = { 'content-type': 'application/json' };
    const request = { method: 'POST', headers, body, signal: AbortSignal.timeout(sendTimeoutMs) };
    const answer = await fetch(this.env.OTP_SENDER_URL!, request).catch(() => undefined);
    if (!answer?.ok) {
      throw new Problem(503, 'service-away', 'The code could not be sent: try again in a moment.', {
        service: 'otp-sender',
        retryAfterSeconds: 10,
      });
    }
  }

  private key(phone: string): string {
    return `otp:${this.vault.hash(`otp\0${phone}`)}`;
  }

  private proof(phone: string, code: string): string {
    return this.vault.hash(`otp\0${phone}\0${code}`);
  }
}
