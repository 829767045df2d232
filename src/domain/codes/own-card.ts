import { colours, type Colour } from '../admission.js';
import { fromBase64url, toBase64url } from './base64url.js';

/**
 * The card of this system, `VX1.<payload>.<tag>.<signature>` (SPEC 2.1). The payload is 47 bytes, numbers big-endian:
 *
 * | bytes   | what                                                                       |
 * |---------|----------------------------------------------------------------------------|
 * | 0       | key id, 1 to 255                                                           |
 * | 1       | 1 printed, 2 rotating                                                      |
 * | 2       | colour at issue, for gates that are offline: 0 none, else 1 + its place    |
 * | 3..14   | card id                                                                    |
 * | 15..18  | issued, seconds since 1970                                                 |
 * | 19..22  | expires, seconds since 1970                                                |
 * | 23..46  | handle: a fresh nonce of 12 bytes, and the person's id encrypted under it  |
 *
 * Tag and signature are both over the text `VX1.<payload>`.
 */
export interface OwnCard extends CardFields {
  kind: 'own-card';
  /** What tag and signature are over. */
  signed: string;
  tag: Uint8Array;
  /** 64 bytes as base64url; gates that are offline check it. */
  signature: string;
}

export interface CardFields {
  keyId: number;
  cardKind: CardKind;
  colour: Colour | null;
  /** 24 hex digits. */
  cardId: string;
  /** Epoch milliseconds, whole seconds. */
  issuedAt: number;
  expiresAt: number;
  handle: Uint8Array;
}

export const cardKinds = ['printed', 'rotating'] as const;
export type CardKind = (typeof cardKinds)[number];

/** How an own card begins. */
export const cardPrefix = 'VX1.';

export const handleBytes = 24;
export const tagBytes = 16;
const payloadBytes = 47;
/** The form of a signature: 64 bytes. */
const signatureForm = /^[A-Za-z0-9_-]{86}$/;
const secondMs = 1_000;

/** How far a citizen's clock and the gate's may be apart when a rotating card runs out (assumption). */
const toleranceMs = 60_000;

/** Whether a card was no longer good at an instant, at a desk as at a gate that is offline. */
export const hasExpired = ({ expiresAt }: Pick<CardFields, 'expiresAt'>, atMs: number): boolean =>
  atMs > expiresAt + toleranceMs;

/** Takes an own card apart; undefined when its form is not the one above. Says nothing about who made it. */
export function readOwnCard(text: string): OwnCard | undefined {
  const [version, payloadText = '', tagText = '', signature = '', ...more] = text.split('.');
  if (`${version}.` !== cardPrefix || more.length || !signatureForm.test(signature)) return undefined;
  const payload = sized(payloadText, payloadBytes);
  const tag = sized(tagText, tagBytes);
  const fields = payload && readPayload(payload);
  if (!fields || !tag) return undefined;
  return { kind: 'own-card', ...fields, signed: `${cardPrefix}${payloadText}`, tag, signature };
}

/** The part of a card that is tagged and signed. */
export const signedPart = (fields: CardFields): string => `${cardPrefix}${toBase64url(writePayload(fields))}`;

/** The card as its QR code carries it. */
export const cardText = (signed: string, tag: Uint8Array, signature: Uint8Array): string =>
  `${signed}.${toBase64url(tag)}.${toBase64url(signature)}`;

function readPayload(bytes: Uint8Array): CardFields | undefined {
  const view = new DataView(bytes.buffer);
  const [keyId, kind, colour] = [view.getUint8(0), view.getUint8(1), view.getUint8(2)];
  const cardKind = cardKinds[kind - 1];
  if (keyId === 0 || !cardKind || colour > colours.length) return undefined;
  return {
    keyId,
    cardKind,
    colour: colours[colour - 1] ?? null,
    cardId: toHex(bytes.subarray(3, 15)),
    issuedAt: view.getUint32(15) * secondMs,
    expiresAt: view.getUint32(19) * secondMs,
    handle: bytes.subarray(23),
  };
}

function writePayload(card: CardFields): Uint8Array {
  const bytes = new Uint8Array(payloadBytes);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, card.keyId);
  view.setUint8(1, cardKinds.indexOf(card.cardKind) + 1);
  view.setUint8(2, card.colour === null ? 0 : colours.indexOf(card.colour) + 1);
  bytes.set(fromHex(card.cardId), 3);
  view.setUint32(15, Math.floor(card.issuedAt / secondMs));
  view.setUint32(19, Math.floor(card.expiresAt / secondMs));
  bytes.set(card.handle, 23);
  return bytes;
}

function sized(text: string, length: number): Uint8Array | undefined {
  const bytes = fromBase64url(text);
  return bytes?.length === length ? bytes : undefined;
}

const pairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function toHex(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at++) text += pairs[bytes[at]!]!;
  return text;
}

const fromHex = (text: string): number[] => (text.match(/../g) ?? []).map((pair) => parseInt(pair, 16));
