import { Inject, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { WebSocketGateway, type OnGatewayConnection, type OnGatewayInit } from '@nestjs/websockets';
import type { Redis } from 'ioredis';
import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import type { Env } from '../../config/env.js';
import { LOG, type Logger } from '../../config/log.js';
import { REDIS } from '../../config/redis.js';
import { Vault } from '../../config/vault.js';
import { Graph } from '../../graph/graph.js';
import { Accounts } from '../auth/accounts.service.js';
import type { Caller } from '../auth/caller.js';
import { guardNamespace } from '../auth/handshake.js';
import { Tokens } from '../auth/tokens.js';
import { ENV } from '../core.module.js';
import {
  resume,
  type CitizenStatus,
  type CitizenToServer,
  type Reply,
  type Resumed,
  type ServerToCitizen,
} from '../events.js';
import { PushFeed } from '../push.js';
import { refuseUnknown } from '../unknown-request.js';
import { ownPerson } from '../status/own-person.js';
import { Statuses } from '../status/statuses.service.js';
import { showToCitizen, unpackStatuses, type PersonStatus, type ToldStatus } from '../told-statuses.js';
import { shardOf, wakeKey, type Push, type StatusesNews } from '../streams.js';
import { isOvertaken, noticeOf, noteTold, type Told } from './told.js';

/** People whose colours are read at once (DESIGN section 5: batches of at most 250 items). */
const peopleAtOnce = 250;

/** How soon colours are read again that could not be read (assumption). */
const tellAgainMs = 1_000;

/** A push that overtakes a read follows its commit, so that the next read finds it; a copy may lag (assumption). */
const readsAtMost = 3;

interface CitizenData {
  caller: Caller & { issuedAtMs?: number };
  person?: string;
  told?: Told;
}
type Citizen = Socket<CitizenToServer, ServerToCitizen, DefaultEventsMap, CitizenData>;
type Citizens = Namespace<CitizenToServer, ServerToCitizen, DefaultEventsMap, CitizenData>;

/** The namespace `/citizen`: each screen hears its own colour the moment it changes (API.md). */
@WebSocketGateway({ namespace: '/citizen' })
export class CitizenGateway
  implements OnGatewayInit<Citizens>, OnGatewayConnection<Citizen>, OnApplicationBootstrap, BeforeApplicationShutdown
{
  private citizens!: Citizens;
  private stopHearing = () => {};

  constructor(
    private readonly tokens: Tokens,
    private readonly accounts: Accounts,
    private readonly graph: Graph,
    private readonly statuses: Statuses,
    private readonly feed: PushFeed,
    private readonly vault: Vault,
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(ENV) private readonly env: Pick<Env, 'SHARDS'>,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  afterInit(citizens: Citizens): void {
    this.citizens = citizens;
    guardNamespace(citizens as unknown as Namespace, { tokens: this.tokens, log: this.log }, (caller) =>
      this.accounts.isAlive(caller),
    );
  }

  /** Somebody may listen before they have a person; `resume` finds it once there is one. */
  async handleConnection(citizen: Citizen): Promise<void> {
    refuseUnknown(citizen, 'resume');
    citizen.on('resume', (body, ack) => {
      if (typeof ack !== 'function') return;
      this.resume(citizen, body).then(ack, (error: Error) => {
        this.log.warn({ fact: 'resume-failed', reason: error.message });
        ack({ ok: false, error: 'busy', message: 'Not now: try again in a moment.' });
      });
    });
    await this.join(citizen).catch((error: Error) => {
      this.log.warn({ fact: 'citizen-not-joined', reason: error.message });
      citizen.disconnect(true);
    });
  }

  onApplicationBootstrap(): void {
    this.stopHearing = this.feed.subscribe(
      (items) => this.hear(items),
      () => this.readAgain(),
    );
  }

  beforeApplicationShutdown(): void {
    this.stopHearing();
  }

  /** The colour as it stands; whatever changes afterwards is pushed. */
  private async resume(citizen: Citizen, body: unknown): Promise<Reply<Resumed, 'bad-request' | 'no-person'>> {
    const asked = resume.safeParse(body);
    if (!asked.success) return { ok: false, error: 'bad-request', message: 'The last version shown is expected.' };
    const person = await this.join(citizen);
    const status = person === undefined ? undefined : await this.current(citizen, person);
    if (!status) return { ok: false, error: 'no-person', message: 'This account has no person yet.' };
    citizen.data.told = noteTold(citizen.data.told, status) ?? citizen.data.told;
    const { version } = status;
    return { ok: true, data: { version, changed: version !== asked.data.version, status } };
  }

  /** Never older than what a push told while it was read: the screen would go back to a colour that is over. */
  private async current({ data }: Citizen, person: string): Promise<CitizenStatus | undefined> {
    for (let reads = 0; reads < readsAtMost; reads++) {
      const [now] = await this.statuses.current([person]);
      if (!now) return undefined;
      await this.wakeFor(now);
      const status = showToCitizen(now);
      if (!isOvertaken(data.told, status)) return status;
    }
    throw new Error('pushes have overtaken every read of a colour');
  }

  /** Somebody who has just got a device is woken from now on; whom the status step knows already, it wakes itself. */
  private async wakeFor({ person, status: { nextChangeAt } }: PersonStatus): Promise<void> {
    if (nextChangeAt === null) return;
    await this.redis.zadd(wakeKey(shardOf(person, this.env.SHARDS)), 'NX', nextChangeAt, person);
  }

  /** From here on the socket hears of its person. */
  private async join(citizen: Citizen): Promise<string | undefined> {
    const person = citizen.data.person ?? (await ownPerson(this.graph, citizen.data.caller));
    if (person === undefined) return undefined;
    citizen.data.person = person;
    await citizen.join(roomOf(person));
    return person;
  }

  private hear(items: Push[]): void {
    for (const item of items) {
      if (item.push === 'statuses') this.hearStatuses(item);
      else if (item.push === 'signed-out') this.signOut(item.person, item.beforeMs);
    }
  }

  /** A phone was lost: screens that were logged in before hear nothing more, and cannot come back. */
  private signOut(person: string, beforeMs: number): void {
    for (const citizen of this.screensOf(person)) {
      const { caller } = citizen.data;
      this.accounts.forget(caller.id);
      if ((caller.issuedAtMs ?? 0) < beforeMs) citizen.disconnect(true);
    }
  }

  private screensOf(person: string): Citizen[] {
    const ids = [...(this.citizens.adapter.rooms.get(roomOf(person)) ?? [])];
    return ids.flatMap((id) => this.citizens.sockets.get(id) ?? []);
  }

  /** What cannot be opened was sealed by a worker with other secrets: it is read from the graph instead. */
  private hearStatuses(news: StatusesNews): void {
    const { rooms } = this.citizens.adapter;
    const here = news.people.filter((person) => rooms.has(roomOf(person)));
    if (here.length === 0) return;
    try {
      this.show(unpackStatuses(this.vault, news, new Set(here)));
    } catch (error) {
      this.log.warn({ fact: 'statuses-unreadable', people: here.length, reason: (error as Error).message });
      this.tellAll(here);
    }
  }

  /** News may have been missed: everybody who is connected is looked at. */
  private readAgain(): void {
    const people = [...this.citizens.sockets.values()].flatMap(({ data }) => data.person ?? []);
    this.tellAll(people);
  }

  private tellAll(people: string[]): void {
    const once = [...new Set(people)];
    for (let at = 0; at < once.length; at += peopleAtOnce) {
      const batch = once.slice(at, at + peopleAtOnce);
      this.tell(batch).catch((error: Error) => {
        this.log.warn({ fact: 'colours-not-told', reason: error.message });
        setTimeout(() => this.tellAll(batch), tellAgainMs).unref();
      });
    }
  }

  private async tell(people: string[]): Promise<void> {
    const now = await this.statuses.current(people);
    this.show(now.map((one) => ({ person: one.person, status: showToCitizen(one) })));
  }

  private show(statuses: ToldStatus[]): void {
    for (const { person, status } of statuses) for (const citizen of this.screensOf(person)) tellOne(citizen, status);
  }
}

/** The last colour wins: what a screen was told already, or what is older than that, is not told. */
function tellOne(citizen: Citizen, status: CitizenStatus): void {
  const before = citizen.data.told;
  const told = noteTold(before, status);
  if (!told) return;
  citizen.data.told = told;
  if (before?.news === told.news) return;
  citizen.emit('status', status);
  const notice = before && noticeOf(before, status);
  if (notice) citizen.emit('notice', notice);
}

const roomOf = (person: string): string => `person:${person}`;
