import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { Graph } from '../../graph/graph.js';
import { Public } from '../auth/roles.js';
import { Documented } from '../http/openapi.js';
import { Problem } from '../http/problem.js';
import { ZodBody } from '../http/zod.js';
import { Pairing, ticket } from './pairing.js';

const redeemed = z.strictObject({ ticket });

/** What everybody may read on a venue's door: its name, behind the code of its poster. */
@Controller('posters')
export class PostersController {
  constructor(private readonly graph: Graph) {}

  @Public()
  @Get(':code')
  @Documented({ summary: 'The place whose poster carries this code' })
  async get(@Param('code') code: string): Promise<{ name: string; kind: string }> {
    const [venue] = await this.graph.read('venues/by_code', { code: code.toLowerCase() });
    if (!venue) throw new Problem(404, 'venue-unknown', 'No venue has this code.');
    return { name: venue.name, kind: venue.kind };
  }
}

/** Devices that were shown a pairing link. */
@Controller('pairings')
export class PairingsController {
  constructor(private readonly pairing: Pairing) {}

  @Public()
  @Post()
  @HttpCode(200)
  @Documented({ summary: 'Exchange the ticket of a pairing link, once, for the token of its gate', body: redeemed })
  redeem(@ZodBody(redeemed) body: z.output<typeof redeemed>): Promise<{ gateId: string; token: string }> {
    return this.pairing.redeem(body.ticket);
  }
}
