import { io, type Socket } from 'socket.io-client';
import type { GateToServer, Headcount, Refusal, ServerToGate } from '../../src/events.js';

/** How soon a refused connection is tried again (assumption). */
const againAfterMs = 2_000;

/** What a gate hears from its connection. */
export interface Hearing {
  connected: () => void;
  lost: () => void;
  /** The gate was removed, or its token has ended: trying again is useless. */
  removed: () => void;
  headcount: (now: Headcount) => void;
  revoked: (cards: string[]) => void;
}

type Requests = { [E in keyof GateToServer]: Parameters<Parameters<GateToServer[E]>[1]>[0] };

/** The connection of a gate: kept up for ever, and asked with a limit of time. */
export class GateSocket {
  private readonly socket: Socket<ServerToGate, GateToServer>;
  private again: ReturnType<typeof setTimeout> | undefined;
  private readonly wake = () => this.socket.connect();

  constructor(token: string, hearing: Hearing) {
    this.socket = io('/gate', {
      transports: ['websocket'],
      auth: { token },
      reconnectionDelay: 500,
      reconnectionDelayMax: 5_000,
      timeout: 5_000,
    });
    this.socket.on('connect', hearing.connected);
    this.socket.on('headcount', hearing.headcount);
    this.socket.on('revoked', ({ cards }) => hearing.revoked(cards));
    this.socket.on('disconnect', (reason) => {
      hearing.lost();
      if (reason === 'io server disconnect') this.later();
    });
    this.socket.on('connect_error', (error: Error & { data?: { code?: Refusal } }) => {
      const code = error.data?.code;
      if (code === 'unauthorized' || code === 'forbidden') return hearing.removed();
      hearing.lost();
      if (!this.socket.active) this.later();
    });
    addEventListener('online', this.wake);
  }

  get isOpen(): boolean {
    return this.socket.connected;
  }

  /** Asks, and throws when nobody answers in time. */
  async ask<E extends keyof GateToServer>(event: E, body: unknown, withinMs: number): Promise<Requests[E]> {
    const timed = this.socket.timeout(withinMs) as unknown as {
      emitWithAck: (event: string, body: unknown) => Promise<Requests[E]>;
    };
    return timed.emitWithAck(event, body);
  }

  close(): void {
    clearTimeout(this.again);
    removeEventListener('online', this.wake);
    this.socket.disconnect();
  }

  private later(): void {
    clearTimeout(this.again);
    this.again = setTimeout(this.wake, againAfterMs);
  }
}
