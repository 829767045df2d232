import { fromBase64url } from '../../src/domain/codes/base64url.js';
import type { OwnCard } from '../../src/domain/codes/own-card.js';
import type { CardKey } from '../../src/events.js';

type Check = (signature: Uint8Array, text: Uint8Array) => Promise<boolean>;

/** Checks by key, made once: importing a key costs more than using it. */
const checks = new Map<string, Promise<Check>>();

/** Whether one of the server's keys signed a card. False for a key that this gate has not heard of. */
export async function isSigned(card: OwnCard, keys: CardKey[]): Promise<boolean> {
  const key = keys.find(({ id }) => id === card.keyId)?.key;
  const signature = fromBase64url(card.signature);
  if (!key?.['x'] || !signature) return false;
  const check = checks.get(key['x']) ?? checkOf(key);
  checks.set(key['x'], check);
  return (await check)(signature, new TextEncoder().encode(card.signed));
}

/** WebCrypto where the browser has Ed25519 and the page came over HTTPS, else the same in JavaScript. */
async function checkOf(jwk: Record<string, string>): Promise<Check> {
  try {
    const key = await crypto.subtle.importKey('jwk', jwk as JsonWebKey, { name: 'Ed25519' }, false, ['verify']);
    return (signature, text) => crypto.subtle.verify('Ed25519', key, signature as BufferSource, text as BufferSource);
  } catch {
    const { ed25519 } = await import('@noble/curves/ed25519.js');
    const key = fromBase64url(jwk['x']!)!;
    return async (signature, text) => ed25519.verify(signature, text, key);
  }
}
