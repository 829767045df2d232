import { setTimeout as pause } from 'node:timers/promises';
import { newId } from '../../config/ids.js';
import type { Scan, VenueKind } from '../../src/domain/stay/scan.js';
import type { ScanBody, ScanReply } from '../../src/events.js';
import { pairGate, registerPerson, type PairedGate } from '../clients.js';
import type { GateSocket } from '../sockets.js';
import type { System } from '../system.js';
import { until } from '../until.js';

/** A scan that was acknowledged, as the gate remembers it. */
export interface Acknowledged {
  gate: string;
  venue: string;
  person: string;
  scan: ScanBody & { scannedAt: number };
  decision: Scan['decision'];
}

/** How long a gate waits for an answer before it asks again. */
const answerWithinMs = 3_000;

/** People who come and go through real gates, each scan repeated until it is acknowledged. */
export class Crowd {
  readonly ledger: Acknowledged[] = [];
  readonly errors = new Map<string, number>();
  private going = true;
  /** What scans that had to be repeated and are not acknowledged yet heard last. */
  private readonly open = new Map<string, string>();
  private sent = 0;

  private constructor(
    private readonly gates: PairedGate[],
    private readonly people: { id: string; code: string }[],
  ) {}

  static async gather(system: System, size: { gates: number; people: number }): Promise<Crowd> {
    const gates = await Promise.all(
      Array.from({ length: size.gates }, (_, at) => pairGate(system, `Door ${at}`, at % 2 ? 'shop' : 'office')),
    );
    const people = [];
    for (let at = 0; at < size.people; at += 20) {
      const some = Array.from({ length: Math.min(20, size.people - at) }, () => registerPerson(system));
      people.push(...(await Promise.all(some)));
    }
    return new Crowd(gates, people);
  }

  get venues(): { id: string; kind: VenueKind }[] {
    return this.gates.map(({ venue, kind }) => ({ id: venue, kind }));
  }

  /** Scans at a steady rate until told to stop. */
  async scanAt(perSecond: number): Promise<void> {
    const start = performance.now();
    while (this.going) {
      const due = Math.floor(((performance.now() - start) / 1_000) * perSecond);
      for (; this.sent < due; this.sent++) void this.scanOne(this.sent);
      await pause(5);
    }
  }

  /** No further scan is made; resolves once every one that was is acknowledged. */
  async end(): Promise<void> {
    this.going = false;
    const told = () => `${this.open.size} are not, and heard last: ${[...new Set(this.open.values())].join('; ')}`;
    await until('every scan is acknowledged', () => this.open.size === 0 || Promise.reject(new Error(told())), 120_000);
  }

  leave(): void {
    this.going = false;
    for (const { socket } of this.gates) socket.disconnect();
  }

  /** Scans acknowledged in the next while, per second. */
  async rateOver(ms: number): Promise<number> {
    const [before, start] = [this.ledger.length, performance.now()];
    await until('time passes', () => performance.now() - start >= ms, ms + 10_000);
    return ((this.ledger.length - before) / (performance.now() - start)) * 1_000;
  }

  private async scanOne(n: number): Promise<void> {
    const gate = this.gates[n % this.gates.length]!;
    const { id: person, code } = this.people[(n * 7) % this.people.length]!;
    const direction = (['in', 'out', 'auto'] as const)[n % 3]!;
    const scan = { scanId: newId(), code, direction, scannedAt: Date.now() };
    const reply = await this.untilAnswered(gate.socket, scan);
    this.open.delete(scan.scanId);
    if (reply.ok) this.ledger.push({ gate: gate.id, venue: gate.venue, person, scan, decision: reply.data.decision });
    else this.errors.set(reply.error, (this.errors.get(reply.error) ?? 0) + 1);
  }

  private async untilAnswered(socket: GateSocket, scan: ScanBody): Promise<ScanReply> {
    for (;;) {
      const asked = socket.timeout(answerWithinMs).emitWithAck('scan', scan) as Promise<ScanReply>;
      const reply = await asked.catch((error: Error) => error);
      if (!(reply instanceof Error) && (reply.ok || reply.error !== 'busy')) return reply;
      const heard = reply instanceof Error ? reply.message : 'busy';
      this.open.set(scan.scanId, `${heard}, socket ${socket.connected ? 'open' : 'closed'}`);
      await pause(20);
    }
  }
}
