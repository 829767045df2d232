import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Door } from '../cli/replay/door.js';
import { Meter } from '../cli/replay/meter.js';
import type { Logger } from '../config/log.js';
import type { City, Inhabitant } from './city.js';
import type { Kept } from './kept.js';
import { around, pick } from './random.js';

const minuteMs = 60_000;

/** How long people stay, in minutes: shorter than in life, so that a visitor sees them move (assumption). */
const stayMinutes = { away: 22, home: 14 };

/** The share of outings that lead to work or school, and how long a way takes in minutes (assumptions). */
const dayShare = 0.4;
const wayMinutes = 2;

/** How often is looked who moves, and how many scans may wait for their answers (assumptions). */
const lookEveryMs = 250;
const maxWaiting = 200;

/** A new city has a past, so that the first case has contacts; its scans come late, a step of time at once (assumptions). */
const pastMs = 3 * 60 * minuteMs;
const pastStepMs = 10_000;

/** Somebody on their way: where they are, and when they move next. */
interface Walker {
  who: Inhabitant;
  code: string;
  inside: string | undefined;
  nextMs: number;
}

/** Lets the people of the city come and go, over one socket a gate, until it is told to stop. */
export class Life {
  private readonly walkers: Walker[];
  private readonly doors = new Map<string, Door[]>();
  private readonly meter = new Meter();
  private readonly run = randomBytes(6).toString('hex');
  private count = 0;
  private waiting = 0;
  private stopping = false;
  /** The instant that the city lives in: behind the clock while it lives through its past. */
  private nowMs: number;

  constructor(
    private readonly at: { url: string; city: City; kept: Kept; isNew: boolean },
    private readonly random: () => number,
    private readonly clock: () => number,
    private readonly log: Logger,
  ) {
    this.nowMs = at.isNew ? clock() - pastMs : clock();
    const roundMs = ((stayMinutes.away + stayMinutes.home) / 2 + wayMinutes) * minuteMs;
    this.walkers = at.city.inhabitants.map((who) => ({
      who,
      code: at.kept.cards[who.id]!,
      inside: undefined,
      nextMs: this.nowMs + random() * roundMs,
    }));
  }

  /** Opens the gates; scans wait for those that are still connecting. */
  open(): void {
    for (const gate of this.at.kept.gates) {
      const others = this.doors.get(gate.venue) ?? [];
      this.doors.set(gate.venue, [...others, new Door(this.at.url, gate, this.meter)]);
    }
  }

  async live(): Promise<void> {
    for (let toldMs = this.clock(); !this.stopping; await this.next()) {
      for (const walker of this.walkers) {
        if (walker.nextMs <= this.nowMs && this.waiting < maxWaiting) this.move(walker);
      }
      if (this.clock() - toldMs < minuteMs) continue;
      toldMs = this.clock();
      this.log.info({ fact: 'city-minute', scans: this.count, waiting: this.waiting });
    }
  }

  /** Goes on in time: with the clock, or through the past as fast as scans are answered. */
  private async next(): Promise<void> {
    const isPast = this.nowMs + pastStepMs < this.clock();
    if (!isPast || this.waiting > 0) await pause(isPast ? 1 : lookEveryMs);
    if (!isPast) this.nowMs = this.clock();
    else if (this.waiting === 0) this.nowMs += pastStepMs;
  }

  close(): void {
    this.stopping = true;
    for (const door of [...this.doors.values()].flat()) door.close();
  }

  /** One step of somebody's day: out of where they are, or into the next place. */
  private move(walker: Walker): void {
    const { inside, who } = walker;
    if (inside !== undefined) {
      walker.inside = undefined;
      walker.nextMs = this.after(wayMinutes);
      return void this.pass(walker, inside, 'out');
    }
    const venue = this.destination(who);
    walker.inside = venue;
    walker.nextMs = this.after(venue === who.home ? stayMinutes.home : stayMinutes.away);
    void this.pass(walker, venue, 'in');
  }

  /** Home every other time, else to work or school or somewhere near. */
  private destination({ home, day, haunts }: Inhabitant): string {
    if (this.random() < 0.5) return home;
    return this.random() < dayShare ? day : pick(haunts, this.random);
  }

  private async pass(walker: Walker, venue: string, direction: 'in' | 'out'): Promise<void> {
    const door = pick(this.doors.get(venue)!, this.random);
    const scan = { scanId: `${this.run}-${this.count++}`, code: walker.code, direction, scannedAt: this.nowMs };
    this.waiting++;
    try {
      const answer = await door.send(scan);
      if (!answer.ok) this.log.warn({ fact: 'scan-refused', error: answer.error });
      else if (answer.decision === 'deny' && direction === 'in') walker.inside = undefined;
    } catch (error) {
      if (!this.stopping) this.log.warn({ fact: 'scan-not-answered', reason: (error as Error).message });
    } finally {
      this.waiting--;
    }
  }

  private after(meanMinutes: number): number {
    return this.nowMs + around(meanMinutes, this.random) * minuteMs;
  }
}
