import { constants, generateKeyPairSync, sign, verify } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Cards } from '../config/cards.js';
import { newId } from '../config/ids.js';
import { loadSecrets } from '../config/secrets.js';
import { readTrustList } from '../config/trust-list.js';
import { DemoIssuer } from '../demo/issuer/issuer.js';
import { checkCertificate } from '../src/domain/codes/certificate/check.js';
import type { OwnCard } from '../src/domain/codes/own-card.js';
import { parseCode } from '../src/domain/codes/parse.js';
import type { Line } from './benches.js';

const batches = 40;
const perBatch = 100;
/** The longest that reading any text may take (SPEC section 2). */
const limitMs = 5;
const nowMs = Date.UTC(2022, 0, 20);
const dayMs = 86_400_000;

const dose = { tg: '840539006', vp: '1119349007', mp: 'EU/1/20/1528', ma: 'ORG-100030215', dn: 2, sd: 2, dt: '2021-11-01', co: 'VN', is: 'Ministry of Health', ci: 'URN:UVCI:01:VN:1' }; // prettier-ignore
const data = { ver: '1.3.0', nam: { fn: 'Nguyễn', fnt: 'NGUYEN' }, dob: '1990-01-02', v: [dose] };

/** Every kind of code, read and, where it can be, verified. */
export async function codes(): Promise<Line[]> {
  const papers = {
    'a personal QR': '001093029317|NGUYEN VAN A|1987-01-18|0|162979388586171100|<1<00<0123232422',
    'a chip ID card': '012345678912|123456789|Nguyễn Văn A|01011990|Nam|123 Đường Số 1, Phường 2|01012022',
    'an insurance card': 'DN4010000000000|4e677579e1bb856e2056c4836e20416e|01/01/1990|1|-|79-034|01/01/2020|-|$',
    'the code of a place': 'https://trail.example/v/abcd2345ef',
    'a text of no kind': 'the quick brown fox '.repeat(50),
  };
  const lines = Object.entries(papers).map(([what, text]) =>
    lineOf(
      `reading ${what}`,
      timesOf(() => parseCode(text)),
    ),
  );
  const cards = new Cards(loadSecrets(mkdtempSync(join(tmpdir(), 'vetxanh-bench-'))));
  const card = cards.issue({ person: newId(), card: newId(), kind: 'printed', issuedAt: nowMs, expiresAt: nowMs + dayMs }); // prettier-ignore
  lines.push(lineOf('reading an own card and checking its tag', timesOf(() => cards.personOf(parseCode(card) as OwnCard)))); // prettier-ignore
  for (const algorithm of ['ES256', 'PS256'] as const) lines.push(await certificateLine(algorithm));
  return lines;
}

/** A certificate through all its steps beside the bare check of one signature of the same kind. */
async function certificateLine(algorithm: 'ES256' | 'PS256'): Promise<Line> {
  const issuer = new DemoIssuer({ fromMs: nowMs - dayMs, algorithm });
  const text = issuer.issue(data, { issuedAt: nowMs - dayMs, expiresAt: nowMs + dayMs });
  const signersOf = readTrustList(JSON.stringify([issuer.trust]));
  const { errors } = await checkCertificate(text, { signersOf, atMs: nowMs });
  if (errors.length > 0) throw new Error(`the certificate is not good: ${errors.join(', ')}`);
  const bare = timesOf(bareCheck(algorithm));
  const whole: number[] = [];
  for (let at = 0; at < batches; at++) {
    const from = process.cpuUsage();
    for (let read = 0; read < perBatch; read++) await checkCertificate(text, { signersOf, atMs: nowMs });
    whole.push(workSince(from));
  }
  const line = lineOf(`reading and verifying a certificate, ${algorithm}`, whole.sort((a, b) => a - b)); // prettier-ignore
  const ratio = whole[batches >> 1]! / bare[batches >> 1]!;
  return { ...line, measured: `${line.measured}, ${ratio.toFixed(1)}x the bare check of a signature` };
}

function bareCheck(algorithm: 'ES256' | 'PS256'): () => boolean {
  const pair =
    algorithm === 'ES256'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const how = { dsaEncoding: 'ieee-p1363' as const, ...(algorithm === 'PS256' && { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }) }; // prettier-ignore
  const message = Buffer.alloc(400);
  const signature = sign('sha256', message, { key: pair.privateKey, ...how });
  return () => verify('sha256', message, { key: pair.publicKey, ...how }, signature);
}

/** Milliseconds a read in each batch, by the processor's work: what else the machine does is not the reader's. */
function timesOf(read: () => unknown): number[] {
  for (let at = 0; at < 10 * perBatch; at++) read();
  const times = Array.from({ length: batches }, () => {
    const from = process.cpuUsage();
    for (let at = 0; at < perBatch; at++) read();
    return workSince(from);
  });
  return times.sort((a, b) => a - b);
}

function workSince(from: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1_000 / perBatch;
}

function lineOf(question: string, times: number[]): Line {
  const [half, most] = [times[batches >> 1]!, times.at(-1)!];
  const measured = `${(half * 1_000).toFixed(1)} µs, slowest batch ${(most * 1_000).toFixed(1)} µs`;
  return { question, against: 'the clock', target: `< ${limitMs} ms`, measured, met: most < limitMs };
}
