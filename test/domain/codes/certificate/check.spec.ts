import { describe, expect, it } from '@jest/globals';
import { Encoder } from 'cbor-x';
import { zlibSync } from 'fflate';
import { readTrustList, TrustListError } from '../../../../config/trust-list.js';
import { certificateText, DemoIssuer } from '../../../../demo/issuer/issuer.js';
import { fromBase45, toBase45 } from '../../../../src/domain/codes/certificate/base45.js';
import { bytesHead, readCbor } from '../../../../src/domain/codes/certificate/cbor.js';
import { checkCertificate, type SignersOf } from '../../../../src/domain/codes/certificate/check.js';
import { inflate, maxInflated } from '../../../../src/domain/codes/certificate/inflate.js';
import { unpackCertificate } from '../../../../src/domain/codes/certificate/read.js';

const now = Date.UTC(2022, 0, 20);
const dayMs = 86_400_000;
const validity = { issuedAt: now - dayMs, expiresAt: now + 300 * dayMs };
const oids = { test: '1.3.6.1.4.1.1847.2021.1.1', vaccination: '1.3.6.1.4.1.1847.2021.1.2' };

const issuer = new DemoIssuer({ fromMs: now - 30 * dayMs });
const dose = { tg: '840539006', vp: '1119349007', mp: 'EU/1/20/1528', ma: 'ORG-100030215', dn: 2, sd: 2, dt: '2021-11-01', co: 'VN', is: 'Bộ Y tế', ci: 'URN:UVCI:01:VN:1' }; // prettier-ignore
const somebody = { ver: '1.3.0', nam: { fn: 'Nguyễn', gn: 'Văn An', fnt: 'NGUYEN', gnt: 'VAN<AN' }, dob: '1990-01-02' };
const vaccinated = { ...somebody, v: [dose] };

const trust = (...issuers: DemoIssuer[]): SignersOf => readTrustList(JSON.stringify(issuers.map((one) => one.trust)));
const check = (text: string, signersOf: SignersOf | undefined = trust(issuer), atMs = now) =>
  checkCertificate(text, { signersOf, atMs });
const errorsOf = async (...asked: Parameters<typeof check>) => (await check(...asked)).errors;

