import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { certificateText, DemoIssuer } from '../../../demo/issuer/issuer.js';
import { unpackCertificate } from '../../../src/domain/codes/certificate/read.js';
import { certificateSchema } from '../../../src/domain/codes/certificate/schema.js';
import { parseCode } from '../../../src/domain/codes/parse.js';

/** Inputs of each kind; `FUZZ=100000` is what a release is tried with (issue C1). */
const runs = Number(process.env['FUZZ'] ?? 1_000);
const limitMs = 5;

const issuer = new DemoIssuer({ fromMs: 0 });
const person = { ver: '1.3.0', nam: { fn: 'Nguyễn', fnt: 'NGUYEN' }, dob: '1990-01-02' };
const certificate = issuer.issue({ ...person, r: [{ tg: '840539006', fr: '2021-01-01' }] }, { issuedAt: 0, expiresAt: 1 }); // prettier-ignore
const card = `VX1.${'A'.repeat(63)}.${'A'.repeat(22)}.${'A'.repeat(86)}`;

/** A good text of each kind, from which the damaged and the hostile ones are made. */
const kinds: Record<string, string> = {
  'own card': card,
  'personal QR': '001093029317|NGUYEN VAN A|1987-01-18|0|162979388586171100|<1<00<0123232422',
  'chip card': '012345678912|123456789|Nguyễn Văn A|01011990|Nam|123 Đường Số 1, Phường 2|01012022',
  'insurance card': 'DN4010000000000|4e677579e1bb856e2056c4836e20416e|01/01/1990|1|…|15/12/2020|…|$',
  certificate,
  'venue code': 'https://trail.example/v/abcd2345ef/1abc-AAAAAAAAAA_',
  'anything at all': '',
};

const longest = { before: 0, kind: '', text: '' };
let tried = 0;

/** Nothing may take longer. A pause of the machine is not the parser's: what seems slow is timed again, by its work. */
function answers(kind: string, text: string, read: () => unknown): void {
  let spent = timeOf(read);
  for (let again = 0; spent >= limitMs / 2 && again < 10; again++) spent = Math.min(spent, workOf(read));
  tried++;
  if (spent > longest.before) Object.assign(longest, { before: spent, kind, text: text.slice(0, 40) });
  expect(spent).toBeLessThan(limitMs);
}

function timeOf(read: () => unknown): number {
  const from = performance.now();
  read();
  return performance.now() - from;
}

/** Milliseconds of a processor, however long it was away with other things. */
function workOf(read: () => unknown): number {
  const from = process.cpuUsage();
  read();
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1_000;
}

/** Some of a good text, cut, repeated, and with anything in between. */
const damaged = (good: string) => {
  const piece = fc
    .tuple(fc.nat(good.length), fc.nat(good.length))
    .map(([a, b]) => good.slice(Math.min(a, b), Math.max(a, b)));
  const foreign = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom('|', '$', '<', '*', '.', '\ufeff', '\u0000', '\ud800', 'HC1:', 'VX1.', '\r\n', 'ă', '́'),
  );
  const whole = fc.tuple(piece, foreign, fc.nat(good.length)).map(([more, odd, at]) => good.slice(0, at) + odd + good.slice(at) + more); // prettier-ignore
  const mixed = fc.array(fc.oneof(piece, foreign), { maxLength: 12 }).map((parts) => parts.join(''));
  const long = fc.tuple(piece, fc.integer({ min: 1, max: 400 })).map(([part, times]) => part.repeat(times).slice(0, 9_000)); // prettier-ignore
  // One field of it is another word, such as one that every object of JavaScript knows.
  const fields = good.split(/([|<./])/);
  const words = fc.constantFrom('__proto__', 'constructor', 'toString', '', '0', '-1', 'NaN', '9'.repeat(40));
  const swapped = fc
    .tuple(fc.nat(fields.length - 1), words)
    .map(([at, word]) => fields.toSpliced(at, 1, word).join(''));
  return fc.oneof(
    { weight: 2, arbitrary: swapped },
    { weight: 6, arbitrary: whole },
    { weight: 3, arbitrary: mixed },
    { weight: 1, arbitrary: long },
  );
};

describe('whatever is scanned', () => {
  it.each(Object.entries(kinds))(
    'as %s is answered in time, without an exception',
    (kind, good) => {
      fc.assert(
        fc.property(damaged(good), (text) => {
          let code: ReturnType<typeof parseCode> | undefined;
          answers(kind, text, () => (code = parseCode(text)));
          expect(code?.kind).toEqual(expect.any(String));
          if (code?.kind === 'error') expect(code).not.toHaveProperty('fields');
          if (code && 'person' in code) expect(JSON.parse(JSON.stringify(code))).toStrictEqual(code);
        }),
        { numRuns: runs },
      );
    },
    1_200_000,
  );

  const inside: [string, fc.Arbitrary<string>][] = [
    ['letters', damaged(certificate).map((text) => `HC1:${text}`)],
    ['packed bytes', fc.uint8Array({ maxLength: 2_000 }).map((bytes) => certificateText(bytes))],
    ['messages', flipped(Buffer.from(unpackCertificate(certificate).message!)).map(certificateText)],
    ['claims', flipped(Buffer.from(unpackCertificate(certificate).signed!.payload)).map((bytes) => issuer.wrap(bytes))],
  ];

  it.each(inside)('as a certificate of damaged %s is taken apart in time, without an exception', (what, texts) => {
    fc.assert(
      fc.property(texts, (text) => {
        answers(`certificate, ${what}`, text, () => {
          const { claims } = unpackCertificate(text);
          if (claims) certificateSchema.safeParse(claims.data);
        });
      }),
      { numRuns: what === 'claims' ? Math.ceil(runs / 10) : runs },
    );
  }, 1_200_000); // prettier-ignore

  afterAll(() => {
    const { before, kind, text } = longest;
    process.stderr.write(`fuzzed: ${tried} texts, the slowest took ${before.toFixed(2)} ms (${kind}: ${JSON.stringify(text)})\n`); // prettier-ignore
  });
});

/** Good bytes with some of them changed, left out, or doubled. */
function flipped(good: Buffer): fc.Arbitrary<Buffer> {
  const change = fc.tuple(fc.nat(good.length - 1), fc.nat(255), fc.constantFrom('set', 'drop', 'double'));
  return fc.array(change, { minLength: 1, maxLength: 5 }).map((changes) => {
    let bytes = Buffer.from(good);
    for (const [at, byte, how] of changes) {
      if (how === 'set') bytes[Math.min(at, bytes.length - 1)] = byte;
      else bytes = Buffer.concat([bytes.subarray(0, how === 'drop' ? at : at + 1), bytes.subarray(how === 'drop' ? at + 1 : at)]); // prettier-ignore
    }
    return bytes;
  });
}
