import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/clock.js';
import type { Env } from '../../config/env.js';
import { ENV } from '../core.module.js';
import { scanKey } from '../domain/stay/scan.js';
import { scan as scanShape, type ScanBody, type ScanError, type ScanReply } from '../events.js';
import { faultsOf } from '../http/zod.js';
import { Busy, Commit } from './commit.js';
import { Codes } from './codes.js';
import type { Door } from './doors.js';
import { Recent } from './recent.js';

/** How far a gate's clock may be ahead (API.md). */
const aheadMs = 5 * 60_000;

const dayMs = 86_400_000;

/** Takes scans of gates: every one is answered, and an answer other than an error means that it is durable. */
@Injectable()
export class Scans {
  private readonly retentionMs: number;

  constructor(
    @Inject(ENV) env: Pick<Env, 'RETENTION_DAYS'>,
    @Inject(CLOCK) private readonly now: Clock,
    private readonly codes: Codes,
    private readonly commit: Commit,
    private readonly recent: Recent,
  ) {
    this.retentionMs = env.RETENTION_DAYS * dayMs;
  }

  /** Answers one scan; one that is told again within minutes hears the same again. */
  take(door: Door, body: unknown): Promise<ScanReply> {
    const { success, data, error } = scanShape.safeParse(body);
    if (!success) {
      const details = faultsOf(error, body);
      const message = `The scan is not complete: ${details[0]?.path || 'it'} should be ${details[0]?.expected}.`;
      return Promise.resolve({ ok: false, error: 'bad-request', message, details });
    }
    const key = scanKey({ gate: door.gate, scanId: data.scanId });
    return this.recent.get(key)?.reply ?? this.takeNew(door, data, key);
  }

  private takeNew(door: Door, body: ScanBody, key: string): Promise<ScanReply> {
    const receivedAt = this.now();
    const late = this.outOfTime(body.scannedAt, receivedAt);
    if (late) return Promise.resolve(late);
    const read = this.codes.read(body);
    if ('error' in read) return Promise.resolve({ ok: false, ...read });
    const reply = this.keep(door, body, { person: read.person, receivedAt, key });
    this.recent.set(key, { reply, person: read.person, scannedAt: body.scannedAt, receivedAt });
    return reply;
  }

  private outOfTime(scannedAt: number, now: number): ScanReply | undefined {
    if (scannedAt > now + aheadMs)
      return refusal('in-future', 'The scan lies in the future: set the clock of the gate.');
    if (scannedAt < now - this.retentionMs) return refusal('too-old', 'Scans this old are not kept any more.');
    return undefined;
  }

  private async keep(door: Door, body: ScanBody, known: Known): Promise<ScanReply> {
    const { gate, venue, kind, unit } = door;
    const { scanId, direction, zone = '', scannedAt: at, decided, force } = body;
    const { person, receivedAt, key } = known;
    const scan = { gate, scanId, venue, kind, unit, zone, direction, at, receivedAt };
    try {
      const told = { ...(decided && { decided }), ...(force && { force }) };
      return { ok: true, data: await this.commit.add(person, { ...scan, ...told }) };
    } catch (error) {
      this.recent.forget(key);
      if (error instanceof Busy) return refusal('busy', 'The scan could not be kept: it will be tried again.');
      throw error;
    }
  }
}

interface Known {
  person: string;
  receivedAt: number;
  key: string;
}

const refusal = (error: ScanError, message: string): ScanReply => ({ ok: false, error, message });
