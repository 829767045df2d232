import { Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import { LOG, type Logger } from '../../config/log.js';
import { Vault } from '../../config/vault.js';
import { Graph } from '../../graph/graph.js';
import { Roles, type Authenticated } from '../auth/roles.js';
import { drained } from '../http/drained.js';
import { Documented } from '../http/openapi.js';
import { Problem } from '../http/problem.js';

/** Keys that are wrapped anew in one transaction (DESIGN section 3: 1,000 to 5,000 rows a write). */
const keysPerWrite = 2_000;

/** What settings call the key that the installation made for itself, whose id is empty. */
const ownName = 'own';

/** The keys that wrap people's own keys (SPEC section 10). */
@Controller('keys')
@Roles('admin')
export class KeysController {
  constructor(
    private readonly graph: Graph,
    private readonly vault: Vault,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** NDJSON: progress as it goes, the report as the last line. Whatever broke off goes on when it is asked again. */
  @Post('rewrap')
  @HttpCode(200)
  @Documented({ summary: 'Wrap every person’s key under the newest master key, while everything runs' })
  async rewrap(@Req() { caller }: Authenticated, @Res() response: Response): Promise<void> {
    if (caller.unit !== undefined) throw new Problem(403, 'outside-your-unit', 'This is about the whole country.');
    response.status(200).type('application/x-ndjson');
    const sum = { looked: 0, rewrapped: 0, unreadable: 0 };
    try {
      for (let after = ''; ;) {
        const page = await this.graph.read('people/keys_after', { after, limit: keysPerWrite });
        if (page.length === 0 || response.closed) break;
        await this.rewrapPage(page, sum);
        after = page.at(-1)!.id;
        if (!response.write(`${JSON.stringify({ progress: sum })}\n`)) await drained(response);
      }
      this.log.info({ fact: 'keys-rewrapped', ...sum });
      response.end(`${JSON.stringify({ report: { ...sum, master: this.vault.masterId || ownName } })}\n`);
    } catch (error) {
      this.log.error({ fact: 'rewrap-failed', reason: (error as Error).message });
      response.end(`${JSON.stringify({ problem: { detail: 'It could not be finished; ask again, it goes on.' } })}\n`);
    }
  }

  private async rewrapPage(
    page: { id: string; key: string }[],
    sum: { looked: number; rewrapped: number; unreadable: number },
  ) {
    const rows = page.flatMap(({ id, key }) => {
      try {
        const anew = this.vault.rewrap(key);
        return anew === undefined ? [] : [{ id, was: key, key: anew }];
      } catch {
        sum.unreadable++;
        return [];
      }
    });
    const changed = rows.length ? await this.graph.write('people/rewrap', { rows }) : [];
    sum.looked += page.length;
    sum.rewrapped += changed.length;
  }
}
