import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import webPush from 'web-push';
import type { Env } from '../config/env.js';
import { LOG, type Logger } from '../config/log.js';
import { isPushService } from '../config/push-services.js';
import { connectRedisBlocking } from '../config/redis.js';
import { SECRETS, type Secrets } from '../config/secrets.js';
import { vapidKeys, type VapidKeys } from '../config/vapid.js';
import { Vault } from '../config/vault.js';
import { Graph } from '../graph/graph.js';
import { ENV } from '../src/core.module.js';
import { workerOptions, type Jobs } from '../src/jobs.js';
import { pushedMessage, subscription, type Subscription } from '../src/web-push.js';
import { WebPushQueue } from './web-push.queue.js';

/** Messages under way at once, and how long a push service may take (assumptions). */
const concurrency = 16;
const patienceMs = 10_000;

/** How long a push service keeps a message for a phone that is off: the colour is read anew then anyway (assumption). */
const keepSeconds = 86_400;

/** The last step: devices whose page is closed are told that there is news, and nothing else. Safe to run twice. */
@Injectable()
export class WebPushWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly keys: VapidKeys;
  private worker: Worker<Jobs['web-push']> | undefined;
  private redis: Redis | undefined;

  constructor(
    private readonly graph: Graph,
    private readonly vault: Vault,
    private readonly queue: WebPushQueue,
    @Inject(SECRETS) secrets: Secrets,
    @Inject(ENV) private readonly env: Pick<Env, 'REDIS_URL' | 'PUSH_CONTACT' | 'PUSH_SERVICES'>,
    @Inject(LOG) private readonly log: Logger,
  ) {
    this.keys = vapidKeys(secrets);
  }

  onApplicationBootstrap(): void {
    this.redis = connectRedisBlocking(this.env.REDIS_URL);
    const options = workerOptions(this.redis, concurrency);
    this.worker = new Worker<Jobs['web-push']>('web-push', ({ data }) => this.run(data), options);
    this.worker.on('failed', (_, error) => this.log.warn({ fact: 'web-push-failed', reason: error.message }));
    this.worker.on('error', (error) => this.log.debug({ fact: 'web-push-queue-away', reason: error.message }));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.worker?.close();
    this.redis?.disconnect();
  }

  private async run(job: Jobs['web-push']): Promise<void> {
    if ('device' in job) return this.tell(job.device);
    const devices = await this.graph.read('devices/of_people', { people: job.people });
    await this.queue.tellDevices(devices.map(({ id }) => id));
  }

  /** A device that its push service no longer knows is forgotten; any other refusal is tried again. */
  private async tell(device: string): Promise<void> {
    const [kept] = await this.graph.read('devices/by_id', { id: device });
    if (!kept) return;
    const to = subscription.parse(this.vault.openFor(kept.key, kept.sealed));
    if (!isPushService(to.endpoint, this.env.PUSH_SERVICES)) return;
    const status = await this.send(to);
    if (status === 404 || status === 410) await this.graph.write('devices/forget', { id: device, person: null });
    else if (status >= 300) throw new Error(`the push service answered ${status}`);
  }

  private async send(to: Subscription): Promise<number> {
    const { publicKey, privateKey } = this.keys;
    const { endpoint, headers, body } = webPush.generateRequestDetails(to, pushedMessage, {
      vapidDetails: { subject: this.env.PUSH_CONTACT, publicKey, privateKey },
      TTL: keepSeconds,
      urgency: 'high',
      topic: 'colour',
    });
    const sent: Record<string, string> = {};
    for (const [name, value] of Object.entries(headers)) if (name !== 'Content-Length') sent[name] = String(value);
    const signal = AbortSignal.timeout(patienceMs);
    const request = { method: 'POST', headers: sent, body: new Uint8Array(body!), signal, redirect: 'error' as const };
    const answer = await fetch(endpoint, request);
    await answer.body?.cancel();
    return answer.status;
  }
}
