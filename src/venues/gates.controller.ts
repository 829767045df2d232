import { Controller, Delete, HttpCode, Post } from '@nestjs/common';
import { z } from 'zod';
import { Roles, Who, type Caller } from '../auth/roles.js';
import { Documented } from '../http/openapi.js';
import { idList } from '../http/page.js';
import { Problem } from '../http/problem.js';
import { ZodBody, ZodQuery } from '../http/zod.js';
import { Gates, unknownGate, type PairedGate } from './gates.service.js';
import { Venues } from './venues.service.js';

export const gateName = z.string().trim().min(1).max(100).default('Gate');

/** Gates that are made in one request: the offices of a province in a few (assumption). */
const mostAtOnce = 500;

const newGates = z.strictObject({
  gates: z
    .array(z.strictObject({ venue: z.string().min(1).max(128), name: gateName }))
    .min(1)
    .max(mostAtOnce),
});

const removedGates = z.strictObject({ ids: idList });

/** Gates of many venues at once, for whoever fits out a province and not one shop. */
@Controller('gates')
@Roles('owner', 'admin', 'head')
export class GatesController {
  constructor(
    private readonly venues: Venues,
    private readonly gates: Gates,
  ) {}

  @Post()
  @Documented({ summary: 'Make many gates at once, each with its token: all of them or none', body: newGates })
  async pair(
    @Who() caller: Caller,
    @ZodBody(newGates) { gates }: z.output<typeof newGates>,
  ): Promise<{ items: (PairedGate & { venue: string })[] }> {
    const venues = await this.venuesOf(
      caller,
      gates.map(({ venue }) => venue),
    );
    const made = await this.gates.pairAll(gates.map(({ venue, name }) => ({ venue: venues.get(venue)!, name })));
    return { items: made.map((gate, at) => ({ ...gate, venue: gates[at]!.venue })) };
  }

  @Delete()
  @HttpCode(204)
  @Documented({
    summary: 'Take many gates out of use: their sockets close, their tokens are dead',
    query: removedGates,
  })
  async remove(@Who() caller: Caller, @ZodQuery(removedGates) { ids }: z.output<typeof removedGates>): Promise<void> {
    const venueOf = await this.gates.venuesOf(ids);
    const known = await this.venues.getAll(caller, [...new Set(venueOf.values())]);
    const mine = new Set(known.map(({ id }) => id));
    if (!ids.every((gate) => mine.has(venueOf.get(gate) ?? ''))) throw unknownGate();
    await this.gates.removeAll(ids);
  }

  /** The venues by id. Throws a 404 that names the first one the caller knows nothing of. */
  private async venuesOf(caller: Caller, ids: string[]) {
    const known = await this.venues.getAll(caller, [...new Set(ids)]);
    const venues = new Map(known.map((venue) => [venue.id, venue]));
    const missing = ids.find((id) => !venues.has(id));
    if (missing !== undefined) throw new Problem(404, 'venue-unknown', `There is no such venue: ${missing}.`);
    return venues;
  }
}
