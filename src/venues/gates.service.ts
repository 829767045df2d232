import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/clock.js';
import { newId } from '../../config/ids.js';
import { Graph, step } from '../../graph/graph.js';
import type { RowOf } from '../../graph/graph.js';
import type { StoredVenue } from '../../graph/queries/venues.js';
import { Problem } from '../http/problem.js';
import { News } from '../people/news.js';
import { Pairing, type Ticket } from './pairing.js';

/** The gates of venues: paired with a token of their own, removed at once (SPEC section 4, gate). */
@Injectable()
export class Gates {
  constructor(
    private readonly graph: Graph,
    private readonly pairing: Pairing,
    private readonly news: News,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Makes a gate: its token, shown once and kept nowhere, and a link that pairs one device with it. */
  async pair(venue: StoredVenue, name: string): Promise<{ gateId: string; token: string } & Ticket> {
    const gate = gateOf(venue, newId());
    const token = await this.pairing.token(gate);
    await this.graph.write('venues/add_gate', { venue: venue.id, gate: gate.id, name, atMs: this.now() });
    return { gateId: gate.id, token, ...(await this.pairing.open(gate)) };
  }

  /** Another link for a gate whose device was lost or exchanged. */
  async pairAgain(venue: StoredVenue, id: string): Promise<Ticket> {
    const gates = await this.list(venue.id);
    if (!gates.some((gate) => gate.id === id && gate.removedAtMs === null)) throw unknownGate();
    return this.pairing.open(gateOf(venue, id));
  }

  async list(venue: string): Promise<RowOf<'venues/gates'>[]> {
    return this.graph.read('venues/gates', { venue });
  }

  /** Takes a gate out of use; its sockets are closed and its token is dead from now on. */
  async remove(venue: string, gate: string): Promise<void> {
    const gates = await this.list(venue);
    if (!gates.some(({ id }) => id === gate)) throw unknownGate();
    const remove = step('venues/remove_gate', { venue, gate, atMs: this.now() });
    await this.news.write([remove], [{ push: 'gate-removed', gate }]);
  }
}

const unknownGate = (): Problem => new Problem(404, 'gate-unknown', 'There is no such gate.');

function gateOf(venue: StoredVenue, id: string) {
  const role = venue.kind === 'checkpoint' ? ('checkpoint' as const) : ('gate' as const);
  return { id, roles: [role], venue: venue.id };
}