describe('a certificate', () => {
  it('of a trusted signer passes every step', async () => {
    const { steps, errors, data, algorithm } = await check(issuer.issue(vaccinated, validity));
    expect({ passed: Object.values(steps).every(Boolean), errors, data, algorithm }).toEqual({
      passed: true,
      errors: [],
      data: vaccinated,
      algorithm: 'ES256',
    });
  });

  it('signed with RSA passes too', async () => {
    const rsa = new DemoIssuer({ fromMs: now - dayMs, algorithm: 'PS256' });
    expect(await check(rsa.issue(vaccinated, validity), trust(rsa))).toMatchObject({ errors: [], algorithm: 'PS256' });
  });

  it('of nobody in the trust list is told as such, and what it says is still read', async () => {
    const other = new DemoIssuer({ fromMs: now - dayMs });
    const { steps, errors, data } = await check(other.issue(vaccinated, validity));
    expect({ verify: steps.verify, errors, data }).toEqual({ verify: false, errors: ['unknown-signer'], data: vaccinated });
  }); // prettier-ignore

  it('whose signer shares a key id with another is found all the same', async () => {
    const twin = new DemoIssuer({ fromMs: now - dayMs });
    const list = [{ ...twin.trust, kid: issuer.trust.kid }, issuer.trust];
    expect(await errorsOf(issuer.issue(vaccinated, validity), readTrustList(JSON.stringify(list)))).toEqual([]);
  });

  it.each(['constructor', '__proto__', '-7', 7, null])('signed by an algorithm called %s is signed by nobody', async (name) => {
    const { message, signed } = unpackCertificate(issuer.issue(vaccinated, validity));
    const [kid, kept] = [Buffer.from(signed!.kid!, 'base64'), Buffer.from(message!).subarray(3, 16)];
    expect(readCbor(kept, [])).toEqual(new Map<number, unknown>([[1, -7], [4, kid]]));
    const other = new Encoder({ mapsAsObjects: false }).encode(new Map<number, unknown>([[1, name], [4, kid]]));
    const forged = Buffer.concat([message!.subarray(0, 2), Buffer.from(bytesHead(other)), other, message!.subarray(16)]);
    expect(await errorsOf(certificateText(forged))).toEqual(['unknown-algorithm']);
  }); // prettier-ignore

  it('without a trust list is not verified, and says so', async () => {
    const { steps, errors } = await checkCertificate(issuer.issue(vaccinated, validity), { signersOf: undefined, atMs: now }); // prettier-ignore
    expect([steps.verify, steps.keyUsage, errors]).toEqual([null, null, ['no-trust-list']]);
  });

  it.each([
    ['the millisecond it is issued', validity.issuedAt, []],
    ['a second before it is issued', validity.issuedAt - 1_000, ['not-yet-valid']],
    ['the second before it ends', validity.expiresAt - 1_000, []],
    ['the instant it ends', validity.expiresAt, ['expired']],
  ])('at %s is valid or not', async (_when, atMs, errors) => {
    expect(await errorsOf(issuer.issue(vaccinated, validity), undefined, atMs)).toEqual(errors);
  });

  it.each([
    ['has run out', { fromMs: now - 30 * dayMs, toMs: now - 1_000 }, 'signer-expired'],
    ['begins later', { fromMs: now + 1_000 }, 'signer-not-yet-valid'],
  ])('whose signer’s own certificate %s is not good, though its signature is', async (_what, terms, error) => {
    const late = new DemoIssuer(terms);
    const { steps, errors } = await check(late.issue(vaccinated, validity), trust(late));
    expect([steps.verify, errors]).toEqual([true, [error]]);
  });

  it.each([
    ['vaccinations may sign one', [oids.vaccination], true],
    ['tests may not', [oids.test], false],
    ['tests and vaccinations may', [oids.test, oids.vaccination], true],
    ['something else altogether may', ['1.3.6.1.5.5.7.3.1'], true],
  ])('whose signer is limited to %s', async (_what, purposes, good) => {
    const limited = new DemoIssuer({ fromMs: now - dayMs, purposes });
    const { steps } = await check(limited.issue(vaccinated, validity), trust(limited));
    expect(steps).toMatchObject({ keyUsage: good, verify: true });
  });

  it.each([
    ['two entries', { ...vaccinated, v: [dose, dose] }],
    ['entries of two kinds', { ...vaccinated, r: [{ ...dose, fr: '2021-01-01', df: '2021-01-11', du: '2021-07-01' }] }],
    [
      'entries of two kinds before 1.3',
      { ...vaccinated, ver: '1.2.1', r: [{ ...dose, fr: '2021-01-01', df: '2021-01-11', du: '2021-07-01' }] },
    ],
    ['no entry', somebody],
    ['an empty list', { ...somebody, v: [] }],
    ['no birth date at all', { ...vaccinated, dob: undefined }],
    ['a birth date that is none', { ...vaccinated, dob: 'spring' }],
    ['a dose of zero', { ...vaccinated, v: [{ ...dose, dn: 0 }] }],
    ['half a dose', { ...vaccinated, v: [{ ...dose, dn: 1.5 }] }],
    ['a number for a name', { ...vaccinated, nam: { fn: 7 } }],
    ['small letters where only capitals stand', { ...vaccinated, nam: { fnt: 'Nguyen' } }],
    ['a schema of version 2', { ...vaccinated, ver: '2.0.0' }],
  ])('with %s breaks the schema, and says where', async (_what, data) => {
    const { steps, errors, faults } = await check(issuer.issue(data, validity));
    expect([steps.schema, steps.verify, errors, faults.length > 0]).toEqual([false, true, ['bad-schema'], true]);
  });

  it.each([
    ['several entries of one kind', { ...vaccinated, ver: '1.0.0', v: [dose, dose] }],
    ['nothing for the kinds it is not of', { ...vaccinated, t: null, r: null }],
    ['names in small letters before 1.3', { ...vaccinated, ver: '1.2.1', nam: { fnt: 'Nguyen' } }],
    ['dates that carry a time', { ...vaccinated, v: [{ ...dose, dt: '2021-11-01T00:00:00.000Z' }] }],
    ['more than anybody asked for', { ...vaccinated, meta: { url: 'https://trail.example' } }],
  ])('with %s keeps the schema', async (_what, data) => {
    expect(await errorsOf(issuer.issue(data, validity))).toEqual([]);
  });

  it.each(['1987', '1987-01', '1987-01-18', ''])('of somebody born "%s" keeps the schema', async (dob) => {
    expect(await errorsOf(issuer.issue({ ...vaccinated, dob }, validity))).toEqual([]);
  });

  it('with one bit of its payload changed is signed by nobody', async () => {
    const good = inflate(fromBase45(issuer.issue(vaccinated, validity).slice(4))!)!;
    const at = Buffer.from(good).indexOf('1990-01-02');
    const forged = good.map((byte, place) => (place === at + 3 ? byte ^ 1 : byte));
    expect(await errorsOf(`HC1:${toBase45(zlibSync(forged))}`)).toEqual(['bad-signature']);
  });
});

