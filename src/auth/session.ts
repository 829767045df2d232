import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/clock.js';
import type { Caller } from './caller.js';
import { Tokens } from './tokens.js';

/** What somebody who logged in gets. */
export interface LoggedIn {
  token: string;
  expiresAt: string;
  roles: string[];
}

/** A token with the instant it ends. */
@Injectable()
export class Session {
  constructor(
    private readonly tokens: Tokens,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async open(caller: Caller, seconds: number): Promise<LoggedIn> {
    const token = await this.tokens.sign(caller, seconds);
    return { token, expiresAt: new Date(this.now() + seconds * 1_000).toISOString(), roles: caller.roles };
  }
}
