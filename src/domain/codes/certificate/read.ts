import { certificatePrefix } from '../certificate.js';
import { fromBase45 } from './base45.js';
import { dateTags, readCbor } from './cbor.js';
import { readCose, type Signed } from './cose.js';
import { inflate } from './inflate.js';

/** The parts of a certificate's way from text to claims, each missing from where it could not be read on. */
export interface Unpacked {
  packed?: Uint8Array;
  message?: Uint8Array;
  signed?: Signed;
  claims?: Claims;
}

/** What a CWT says (RFC 8392); times in epoch milliseconds. */
export interface Claims {
  issuer?: string;
  issuedAt?: number;
  notBefore?: number;
  expiresAt?: number;
  /** The certificate as plain values, not yet compared with its schema. */
  data: Record<string, unknown>;
}

const claim = { issuer: 1, expires: 4, notBefore: 5, issued: 6, certificate: -260 };

/** The only kind of health certificate there is. */
const firstVersion = 1;

/** The longest text of such letters that a QR code holds (ISO/IEC 18004, version 40 with the least correction). */
const maxLetters = 4_296;

/** Takes the text of a certificate apart as far as it goes; says nothing about who made it. Never throws. */
export function unpackCertificate(text: string): Unpacked {
  const packed = text.length > maxLetters ? undefined : fromBase45(text.slice(certificatePrefix.length));
  const message = packed && inflate(packed);
  const signed = message && readCose(message);
  const claims = signed && readClaims(signed.payload);
  return {
    ...(packed && { packed }),
    ...(message && { message }),
    ...(signed && { signed }),
    ...(claims && { claims }),
  };
}

function readClaims(payload: Uint8Array): Claims | undefined {
  const claims = readCbor(payload, dateTags);
  if (!(claims instanceof Map)) return undefined;
  const certificates = claims.get(claim.certificate) as unknown;
  const certificate: unknown = certificates instanceof Map ? certificates.get(firstVersion) : undefined;
  if (!(certificate instanceof Map)) return undefined;
  const issuer = claims.get(claim.issuer) as unknown;
  const times = {
    issuedAt: msOf(claims.get(claim.issued)),
    notBefore: msOf(claims.get(claim.notBefore)),
    expiresAt: msOf(claims.get(claim.expires)),
  };
  const told = Object.entries(times).filter(([, ms]) => ms !== undefined);
  return {
    ...(typeof issuer === 'string' && { issuer }),
    ...(Object.fromEntries(told) as Partial<Record<keyof typeof times, number>>),
    data: plain(certificate) as Record<string, unknown>,
  };
}

/** Seconds since 1970, whole or not; undefined of anything else. */
function msOf(seconds: unknown): number | undefined {
  const number = typeof seconds === 'bigint' ? Number(seconds) : seconds;
  return typeof number === 'number' && Math.abs(number) < 8.64e12 ? number * 1_000 : undefined;
}

/** Maps as objects, large numbers as numbers: what JSON could hold. */
function plain(value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, one]) => [String(key), plain(one)]));
  if (Array.isArray(value)) return value.map(plain);
  return typeof value === 'bigint' ? Number(value) : value;
}