describe('what is packed', () => {
  const packed = zlibSync(Buffer.from('some text, some text, some text'));

  it('comes out as it went in', () => expect(Buffer.from(inflate(packed)!).toString()).toMatch(/^some text/));

  it.each([
    ['nothing', new Uint8Array()],
    ['not packed at all', Buffer.from('some text, some text')],
    ['cut short', packed.subarray(0, packed.length - 6)],
    ['with a byte behind it', Buffer.concat([packed, Buffer.from([0])])],
    ['with another checksum', packed.map((byte, at) => (at === packed.length - 1 ? byte ^ 1 : byte))],
    ['a byte more than is taken', zlibSync(new Uint8Array(maxInflated + 1))],
  ])('%s does not come out', (_what, bytes) => expect(inflate(bytes)).toBeUndefined());

  it('as a bomb of 5 MB in 5 kB is dropped within 5 ms', () => {
    const bomb = zlibSync(new Uint8Array(5_000_000), { level: 9 });
    const works = Array.from({ length: 20 }, () => {
      const from = process.cpuUsage();
      expect(inflate(bomb)).toBeUndefined();
      const { user, system } = process.cpuUsage(from);
      return (user + system) / 1_000;
    });
    const spent = Math.min(...works);
    expect(spent).toBeLessThan(5);
  });

  it('as much as is taken comes out whole', () => {
    expect(inflate(zlibSync(new Uint8Array(maxInflated)))).toHaveLength(maxInflated);
  });
});

describe('Base45', () => {
  it.each([
    ['AB', 'BB8'],
    ['Hello!!', '%69 VD92EX0'],
    ['base-45', 'UJCLQE7W581'],
    ['ietf!', 'QED8WEX0'],
  ])('of %s is %s (RFC 9285)', (text, code) => {
    expect([toBase45(Buffer.from(text)), Buffer.from(fromBase45(code)!).toString()]).toEqual([code, text]);
  });

  it.each(['GGW', ':::', 'A', 'AAAA', 'aa', 'Ä1', '::'])('%s is none', (code) => {
    expect(fromBase45(code)).toBeUndefined();
  });
});

describe('CBOR is read strictly', () => {
  const read = (bytes: string, tags: number[] = []) => readCbor(Buffer.from(bytes.replaceAll(' ', ''), 'hex'), tags);

  it.each([
    ['a byte behind the item', '01 00'],
    ['nothing', ''],
    ['a text longer than what is left', '63 6162'],
    ['a list of four billion items', '9a ffffffff'],
    ['a list longer than any memory', '9b ffffffffffffffff'],
    ['a key twice', 'a2 0101 0102'],
    ['a key twice, once in a longer form', 'a2 0101 180102'],
    ['a text as key twice', 'a2 6161 01 6161 02'],
    ['a tag nobody asked for', 'c1 1a 5fffffff'],
    ['a tag that builds a regular expression', 'd8 23 6161'],
    ['a shared reference', 'd81c 80'],
    ['a break where none may be', 'ff'],
    ['a list without an end', '9f 01'],
    ['a text of parts that are bytes', '7f 4161 ff'],
    ['a reserved length', '1c'],
    ['a reserved simple value', 'f8 20'],
    ['a depth of 40 lists', '81'.repeat(40) + '01'],
    ['a depth of 100,000 lists', '81'.repeat(100_000) + '01'],
  ])('%s is refused', (_what, bytes) => expect(read(bytes)).toBeUndefined());

  it.each([
    ['lists and texts in parts', '9f 7f 6161 6162 ff 01 ff', ['ab', 1]],
    ['a date as text, its tag taken off', '81 c0 6a 323032312d31312d3031', ['2021-11-01']],
    ['a number with a point', '81 f9 3e00', [1.5]],
    ['true, false and null', '83 f5f4f6', [true, false, null]],
    ['a key whose head is longer than it must be', 'a1 1801 02', new Map([[1, 2]])],
  ])('%s are taken', (_what, bytes, value) => expect(read(bytes, [0])).toEqual(value));
});

describe('a trust list', () => {
  it.each([
    ['no JSON', '{'],
    ['no list', '{}'],
    ['an entry without a certificate', '[{"kid": "AAAAAAAAAAA="}]'],
    ['an entry whose certificate is none', '[{"kid": "AAAAAAAAAAA=", "certificate": "AAAA"}]'],
  ])('of %s cannot be used', (_what, text) => expect(() => readTrustList(text)).toThrow(TrustListError));

  it('of nobody trusts nobody', () => expect(readTrustList('[]')('AAAAAAAAAAA=')).toEqual([]));
});
