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
import { Certificates } from '../evidence/certificates.service.js';
import { unpackCertificate } from '../domain/codes/certificate/read.js';
import { faultsOf } from '../http/zod.js';
import { Commit } from './commit.js';
import { Codes, unknown, type Unfit } from './codes.js';
import type { Door } from './doors.js';
import { Identify } from './identify.js';
import { Recent, type RecentScan } from './recent.js';
import { Refused } from './refused.js';

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
    private readonly refused: Refused,
    private readonly certificates: Certificates,
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
    const late = this.outOfTime(door, body.scannedAt, receivedAt);
    if (late) return answer(late);
    const read = this.codes.read(body);
    if ('error' in read) return this.refuse(door, { body, read, answer });
    const person = 'person' in read ? read.person : '';
    const taken: RecentScan = { reply: undefined, asking: [answer], person, scannedAt: body.scannedAt, receivedAt };
    this.recent.set(key, taken);
    const fact = factOf(door, body, { receivedAt, card: 'person' in read ? read.card : undefined });
    if ('person' in read) return this.keep(taken, { key, fact });
    const finding = 'identity' in read ? this.identify.find(read.identity) : this.certificates.holder(read.certificate);
    finding.then(
      (found) => {
        if (found !== undefined) return this.keep(Object.assign(taken, { person: found }), { key, fact });
        const why = 'certificate' in read && !unpackCertificate(read.certificate).claims ? damaged : nobodys;
        this.refused.code(door, body.code, why);
        this.told(taken, { key, data: undefined, otherwise: refusal(why.error, why.message) });
      },
      () => this.told(taken, { key, data: undefined }),
    );
  }

  private keep(taken: RecentScan, { key, fact }: { key: string; fact: Omit<Scan, 'decision' | 'trust'> }): void {
    this.commit.add(taken.person, fact, (data) => this.told(taken, { key, data }));
  }

  private told(
    taken: RecentScan,
    { key, data, otherwise = busy }: { key: string; data: Answer | undefined; otherwise?: ScanReply },
  ): void {
    if (data) taken.reply = { ok: true, data };
    else this.recent.forget(key);
    for (const tell of taken.asking.splice(0)) tell(taken.reply ?? otherwise);
  }

  /** What cannot be read is kept in the gate's log, without the code itself. */
  private refuse(door: Door, { body, read, answer }: Refusal): void {
    this.refused.code(door, body.code, read);
    answer(refusal(read.error, read.message));
  }

  private outOfTime(door: Door, scannedAt: number, now: number): ScanReply | undefined {
    if (scannedAt > now + aheadMs) {
      this.refused.clock(door);
      return refusal('in-future', 'The scan lies in the future: set the clock of the gate.');
    }
    if (scannedAt < now - this.retentionMs) return refusal('too-old', 'Scans this old are not kept any more.');
    return undefined;
  }
}

interface Refusal {
  body: ScanBody;
  read: Unfit;
  answer: (reply: ScanReply) => void;
}

interface Asked {
  key: string;
  answer: (reply: ScanReply) => void;
}

/** The fact that a scan leaves, but for what the server decides. */
function factOf(
  { gate, venue, kind, unit, lat, lon }: Door,
  body: ScanBody,
  { receivedAt, card }: Pick<Scan, 'receivedAt' | 'card'>,
): Omit<Scan, 'decision' | 'trust'> {
  const { scanId, direction, zone = '', scannedAt: at, decided, force } = body;
  const fact: Omit<Scan, 'decision' | 'trust'> = { gate, scanId, venue, kind, unit, zone, direction, at, receivedAt };
  if (typeof lat === 'number' && typeof lon === 'number' && kind !== 'vehicle') fact.point = { lat, lon };
  if (card) fact.card = card;
  return decided || force ? { ...fact, ...(decided && { decided }), ...(force && { force }) } : fact;
}

function badRequest(details: Fault[]): ScanReply {
  const message = `The scan does not fit: ${details[0]?.path || 'it'}: ${details[0]?.expected}.`;
  return { ok: false, error: 'bad-request', message, details };
}

/** A certificate tells no number: it leads to whoever said before that it is theirs (SPEC 2.5). */
const nobodys = unknown(
  'A certificate tells no identity number, and nobody said yet that this one is theirs: scan a card or a paper.',
);

const damaged = unknown('The certificate is damaged or was cut short: scan it again.');

const refusal = (error: ScanError, message: string): ScanReply => ({ ok: false, error, message });
const busy = refusal('busy', 'The scan could not be kept: it will be tried again.');
