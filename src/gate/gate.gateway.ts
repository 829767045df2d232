import { Inject, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { WebSocketGateway, type OnGatewayConnection, type OnGatewayInit } from '@nestjs/websockets';
import type { Namespace, Socket } from 'socket.io';
import { LOG, type Logger } from '../../config/log.js';
import type { Caller } from '../auth/caller.js';
import { guardNamespace } from '../auth/handshake.js';
import { Tokens } from '../auth/tokens.js';
import { PushFeed } from '../push.js';
import type { Push } from '../streams.js';
import { Desk } from './desk.js';
import { Doors } from './doors.js';
import { Headcounts } from './headcounts.js';
import { Revoked } from './revoked.js';

/** A gate hears the head count of its venue at most 4 times a second (API.md). */
const headcountEveryMs = 250;

/** The namespace `/gate`: the sockets of the doors (API.md). */
@WebSocketGateway({ namespace: '/gate' })
export class GateGateway
  implements OnGatewayInit<Namespace>, OnGatewayConnection<Socket>, OnApplicationBootstrap, BeforeApplicationShutdown
{
  private namespace!: Namespace;
  private stopHearing = () => {};
  /** Venues whose head count changed and is told in a moment. */
  private readonly told = new Map<string, NodeJS.Timeout>();

  constructor(
    private readonly tokens: Tokens,
    private readonly doors: Doors,
    private readonly desk: Desk,
    private readonly headcounts: Headcounts,
    private readonly revoked: Revoked,
    private readonly feed: PushFeed,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  afterInit(namespace: Namespace): void {
    this.namespace = namespace;
    guardNamespace(
      namespace,
      { tokens: this.tokens, log: this.log },
      async ({ id }) => (await this.doors.find(id)) !== undefined,
    );
  }

  /** Handlers are registered once per socket, past Nest's decorators, which halve the throughput (DESIGN section 5). */
  async handleConnection(socket: Socket): Promise<void> {
    const { id } = (socket.data as { caller: Caller }).caller;
    const door = this.doors.of(id);
    if (!door) return void socket.disconnect(true);
    await socket.join([gateRoom(id), venueRoom(door.venue)]);
    this.desk.serve(socket, id);
  }

  async onApplicationBootstrap(): Promise<void> {
    this.stopHearing = this.feed.subscribe(
      (items) => this.hear(items),
      () => this.readAgain(),
    );
    await this.readAgain();
  }

  /** Scans that were taken are answered before the sockets close. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopHearing();
    for (const timer of this.told.values()) clearTimeout(timer);
    await this.desk.close();
  }

  private hear(items: Push[]): void {
    for (const item of items) {
      if (item.push === 'headcount') {
        this.headcounts.take(item);
        this.tellHeadcount(item.venue);
      } else if (item.push === 'headcounts-reset') this.attempt(() => this.headcounts.loadShard(item.shard));
      else if (item.push === 'revoked') {
        this.revoked.add(item.cards, item.atMs);
        this.namespace.emit('revoked', { cards: item.cards });
      } else if (item.push === 'gate-removed') this.dismiss(item.gate);
      else if (item.push === 'venue-changed') this.attempt(() => this.doors.refresh(item.venue));
    }
  }

  private dismiss(gate: string): void {
    this.namespace.in(gateRoom(gate)).disconnectSockets(true);
    this.attempt(() => this.doors.forget(gate));
  }

  private tellHeadcount(venue: string): void {
    if (this.told.has(venue) || !this.namespace.adapter.rooms.has(venueRoom(venue))) return;
    const tell = () => {
      this.told.delete(venue);
      this.namespace
        .to(venueRoom(venue))
        .emit('headcount', this.desk.headcount({ venue, capacity: this.doors.capacityOf(venue) }));
    };
    this.told.set(venue, setTimeout(tell, headcountEveryMs));
  }

  /** At start, and whenever news may have been missed. */
  private async readAgain(): Promise<void> {
    this.attempt(() => this.revoked.load());
    this.attempt(() => this.headcounts.load());
  }

  private attempt(work: () => Promise<void>): void {
    work().catch((error: Error) => this.log.warn({ fact: 'gate-news-not-read', reason: error.message }));
  }
}

const gateRoom = (gate: string): string => `gate:${gate}`;
const venueRoom = (venue: string): string => `venue:${venue}`;
