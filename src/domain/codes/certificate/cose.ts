import { bytesHead, readCbor } from './cbor.js';

/** How a certificate may be signed: ECDSA on P-256, or RSA-PSS, both with SHA-256 (SPEC 2.5). */
const algorithms = new Map<unknown, Algorithm>([
  [-7, 'ES256'],
  [-37, 'PS256'],
]);
export type Algorithm = 'ES256' | 'PS256';

/** What was signed, by whom as far as it says itself, and the signature. */
export interface Signed {
  /** Undefined of any other algorithm, whatever stands in its place. */
  algorithm: Algorithm | undefined;
  /** The signer's key id in base64; undefined when there is none. */
  kid: string | undefined;
  payload: Uint8Array;
  /** The bytes the signature is over. */
  signed: Uint8Array;
  signature: Uint8Array;
}

/** Tags of a CWT and of COSE_Sign1; both may be missing. */
const coseTags = [61, 18];

const header = { algorithm: 1, critical: 2, kid: 4 };

/** Takes a COSE_Sign1 message apart (RFC 9052); undefined when it is none. */
export function readCose(bytes: Uint8Array): Signed | undefined {
  const message = readCbor(bytes, coseTags);
  if (!Array.isArray(message) || message.length !== 4) return undefined;
  const [sealed, open, payload, signature] = message as unknown[];
  if (!isBytes(sealed) || !(open instanceof Map) || !isBytes(payload) || !isBytes(signature)) return undefined;
  const kept = sealed.length === 0 ? new Map() : readCbor(sealed, []);
  if (!(kept instanceof Map) || kept.has(header.critical)) return undefined;
  const of = (label: number): unknown => (kept.has(label) ? kept.get(label) : open.get(label));
  const [kid, label] = [of(header.kid), of(header.algorithm)];
  return {
    algorithm: algorithms.get(typeof label === 'bigint' ? Number(label) : label),
    kid: isBytes(kid) ? base64(kid) : undefined,
    payload,
    signed: structureOf(kept.size === 0 ? new Uint8Array(0) : sealed, payload),
    signature,
  };
}

const isBytes = (value: unknown): value is Uint8Array => value instanceof Uint8Array;

export const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

/** `Sig_structure` of RFC 9052: `["Signature1", protected header, no external data, payload]`. */
export function structureOf(kept: Uint8Array, payload: Uint8Array): Uint8Array {
  const context = [...'Signature1'].map((letter) => letter.charCodeAt(0));
  return Uint8Array.from([0x84, 0x60 + context.length, ...context, ...bytesHead(kept), ...kept, 0x40, ...bytesHead(payload), ...payload]); // prettier-ignore
}
