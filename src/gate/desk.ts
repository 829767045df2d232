import { Inject, Injectable } from '@nestjs/common';
import type { Socket } from 'socket.io';
import { Cards } from '../../config/cards.js';
import { CLOCK, type Clock } from '../../config/clock.js';
import { LOG, type Logger } from '../../config/log.js';
import {
  hello,
  maxUpload,
  scans as upload,
  undo,
  type Headcount,
  type Hello,
  type Reply,
  type ScanReply,
} from '../events.js';
import { Commit } from './commit.js';
import { Doors, type Door } from './doors.js';
import { Headcounts } from './headcounts.js';
import { Revoked } from './revoked.js';
import { Scans } from './scans.js';
import { Undo } from './undo.js';

/** Scans of one gate that may wait for their answers at once: a few uploads (assumption). */
const maxOpen = 10 * maxUpload;

type Failure = { ok: false; error: 'bad-request' | 'busy' | 'too-late'; message: string };
type Answering = (door: Door, body: unknown, open: { scans: number }) => Promise<Reply<unknown, string>>;

/** Answers what gates ask: each request once, whatever it holds. */
@Injectable()
export class Desk {
  private closing = false;
  private readonly requests: Record<string, Answering> = {
    hello: (door, body) => this.hello(door, body),
    scan: (door, body, open) => this.scan(door, body, open),
    scans: (door, body, open) => this.scans(door, body, open),
    undo: (door, body) => this.undo(door, body),
  };

  constructor(
    private readonly takes: Scans,
    private readonly undos: Undo,
    private readonly commit: Commit,
    private readonly doors: Doors,
    private readonly headcounts: Headcounts,
    private readonly revoked: Revoked,
    private readonly cards: Cards,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  serve(socket: Socket, gate: string): void {
    const open = { scans: 0 };
    socket.onAny((event: string, ...args: unknown[]) => {
      const ack = args.at(-1);
      const answer = typeof ack === 'function' ? (ack as (reply: unknown) => void) : () => undefined;
      const door = this.doors.of(gate);
      const request = this.requests[event];
      if (!request || !Object.hasOwn(this.requests, event)) answer(badRequest(`There is no request of that name.`));
      else if (!door || this.closing) answer(busy);
      else void request(door, args[0], open).then(answer, (error: Error) => answer(this.failed(event, error)));
    });
  }

  /** No further request is taken; resolves once those that were are answered. */
  async close(): Promise<void> {
    this.closing = true;
    await this.commit.settled();
  }

  headcount({ venue, capacity }: Pick<Door, 'venue' | 'capacity'>): Headcount {
    const now = { venue, zones: this.headcounts.zonesOf(venue), inside: this.headcounts.inside(venue) };
    return capacity === null ? now : { ...now, capacity };
  }

  private async scan(door: Door, body: unknown, open: { scans: number }): Promise<ScanReply> {
    if (open.scans >= maxOpen) return busy as ScanReply;
    open.scans++;
    return this.takes.take(door, body).finally(() => open.scans--);
  }

  private async scans(door: Door, body: unknown, open: { scans: number }): Promise<Reply<ScanReply[], string>> {
    const list = upload.safeParse(body);
    if (!list.success) return badRequest(`A list of at most ${maxUpload} scans is expected.`);
    return { ok: true, data: await Promise.all(list.data.map((scan) => this.scan(door, scan, open))) };
  }

  private async undo(door: Door, body: unknown): Promise<Reply<{ undone: boolean }, string>> {
    const asked = undo.safeParse(body);
    if (!asked.success) return badRequest('A scanId is expected.');
    if (await this.undos.take(door.gate, asked.data.scanId)) return { ok: true, data: { undone: true } };
    return { ok: false, error: 'too-late', message: 'No scan of that id arrived within the last 2 minutes.' };
  }

  private hello(door: Door, body: unknown): Promise<Reply<Hello, string>> {
    if (!hello.safeParse(body).success) return Promise.resolve(badRequest('hello takes an empty object.'));
    const { venue: id, name, kind, capacity, zones } = door;
    const data: Hello = {
      serverTime: new Date(this.now()).toISOString(),
      venue: { id, name, kind, ...(capacity !== null && { capacity }) },
      zones,
      inside: this.headcounts.inside(id),
      keys: this.cards.publicKeys(),
      revoked: this.revoked.list(),
      policy: null,
    };
    return Promise.resolve({ ok: true, data });
  }

  private failed(event: string, error: Error): Failure {
    this.log.warn({
      fact: 'gate-request-failed',
      event: Object.hasOwn(this.requests, event) ? event : '?',
      reason: error.message,
    });
    return busy;
  }
}

const busy: Failure = { ok: false, error: 'busy', message: 'Not now: try again in a moment.' };
const badRequest = (message: string): Failure => ({ ok: false, error: 'bad-request', message });
