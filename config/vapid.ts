import { createECDH, hkdfSync } from 'node:crypto';
import type { Secrets } from './secrets.js';

/** The pair by which push services know this installation (VAPID, RFC 8292): base64url, P-256. */
export interface VapidKeys {
  publicKey: string;
  privateKey: string;
}

/**
 * Derived from a secret of the installation (HKDF-SHA-256), so that installations from before Web Push have the pair
 * too, and all their processes the same.
 */
export function vapidKeys({ lookup }: Pick<Secrets, 'lookup'>): VapidKeys {
  const secret = Buffer.from(lookup, 'base64url');
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(Buffer.from(hkdfSync('sha256', secret, '', 'vetxanh web push', 32)));
  const [publicKey, privateKey] = [curve.getPublicKey(), curve.getPrivateKey()];
  // A private key that begins with zeros comes shorter.
  const padded = Buffer.concat([Buffer.alloc(32 - privateKey.length), privateKey]);
  return { publicKey: publicKey.toString('base64url'), privateKey: padded.toString('base64url') };
}
