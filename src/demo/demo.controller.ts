import { randomBytes } from 'node:crypto';
import { Controller, HttpCode, Inject, Post } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { CLOCK, type Clock } from '../../config/clock.js';
import type { Env } from '../../config/env.js';
import { newId } from '../../config/ids.js';
import { REDIS } from '../../config/redis.js';
import { Vault } from '../../config/vault.js';
import { Graph } from '../../graph/graph.js';
import { caller, type Caller } from '../auth/caller.js';
import { Public, Roles } from '../auth/roles.js';
import { Session, type LoggedIn } from '../auth/session.js';
import { ENV } from '../core.module.js';
import { Documented } from '../http/openapi.js';
import { Problem } from '../http/problem.js';
import { ZodBody } from '../http/zod.js';
import { publicUrl } from '../venues/venue.js';

/** How long a link can be opened, once, and how long its visitor stays logged in: a day (assumption). */
const lifeSeconds = 86_400;

/** As whom the visitor comes: a person of the demo, or a member of its staff by their log-in name. */
const invited = z.union([
  z.strictObject({ person: z.string().min(1).max(64) }),
  z.strictObject({ officer: z.string().min(1).max(100) }),
]);
const shown = z.strictObject({ ticket: z.string().regex(/^[A-Za-z0-9_-]{24}$/, 'the ticket of a demo link') });

/** Lets somebody who tries a demo be one of its invented people or officers; there is nothing of it anywhere else. */
@Controller('demo')
export class DemoController {
  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    private readonly graph: Graph,
    private readonly vault: Vault,
    private readonly session: Session,
    @Inject(ENV) private readonly env: Pick<Env, 'DEMO' | 'PUBLIC_URL' | 'HOST' | 'PORT'>,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Post('links')
  @Roles('admin')
  @Documented({
    summary: 'In a demo alone: a link by which one visitor, once, is a person or an officer of it',
    body: invited,
  })
  async invite(@ZodBody(invited) whom: z.output<typeof invited>): Promise<{ url: string }> {
    this.refuseOutsideDemo();
    const [visitor, page] =
      'person' in whom ? [await this.citizen(whom.person), 'citizen'] : [await this.officer(whom.officer), 'officer'];
    const ticket = randomBytes(18).toString('base64url');
    await this.redis.set(this.key(ticket), JSON.stringify(visitor), 'EX', lifeSeconds);
    return { url: `${publicUrl(this.env)}/${page}#demo=${ticket}` };
  }

  @Post('visits')
  @HttpCode(200)
  @Public()
  @Documented({ summary: 'In a demo alone: log in by the ticket of a link, once', body: shown })
  async visit(@ZodBody(shown) { ticket }: z.output<typeof shown>): Promise<LoggedIn> {
    this.refuseOutsideDemo();
    const kept = await this.redis.getdel(this.key(ticket));
    if (kept === null) throw new Problem(404, 'ticket-unknown', 'This link was used before, or is too old.');
    return this.session.open(caller.parse(JSON.parse(kept)), lifeSeconds);
  }

  private async citizen(person: string): Promise<Caller> {
    const made = { id: newId(), roles: ['citizen' as const], atMs: this.now() };
    const [account] = await this.graph.write('accounts/of_demo', { person, ...made });
    if (!account) throw new Problem(404, 'person-unknown', 'There is no such person.');
    return { id: account.id, kind: 'citizen', roles: account.roles, person };
  }

  private async officer(username: string): Promise<Caller> {
    const [account] = await this.graph.read('accounts/by_username', { username });
    if (!account || account.disabled) throw new Problem(404, 'user-unknown', 'There is no such account.');
    return { id: account.id, kind: 'staff', roles: account.roles, ...(account.unit && { unit: account.unit }) };
  }

  private refuseOutsideDemo(): void {
    if (!this.env.DEMO) throw new Problem(404, 'not-a-demo', 'This is no demo.');
  }

  private key(ticket: string): string {
    return `demo:${this.vault.hash(`demo\0${ticket}`)}`;
  }
}
