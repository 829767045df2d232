import { constants, createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { Encoder } from 'cbor-x';
import { zlibSync } from 'fflate';
import { toBase45 } from '../../src/domain/codes/certificate/base45.js';
import { bytesHead } from '../../src/domain/codes/certificate/cbor.js';
import { structureOf, type Algorithm } from '../../src/domain/codes/certificate/cose.js';
import { certificatePrefix } from '../../src/domain/codes/certificate.js';
import { bits, field, octets, oid, sequence, set, text, time, whole } from './der.js';

const encoder = new Encoder({ mapsAsObjects: false, useRecords: false, tagUint8Array: false });
const labels: Record<Algorithm, number> = { ES256: -7, PS256: -37 };
const dayMs = 86_400_000;

/** What an issuer may be told to do; the defaults make a good certificate. */
export interface IssuerTerms {
  name?: string;
  algorithm?: Algorithm;
  fromMs: number;
  toMs?: number;
  /** Object identifiers of the extended key usage; none allow everything. */
  purposes?: string[];
}

/** Times of one certificate, epoch milliseconds. */
export interface Validity {
  issuedAt: number;
  expiresAt: number;
}

/**
 * A health authority of the demo's own: keys made at its start and kept nowhere, so that nobody else ever trusts them.
 * Makes certificates in the form of the EU's (SPEC 2.5).
 */
export class DemoIssuer {
  /** Its entry in a trust list: the key id is the beginning of the certificate's hash. */
  readonly trust: { kid: string; certificate: string };
  private readonly algorithm: Algorithm;
  private readonly key: KeyObject;

  constructor({
    name = 'VetXanh demo',
    algorithm = 'ES256',
    fromMs,
    toMs = fromMs + 730 * dayMs,
    purposes = [],
  }: IssuerTerms) {
    const { privateKey, publicKey } =
      algorithm === 'ES256'
        ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
        : generateKeyPairSync('rsa', { modulusLength: 2_048 });
    this.algorithm = algorithm;
    this.key = privateKey;
    const der = selfSigned({ name, key: privateKey, spki: publicKey.export({ type: 'spki', format: 'der' }), fromMs, toMs, purposes }); // prettier-ignore
    const kid = createHash('sha256').update(der).digest().subarray(0, 8);
    this.trust = { kid: kid.toString('base64'), certificate: der.toString('base64') };
  }

  /** The text of a certificate with this payload. */
  issue(data: object, { issuedAt, expiresAt }: Validity, country = 'VN'): string {
    const seconds = (ms: number) => Math.floor(ms / 1_000);
    const claims = new Map<number, unknown>([[1, country], [4, seconds(expiresAt)], [6, seconds(issuedAt)], [-260, new Map([[1, mapOf(data)]])]]); // prettier-ignore
    return this.wrap(encoder.encode(claims));
  }

  /** Signs a payload of any bytes: tests hand over damaged ones. */
  wrap(payload: Uint8Array): string {
    const kept = encoder.encode(new Map<number, unknown>([[1, labels[this.algorithm]], [4, Buffer.from(this.trust.kid, 'base64')]])); // prettier-ignore
    const signature = this.sign(structureOf(kept, payload));
    const byteString = (bytes: Uint8Array) => Buffer.concat([Buffer.from(bytesHead(bytes)), bytes]);
    const message = Buffer.concat([Buffer.from([0xd2, 0x84]), byteString(kept), Buffer.from([0xa0]), byteString(payload), byteString(signature)]); // prettier-ignore
    return certificateText(message);
  }

  private sign(bytes: Uint8Array): Buffer {
    return this.algorithm === 'ES256'
      ? sign('sha256', bytes, { key: this.key, dsaEncoding: 'ieee-p1363' })
      : sign('sha256', bytes, { key: this.key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 });
  }
}

/** The text of a COSE message of any bytes. */
export const certificateText = (message: Uint8Array): string => certificatePrefix + toBase45(zlibSync(message));

/** CBOR maps of plain objects. */
function mapOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(mapOf);
  if (typeof value !== 'object' || value === null) return value;
  return new Map(Object.entries(value).map(([key, one]) => [key, mapOf(one)]));
}

/** An X.509 certificate of version 3 (RFC 5280) that its own key signed. */
function selfSigned(of: {
  name: string;
  key: KeyObject;
  spki: Buffer;
  fromMs: number;
  toMs: number;
  purposes: string[];
}) {
  const isEc = of.key.asymmetricKeyType === 'ec';
  const algorithm = sequence(oid(isEc ? '1.2.840.10045.4.3.2' : '1.2.840.113549.1.1.11'));
  const name = sequence(set(sequence(oid('2.5.4.3'), text(of.name))));
  const usage = sequence(oid('2.5.29.37'), octets(sequence(...of.purposes.map(oid))));
  const body = sequence(
    field(0, whole(Buffer.from([2]))),
    whole(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    algorithm,
    name,
    sequence(time(of.fromMs), time(of.toMs)),
    name,
    of.spki,
    ...(of.purposes.length > 0 ? [field(3, sequence(usage))] : []),
  );
  return sequence(body, algorithm, bits(sign('sha256', body, of.key)));
}
