import { Controller, Delete, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/clock.js';
import type { Env } from '../../config/env.js';
import { isPushService } from '../../config/push-services.js';
import { Vault } from '../../config/vault.js';
import { Graph } from '../../graph/graph.js';
import { Roles, Who, type Caller } from '../auth/roles.js';
import { ENV } from '../core.module.js';
import { Documented } from '../http/openapi.js';
import { Problem } from '../http/problem.js';
import { ZodBody } from '../http/zod.js';
import { subscription, type Subscription } from '../web-push.js';
import { OwnRecord } from './own-record.js';

/** Devices of one person that are told: the oldest beyond that are forgotten (assumption). */
const most = 10;

/** Where a citizen's devices are told by Web Push: personal data, sealed under the person's own key. */
@Controller('me/devices')
@Roles('citizen')
export class DevicesController {
  constructor(
    private readonly own: OwnRecord,
    private readonly graph: Graph,
    private readonly vault: Vault,
    @Inject(ENV) private readonly env: Pick<Env, 'PUSH_SERVICES'>,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** The same device again is the same; one that changed hands is its last citizen's. */
  @Post()
  @Documented({ summary: 'Be told by Web Push on this device, also with the page closed', body: subscription })
  async keep(@Who() caller: Caller, @ZodBody(subscription) body: Subscription): Promise<{ id: string }> {
    if (!isPushService(body.endpoint, this.env.PUSH_SERVICES)) throw unknownService();
    const person = await this.own.find(caller);
    const [known] = await this.graph.read('people/by_id', { id: person });
    if (!known?.key) throw new Problem(404, 'no-person', 'There is no such person.');
    const id = this.vault.hash(`device\0${body.endpoint}`);
    const sealed = this.vault.sealFor(known.key, body);
    await this.graph.write('devices/keep', { person, id, sealed, atMs: this.now(), most });
    return { id };
  }

  @Delete(':id')
  @HttpCode(204)
  @Documented({ summary: 'Be told on a device no more' })
  async forget(@Who() caller: Caller, @Param('id') id: string): Promise<void> {
    const gone = await this.graph.write('devices/forget', { id, person: await this.own.find(caller) });
    if (gone.length === 0) throw new Problem(404, 'device-unknown', 'You have no such device.');
  }
}

const unknownService = (): Problem =>
  new Problem(422, 'push-service-unknown', 'This push service is not one that messages are sent to.', {
    errors: [{ path: 'endpoint', expected: 'an address of a known push service', got: 'another address' }],
  });
