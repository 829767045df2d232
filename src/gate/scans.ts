import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/clock.js';
import type { Env } from '../../config/env.js';
import { ENV } from '../core.module.js';
import { scanKey, type Scan } from '../domain/stay/scan.js';
import {
  scan as scanShape,
  type Answer,
  type Fault,
  type ScanBody,
  type ScanError,
  type ScanReply,
} from '../events.js';
import { faultsOf } from '../http/zod.js';
import { Commit } from './commit.js';
import { Codes } from './codes.js';
import type { Door } from './doors.js';
import { Identify } from './identify.js';
import { Recent, type RecentScan } from './recent.js';
import { Unread } from './unread.js';

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
    private readonly identify: Identify,
    private readonly unread: Unread,
  ) {
    this.retentionMs = env.RETENTION_DAYS * dayMs;
  }

  /** Answers one scan, once; one that is told again within minutes hears the same again. */
  take(door: Door, body: unknown, answer: (reply: ScanReply) => void): void {
    const { success, data, error } = scanShape.safeParse(body);
    if (!success) return answer(badRequest(faultsOf(error, body)));
    const key = scanKey({ gate: door.gate, scanId: data.scanId });
    const known = this.recent.get(key);
    if (known?.reply) answer(known.reply);
    else if (known) known.asking.push(answer);
    else this.takeNew(door, data, { key, answer });
  }

  private takeNew(door: Door, body: ScanBody, { key, answer }: Asked): void {
    const receivedAt = this.now();
    const late = this.outOfTime(body.scannedAt, receivedAt);
    if (late) return answer(late);
    const read = this.codes.read(body);
    if ('error' in read) return this.refuse(door, { body, read, answer });
    const person = 'person' in read ? read.person : '';
    const taken: RecentScan = { reply: undefined, asking: [answer], person, scannedAt: body.scannedAt, receivedAt };
    this.recent.set(key, taken);
    const fact = factOf(door, body, receivedAt);
    if ('person' in read) return this.keep(taken, { key, fact });
    this.identify.find(read.identity).then(
      (found) => this.keep(Object.assign(taken, { person: found }), { key, fact }),
      () => this.told(taken, { key, data: undefined }),
    );
  }

  private keep(taken: RecentScan, { key, fact }: { key: string; fact: Omit<Scan, 'decision' | 'trust'> }): void {
    this.commit.add(taken.person, fact, (data) => this.told(taken, { key, data }));
  }

  private told(taken: RecentScan, { key, data }: { key: string; data: Answer | undefined }): void {
    if (data) taken.reply = { ok: true, data };
    else this.recent.forget(key);
    for (const tell of taken.asking.splice(0)) tell(taken.reply ?? busy);
  }

  /** What cannot be read is kept in the gate's log, without the code itself. */
  private refuse(door: Door, { body, read, answer }: Refused): void {
    if (read.error === 'unknown-code') this.unread.keep(door, body.code);
    answer(refusal(read.error, read.message));
  }

  private outOfTime(scannedAt: number, now: number): ScanReply | undefined {
    if (scannedAt > now + aheadMs)
      return refusal('in-future', 'The scan lies in the future: set the clock of the gate.');
    if (scannedAt < now - this.retentionMs) return refusal('too-old', 'Scans this old are not kept any more.');
    return undefined;
  }
}

interface Refused {
  body: ScanBody;
  read: { error: ScanError; message: string };
  answer: (reply: ScanReply) => void;
}

interface Asked {
  key: string;
  answer: (reply: ScanReply) => void;
}

/** The fact that a scan leaves, but for what the server decides. */
function factOf(door: Door, body: ScanBody, receivedAt: number): Omit<Scan, 'decision' | 'trust'> {
  const { gate, venue, kind, unit } = door;
  const { scanId, direction, zone = '', scannedAt: at, decided, force } = body;
  const fact = { gate, scanId, venue, kind, unit, zone, direction, at, receivedAt };
  return decided || force ? { ...fact, ...(decided && { decided }), ...(force && { force }) } : fact;
}

function badRequest(details: Fault[]): ScanReply {
  const message = `The scan does not fit: ${details[0]?.path || 'it'}: ${details[0]?.expected}.`;
  return { ok: false, error: 'bad-request', message, details };
}

const refusal = (error: ScanError, message: string): ScanReply => ({ ok: false, error, message });
const busy = refusal('busy', 'The scan could not be kept: it will be tried again.');
