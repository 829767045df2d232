import { describe, expect, it } from '@jest/globals';
import { describeCode } from '../../../cli/code/describe.js';
import { linesOf } from '../../../cli/code/lines.js';
import { readTrustList } from '../../../config/trust-list.js';
import { DemoIssuer } from '../../../demo/issuer/issuer.js';
import { stepNames } from '../../../src/domain/codes/certificate/check.js';
import { hasVectors, readVectors } from '../../data/certificates.js';

const atMs = Date.UTC(2022, 0, 20);
const dayMs = 86_400_000;
const nobody = { signersOf: undefined, atMs };
const issuer = new DemoIssuer({ fromMs: atMs - dayMs });
const dose = {
  tg: '840539006',
  vp: '1',
  mp: '2',
  ma: '3',
  dn: 2,
  sd: 2,
  dt: '2021-11-01',
  co: 'VN',
  is: 'x',
  ci: 'URN:1',
};
const data = {
  ver: '1.3.0',
  nam: { fn: 'Nguyễn', gn: 'Văn An', fnt: 'NGUYEN', gnt: 'VAN<AN' },
  dob: '1990-01-02',
  v: [dose],
};
const certificate = issuer.issue(data, { issuedAt: atMs - dayMs, expiresAt: atMs + dayMs });
const trusted = { signersOf: readTrustList(JSON.stringify([issuer.trust])), atMs }; // prettier-ignore

describe('vetxanh code', () => {
  it('tells kind, fields, flags and errors of a paper', async () => {
    const qr = '001093029317|NGUYEN VAN A|1987-01-18|0|162979388586171100|<1<00<0123232422';
    expect(await describeCode(qr, nobody)).toEqual({
      kind: 'personal-qr',
      fields: {
        name: 'NGUYEN VAN A',
        birthDate: '1987-01-18',
        gender: 'male',
        phone: '+84123232422',
        idNumber: '001093029317',
        declaredBy: 'self',
        qid: '162979388586171100',
        insurance: '00',
      },
      flags: ['id-number-birth-year-differs'],
      errors: [],
    });
  });

  it('tells every step of a good certificate, what it says, and its payload', async () => {
    const described = await describeCode(certificate, trusted);
    expect(described).toMatchObject({
      kind: 'certificate',
      errors: [],
      fields: {
        issuer: 'VN',
        kid: issuer.trust.kid,
        algorithm: 'ES256',
        name: 'Nguyễn Văn An',
        transliterated: 'NGUYEN VAN AN',
        entry: 'vaccination',
        dose: '2/2',
        payload: data,
      },
    });
    expect(described.steps).toEqual(Object.fromEntries(stepNames.map((step) => [step, true])));
    expect(linesOf(described)[0]).toBe('certificate   good');
  });

  it.each([
    ['an own card that is damaged', 'VX1.abc', 'own-card', ['damaged-card']],
    ['an ID card cut short', '012345678912||An|01011990', 'chip-card', ['damaged-chip-card']],
    ['nothing', '', 'unknown-code', ['unknown-code']],
    ['plain text', 'hello', 'unknown-code', ['unknown-code']],
    ['a certificate of another version', certificate.replace('HC1:', 'HC2:'), 'certificate', ['wrong-prefix']],
    ['a certificate without its prefix', certificate.slice(4), 'certificate', ['wrong-prefix']],
    ['a certificate and no trust list', certificate, 'certificate', ['no-trust-list']],
    ['a certificate of a stray letter', certificate.replace('HC1:', 'HC1:ä'), 'certificate', ['bad-base45']],
  ])('of %s tells what is wrong', async (_what, text, kind, errors) => {
    const described = await describeCode(text, nobody);
    expect({ kind: described.kind, errors: described.errors }).toEqual({ kind, errors });
    expect(linesOf(described).some((line) => line.includes(`${errors[0]}: `))).toBe(true);
  });

  it('says of what is no code that it is no certificate either', async () => {
    expect((await describeCode('hello', nobody)).steps).toMatchObject({ unprefix: false, base45: null });
  });
});

/** Skipped, and said so, where `../shared/vectors/dcc` is not there (codes/certificate/vectors.spec.ts). */
(hasVectors ? describe : describe.skip)('vetxanh code of the public test vectors', () => {
  it('tells the steps that they expect', async () => {
    for (const { name, text, trust, atMs: clock, expected } of readVectors()) {
      const signersOf = readTrustList(JSON.stringify(trust));
      const { steps } = await describeCode(text, { signersOf, atMs: clock });
      expect({ name, steps }).toEqual({ name, steps: expect.objectContaining(expected) });
    }
  });
});
