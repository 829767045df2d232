import { Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { Graph } from '../../graph/graph.js';
import { Appeals, newAppeal, type NewAppeal, type ShownAppeal } from '../appeals/appeals.service.js';
import { Roles, Who, type Caller } from '../auth/roles.js';
import { Documented } from '../http/openapi.js';
import { ZodBody } from '../http/zod.js';
import { Erasing } from '../people/erasing.service.js';
import { unpackRead } from '../reads.js';
import { OwnRecord } from './own-record.js';

/** Reads that are told at once, newest first (assumption: more than anybody scrolls through). */
const readsTold = 200;

/** Who runs the installation may do all that staff may, and is told as none of them (src/main.ts). */
const operator = 'operator';

/** A read of one's data, as one is told of it: by what kind of office, and why; nobody's name, nobody's case. */
interface ToldRead {
  at: string;
  roles: string[];
  unit: string | null;
  purpose: string;
}

/** What a citizen may ask of those who know something of them (SPEC section 10). */
@Controller('me')
@Roles('citizen')
export class RightsController {
  constructor(
    private readonly own: OwnRecord,
    private readonly appeals: Appeals,
    private readonly erasing: Erasing,
    private readonly graph: Graph,
  ) {}

  @Get('reads')
  @Documented({ summary: 'Who read one’s data, when, and for which purpose' })
  async reads(@Who() caller: Caller): Promise<{ items: ToldRead[] }> {
    const person = await this.own.find(caller);
    const rows = await this.graph.read('reads/of_person', { person, limit: readsTold });
    const items = rows.map(({ who, atMs, purpose, body, unit }) => {
      const roles = who === operator ? [] : unpackRead(body).roles;
      return { at: new Date(atMs).toISOString(), roles, unit, purpose };
    });
    return { items };
  }

  @Post('appeals')
  @Documented({ summary: 'Say that something is wrong; the answer names a number and a deadline', body: newAppeal })
  async appeal(@Who() caller: Caller, @ZodBody(newAppeal) body: NewAppeal): Promise<ShownAppeal> {
    return this.appeals.make(await this.own.find(caller), body);
  }

  @Get('appeals')
  @Documented({ summary: 'One’s appeals and how they were answered, newest first' })
  async list(@Who() caller: Caller): Promise<{ items: ShownAppeal[] }> {
    return { items: await this.appeals.list(await this.own.find(caller)) };
  }

  /** The account goes with its person: whoever comes back begins anew. */
  @Delete()
  @HttpCode(204)
  @Documented({ summary: 'Erase oneself: nothing of what is known of one can be read again' })
  async erase(@Who() caller: Caller): Promise<void> {
    await this.erasing.erase(await this.own.find(caller), caller);
  }
}
