import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/clock.js';
import { newId } from '../../config/ids.js';
import { Graph, step } from '../../graph/graph.js';
import type { RowOf } from '../../graph/graph.js';
import type { StoredVenue } from '../../graph/queries/venues.js';
import { Tokens } from '../auth/tokens.js';
import { Problem } from '../http/problem.js';
import { News } from '../people/news.js';

/** How long a gate stays paired without anybody pairing it again: a year (assumption). */
const tokenSeconds = 365 * 24 * 60 * 60;

/** The gates of venues: paired with a token of their own, removed at once (SPEC section 4, gate). */
@Injectable()
export class Gates {
  constructor(
    private readonly graph: Graph,
    private readonly tokens: Tokens,
    private readonly news: News,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Pairs a gate; its token is shown once and kept nowhere. */
  async pair(venue: StoredVenue, name: string): Promise<{ gateId: string; token: string }> {
    const gateId = newId();
    const role = venue.kind === 'checkpoint' ? 'checkpoint' : 'gate';
    const caller = { id: gateId, kind: 'gate' as const, roles: [role as 'gate' | 'checkpoint'], venue: venue.id };
    const token = await this.tokens.sign(caller, tokenSeconds);
    await this.graph.write('venues/add_gate', { venue: venue.id, gate: gateId, name, atMs: this.now() });
    return { gateId, token };
  }

  async list(venue: string): Promise<RowOf<'venues/gates'>[]> {
    return this.graph.read('venues/gates', { venue });
  }

  /** Takes a gate out of use; its sockets are closed and its token is dead from now on. */
  async remove(venue: string, gate: string): Promise<void> {
    const gates = await this.list(venue);
    if (!gates.some(({ id }) => id === gate)) throw new Problem(404, 'gate-unknown', 'There is no such gate.');
    const remove = step('venues/remove_gate', { venue, gate, atMs: this.now() });
    await this.news.write([remove], [{ push: 'gate-removed', gate }]);
  }
}
