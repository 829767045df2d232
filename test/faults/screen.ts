import type { CitizenStatus } from '../../src/events.js';
import type { CitizenSocket } from '../sockets.js';

/** What a citizen's page shows: it asks what it missed whenever it is connected, and the later colour wins. */
export class Screen {
  shown: CitizenStatus | undefined;
  /** News that was pushed though it was what the phone, since it is on, had been told last. */
  readonly toldTwice: string[] = [];
  private told = '';

  constructor(
    readonly person: string,
    readonly socket: CitizenSocket,
  ) {
    socket.on('status', (now) => {
      if (newsOf(now) === this.told) this.toldTwice.push(`${person}: ${this.told}`);
      this.take(now);
    });
    socket.on('connect', () => this.resume());
    this.resume();
  }

  /** What it shows, for comparison. */
  get news(): string {
    return this.shown ? newsOf(this.shown) : '';
  }

  /** The phone hears nothing from now on; what it shows then. */
  switchOff(): string {
    this.socket.disconnect();
    return this.news;
  }

  switchOn(): void {
    this.told = '';
    this.socket.connect();
  }

  private resume(): void {
    this.socket
      .timeout(5_000)
      .emitWithAck('resume', { version: this.shown?.version ?? 0 })
      .then((reply) => (reply.ok ? this.take(reply.data.status) : this.later()))
      .catch(() => this.later());
  }

  private later(): void {
    if (this.socket.connected) setTimeout(() => this.resume(), 250).unref();
  }

  private take(status: CitizenStatus): void {
    this.told = newsOf(status);
    if (!this.shown || status.version > this.shown.version || status.at >= this.shown.at) this.shown = status;
  }
}

/** What makes a colour news to a person. */
const newsOf = ({ colour, rule, reasons }: CitizenStatus): string => JSON.stringify([colour, rule, reasons]);
