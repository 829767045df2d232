import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/clock.js';
import { newId } from '../../config/ids.js';
import { Graph, step } from '../../graph/graph.js';
import type { RowOf } from '../../graph/graph.js';
import type { StoredVenue } from '../../graph/queries/venues.js';
import { Problem } from '../http/problem.js';
import { News } from '../people/news.js';
import { Pairing, type Ticket } from './pairing.js';

/** A gate that was made, and what it connects with. */
export interface PairedGate {
  gateId: string;
  token: string;
}

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
  async pair(venue: StoredVenue, name: string): Promise<PairedGate & Ticket> {
    const [gate] = await this.pairAll([{ venue, name }]);
    return { ...gate!, ...(await this.pairing.open(gateOf(venue, gate!.gateId))) };
  }

  /** Makes many gates at once, in this order, for systems that carry the tokens to their devices themselves. */
  async pairAll(wanted: { venue: StoredVenue; name: string }[]): Promise<PairedGate[]> {
    const made = wanted.map(({ venue, name }) => ({ venue, name, gate: gateOf(venue, newId()) }));
    const tokens = await Promise.all(made.map(({ gate }) => this.pairing.token(gate)));
    const gates = made.map(({ venue, name, gate }) => ({ venue: venue.id, gate: gate.id, name }));
    await this.graph.write('venues/add_gates', { gates, atMs: this.now() });
    return gates.map(({ gate }, at) => ({ gateId: gate, token: tokens[at]! }));
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
    const venues = await this.venuesOf([gate]);
    if (venues.get(gate) !== venue) throw unknownGate();
    await this.removeAll([gate]);
  }

  /** The venue of each of some gates, by gate. */
  async venuesOf(gates: string[]): Promise<Map<string, string>> {
    const rows = await this.graph.read('venues/of_gates', { gates });
    return new Map(rows.map(({ gate, venue }) => [gate, venue]));
  }

  /** Takes many gates out of use at once. */
  async removeAll(gates: string[]): Promise<void> {
    const remove = step('venues/remove_gates', { gates, atMs: this.now() });
    await this.news.write(
      [remove],
      gates.map((gate) => ({ push: 'gate-removed', gate })),
    );
  }
}

export const unknownGate = (): Problem => new Problem(404, 'gate-unknown', 'There is no such gate.');

function gateOf(venue: StoredVenue, id: string) {
  const role = venue.kind === 'checkpoint' ? ('checkpoint' as const) : ('gate' as const);
  return { id, roles: [role], venue: venue.id };
}
