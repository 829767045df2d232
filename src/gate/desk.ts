import { Inject, Injectable } from '@nestjs/common';
import type { Socket } from 'socket.io';
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
import { Greeting } from './greeting.js';
import { Headcounts } from './headcounts.js';
import { Scans } from './scans.js';
import { Undo } from './undo.js';

/** Scans of one gate that may wait for their answers at once: a few uploads (assumption). */
const maxOpen = 10 * maxUpload;

type Failure = { ok: false; error: 'bad-request' | 'busy' | 'too-late'; message: string };

/** One socket of a gate. */
interface Connection {
  gate: string;
  /** Scans that wait for their answers. */
  open: number;
}
type Tell = (reply: unknown) => void;
type Answering = (door: Door, body: unknown, answer: Tell, from: Connection) => void;

/** Answers what gates ask: each request once, whatever it holds. */
@Injectable()
export class Desk {
  private closing = false;
  private readonly requests: Record<string, Answering> = {
    scan: (door, body, answer, from) => this.scan(door, body, { answer, from }),
    scans: (door, body, answer, from) => this.scans(door, body, { answer, from }),
    undo: (door, body, answer) => this.later('undo', this.undo(door, body), answer),
    hello: (door, body, answer) => answer(this.hello(door, body)),
  };

  constructor(
    private readonly takes: Scans,
    private readonly undos: Undo,
    private readonly commit: Commit,
    private readonly doors: Doors,
    private readonly headcounts: Headcounts,
    private readonly greeting: Greeting,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  serve(socket: Socket, gate: string): void {
    const from: Connection = { gate, open: 0 };
    socket.onAny((event: string, ...args: unknown[]) => {
      const ack = args.at(-1);
      const answer = typeof ack === 'function' ? (ack as Tell) : () => undefined;
      const request = Object.hasOwn(this.requests, event) ? this.requests[event] : undefined;
      const door = this.doors.of(gate);
      if (!request) answer(badRequest('There is no request of that name.'));
      else if (!door || this.closing) answer(busy);
      else request(door, args[0], answer, from);
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

  private scan(door: Door, body: unknown, { answer, from }: { answer: (reply: ScanReply) => void; from: Connection }) {
    if (from.open >= maxOpen) return answer(busy as ScanReply);
    from.open++;
    this.takes.take(door, body, (reply) => {
      from.open--;
      answer(reply);
    });
  }

  private scans(door: Door, body: unknown, { answer, from }: { answer: Tell; from: Connection }): void {
    const list = upload.safeParse(body);
    if (!list.success) return answer(badRequest(`A list of at most ${maxUpload} scans is expected.`));
    const replies = list.data.map(
      (scan) => new Promise<ScanReply>((told) => this.scan(door, scan, { answer: told, from })),
    );
    this.later(
      'scans',
      Promise.all(replies).then((data) => ({ ok: true, data })),
      answer,
    );
  }

  private async undo(door: Door, body: unknown): Promise<Reply<{ undone: boolean }, string>> {
    const asked = undo.safeParse(body);
    if (!asked.success) return badRequest('A scanId is expected.');
    if (await this.undos.take(door.gate, asked.data.scanId)) return { ok: true, data: { undone: true } };
    return { ok: false, error: 'too-late', message: 'No scan of that id arrived within the last 2 minutes.' };
  }

  private hello(door: Door, body: unknown): Reply<Hello, string> {
    if (!hello.safeParse(body).success) return badRequest('hello takes an empty object.');
    return { ok: true, data: this.greeting.of(door) };
  }

  private later(event: string, reply: Promise<unknown>, answer: Tell): void {
    reply.then(answer, (error: Error) => {
      this.log.warn({ fact: 'gate-request-failed', event, reason: error.message });
      answer(busy);
    });
  }
}

const busy: Failure = { ok: false, error: 'busy', message: 'Not now: try again in a moment.' };
const badRequest = (message: string): Failure => ({ ok: false, error: 'bad-request', message });
