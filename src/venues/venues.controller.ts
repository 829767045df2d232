import { Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post } from '@nestjs/common';
import { toString as toQr } from 'qrcode';
import { z } from 'zod';
import type { Env } from '../../config/env.js';
import { Roles, Who, type Caller } from '../auth/roles.js';
import { ENV } from '../core.module.js';
import { Documented } from '../http/openapi.js';
import { idList, pageFields, pageOf, type Page } from '../http/page.js';
import { ZodBody, ZodQuery } from '../http/zod.js';
import { Counts, countsQuery, type CountsQuery } from './counts.js';
import { gateName } from './gates.controller.js';
import { Gates } from './gates.service.js';
import type { Ticket } from './pairing.js';
import { RotatingCodes } from './rotating-codes.js';
import { newVenue, publicUrl, showVenue, venueChange, type NewVenue, type Venue, type VenueChange } from './venue.js';
import { Venues } from './venues.service.js';

/** Page by page, or those of some ids at once. */
const listQuery = z.strictObject({ ...pageFields, ids: idList.optional() });

const newGate = z.strictObject({ name: gateName });

/** A gate as the API shows it; instants ISO 8601. */
interface Gate {
  id: string;
  name: string;
  pairedAt: string;
}

/** Venues and their devices (API.md). */
@Controller('venues')
@Roles('owner', 'admin', 'head', 'tracer')
export class VenuesController {
  private readonly baseUrl: string;

  constructor(
    private readonly venues: Venues,
    private readonly gates: Gates,
    private readonly counts: Counts,
    private readonly rotating: RotatingCodes,
    @Inject(ENV) env: Env,
  ) {
    this.baseUrl = publicUrl(env);
  }

  @Post()
  @Roles('owner', 'admin', 'head')
  @Documented({ summary: 'Make a venue', body: newVenue })
  async create(@Who() caller: Caller, @ZodBody(newVenue) body: NewVenue): Promise<Venue> {
    return showVenue(await this.venues.create(caller, body), this.baseUrl);
  }

  @Get()
  @Documented({ summary: 'The venues you may see, page by page or by their ids', query: listQuery })
  async list(@Who() caller: Caller, @ZodQuery(listQuery) query: z.output<typeof listQuery>): Promise<Page<Venue>> {
    const { limit, after, ids } = query;
    if (ids) {
      const known = await this.venues.getAll(caller, ids);
      return { items: known.map((venue) => showVenue(venue, this.baseUrl)), next: null };
    }
    const found = await this.venues.list(caller, { after, limit: limit + 1 });
    const { items, next } = pageOf(found, limit, ({ id }) => id);
    return { items: items.map((venue) => showVenue(venue, this.baseUrl)), next };
  }

  @Get(':id')
  @Documented({ summary: 'One venue' })
  async get(@Who() caller: Caller, @Param('id') id: string): Promise<Venue> {
    return showVenue((await this.venues.get(caller, id)).venue, this.baseUrl);
  }

  @Patch(':id')
  @Roles('owner', 'admin', 'head')
  @Documented({ summary: 'Change a venue', body: venueChange })
  async change(
    @Who() caller: Caller,
    @Param('id') id: string,
    @ZodBody(venueChange) body: VenueChange,
  ): Promise<Venue> {
    return showVenue(await this.venues.change(caller, id, body), this.baseUrl);
  }

  @Get(':id/gates')
  @Documented({ summary: 'The gates of a venue that are in use' })
  async listGates(@Who() caller: Caller, @Param('id') id: string): Promise<{ items: Gate[] }> {
    const { venue } = await this.venues.get(caller, id);
    const gates = (await this.gates.list(venue.id)).filter(({ removedAtMs }) => removedAtMs === null);
    const show = ({ id: gate, name, pairedAtMs }: (typeof gates)[number]): Gate => {
      return { id: gate, name, pairedAt: new Date(pairedAtMs).toISOString() };
    };
    return { items: gates.map(show) };
  }

  @Post(':id/gates')
  @Roles('owner', 'admin', 'head')
  @Documented({
    summary: 'Make a gate: its token, and a link that pairs one device once, also as QR (SVG)',
    body: newGate,
  })
  async pair(@Who() caller: Caller, @Param('id') id: string, @ZodBody(newGate) { name }: z.output<typeof newGate>) {
    const { venue } = await this.venues.get(caller, id);
    const { gateId, token, ...ticket } = await this.gates.pair(venue, name);
    return { gateId, token, ...(await this.linkOf(ticket)) };
  }

  @Post(':id/gates/:gate/pairing')
  @Roles('owner', 'admin', 'head')
  @Documented({ summary: 'Another link for a gate whose device was lost or exchanged; it can be opened once' })
  async pairAgain(@Who() caller: Caller, @Param('id') id: string, @Param('gate') gate: string) {
    const { venue } = await this.venues.get(caller, id);
    return this.linkOf(await this.gates.pairAgain(venue, gate));
  }

  @Delete(':id/gates/:gate')
  @Roles('owner', 'admin', 'head')
  @HttpCode(204)
  @Documented({ summary: 'Take a gate out of use: its sockets close, its token is dead' })
  async remove(@Who() caller: Caller, @Param('id') id: string, @Param('gate') gate: string): Promise<void> {
    const { venue } = await this.venues.get(caller, id);
    await this.gates.remove(venue.id, gate);
  }

  @Get(':id/inside')
  @Documented({ summary: 'How many people are inside now, by zone; nobody’s name' })
  async inside(@Who() caller: Caller, @Param('id') id: string) {
    return this.counts.inside((await this.venues.get(caller, id)).venue);
  }

  @Get(':id/counts')
  @Documented({ summary: 'How many people came and left, by hour and zone; nobody’s name', query: countsQuery })
  async countsOf(@Who() caller: Caller, @Param('id') id: string, @ZodQuery(countsQuery) query: CountsQuery) {
    return { items: await this.counts.byHour((await this.venues.get(caller, id)).venue.id, query) };
  }

  @Get(':id/rotating-code')
  @Documented({ summary: 'The address for a screen beside the door; another every half minute' })
  async rotatingCode(@Who() caller: Caller, @Param('id') id: string) {
    const { venue } = await this.venues.get(caller, id);
    const { suffix, ...until } = this.rotating.now(venue.code);
    return { url: `${this.baseUrl}/v/${venue.code}${suffix}`, ...until };
  }

  private async linkOf({ ticket, expiresAt }: Ticket) {
    const pairingUrl = `${this.baseUrl}/gate#t=${ticket}`;
    return { pairingUrl, pairingQr: await toQr(pairingUrl, { type: 'svg' }), expiresAt };
  }
}
