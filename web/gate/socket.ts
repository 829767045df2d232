import type { Socket } from 'socket.io-client';
import type { GateToServer, Headcount, ServerToGate } from '../../src/events.js';
import { openSocket, type Hearing as ConnectionHearing } from '../shared/live-socket.js';

/** What a gate hears from its connection. */
export interface Hearing extends ConnectionHearing {
  headcount: (now: Headcount) => void;
  revoked: (cards: string[]) => void;
}

type Requests = { [E in keyof GateToServer]: Parameters<Parameters<GateToServer[E]>[1]>[0] };

/** The connection of a gate: kept up for ever, and asked with a limit of time. */
export class GateSocket {
  private readonly socket: Socket<ServerToGate, GateToServer>;
  readonly close: () => void;

  constructor(token: string, hearing: Hearing) {
    const { socket, close } = openSocket<Socket<ServerToGate, GateToServer>>('/gate', token, hearing);
    socket.on('headcount', hearing.headcount);
    socket.on('revoked', ({ cards }) => hearing.revoked(cards));
    this.socket = socket;
    this.close = close;
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
}
