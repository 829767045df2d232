import { setTimeout } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { Refused } from '../errors.js';
import type { PairedGate } from '../system.js';
import type { Meter } from './meter.js';

/** A scan as it goes over the socket (API.md). */
export interface SentScan {
  scanId: string;
  code: string;
  direction: 'in' | 'out';
  zone?: string;
  scannedAt: number;
}

/** What the gate was told, as far as a replay wants to know. */
export type Answered = { ok: true; decision: string } | { ok: false; error: string };

type ScanAck = { ok: true; data: { decision: string } } | { ok: false; error: string; message: string };

/** Longest wait for one answer before the scan is sent again; its scanId makes that harmless (assumption). */
const answerMs = 10_000;

/** A line on which nothing succeeds for so long is given up (assumption: a restart of everything takes less). */
const patienceMs = 120_000;

/** Pause before a busy gate is asked again, doubled each time up to the longest (assumption). */
const pauseMs = { first: 20, longest: 1_000 };

/** One gate's socket, kept open or opened again until every scan is answered. */
export class Door {
  private readonly socket: Socket;

  constructor(
    url: string,
    readonly gate: PairedGate,
    private readonly meter: Meter,
  ) {
    this.socket = io(`${url}/gate`, {
      path: '/socket.io',
      transports: ['websocket'],
      auth: { token: gate.token },
      forceNew: true,
      reconnectionDelay: 100,
      reconnectionDelayMax: 1_000,
    });
    // A server that is about to restart hangs up itself, and the client library takes that for good.
    this.socket.on('disconnect', (reason) => reason === 'io server disconnect' && this.socket.connect());
  }

  /** Sends a scan until it is answered. Throws a {@link Refused} when the gate may not connect, or after a long silence. */
  async send(scan: SentScan): Promise<Answered> {
    const giveUpMs = performance.now() + patienceMs;
    for (let pause = pauseMs.first; ; pause = Math.min(pause * 2, pauseMs.longest)) {
      await this.connected(giveUpMs);
      const ack = await this.ask(scan);
      if (ack?.ok) return { ok: true, decision: ack.data.decision };
      if (ack && ack.error !== 'busy') return { ok: false, error: ack.error };
      if (performance.now() > giveUpMs)
        throw new Refused(`gate ${this.gate.gateId}: no answer for ${patienceMs / 1_000} s`);
      this.meter.retry();
      await setTimeout(pause);
    }
  }

  close(): void {
    this.socket.disconnect();
  }

  /** The answer to one attempt; undefined when the line was cut or stayed silent. */
  private async ask(scan: SentScan): Promise<ScanAck | undefined> {
    const sentMs = performance.now();
    try {
      const ack = (await this.socket.timeout(answerMs).emitWithAck('scan', scan)) as ScanAck;
      if (ack.ok) this.meter.acknowledge(ack.data.decision, performance.now() - sentMs);
      return ack;
    } catch {
      return undefined;
    }
  }

  private async connected(giveUpMs: number): Promise<void> {
    while (!this.socket.connected) {
      const refusal = await this.nextAttempt();
      if (refusal === 'unauthorized' || refusal === 'forbidden') {
        throw new Refused(`gate ${this.gate.gateId} of ${this.gate.venue} may not connect: ${refusal}`);
      }
      if (performance.now() > giveUpMs) throw new Refused(`gate ${this.gate.gateId}: no connection to the system`);
    }
  }

  /** Waits for the next try to connect; resolves to the reason if it failed. */
  private nextAttempt(): Promise<string | undefined> {
    return new Promise((resolve) => {
      const done = (refusal: string | undefined) => {
        this.socket.off('connect', onConnect).off('connect_error', onError);
        resolve(refusal);
      };
      void setTimeout(pauseMs.longest).then(() => done('no answer'));
      const onConnect = () => done(undefined);
      const onError = (error: Error & { data?: { code?: string } }) => done(error.data?.code ?? error.message);
      this.socket.once('connect', onConnect).once('connect_error', onError);
    });
  }
}
