import type { Described } from './describe.js';

/** What each error means for whoever holds the code. */
const meanings: Record<string, string> = {
  'unknown-code': 'no code of a known kind',
  'damaged-card': 'a card of this system, but damaged: scan it again',
  'damaged-personal-qr': 'a personal QR, but cut short: scan it again',
  'damaged-chip-card': 'an ID card, but cut short: scan it again',
  'damaged-insurance-card': 'a health-insurance card, but damaged: scan it again',
  'input-method': 'the keyboard of the reader goes through a Vietnamese input method (Telex, VNI): turn it off',
  'expired-code': 'the card has run out',
  'wrong-prefix': 'a certificate begins with HC1:',
  'bad-base45': 'the text is no Base45',
  'bad-compression': 'the bytes cannot be unpacked, or are too many',
  'bad-structure': 'inside is no signed certificate',
  'unknown-algorithm': 'signed in a way that is not in use (ES256 and PS256 are)',
  'unknown-signer': 'nobody in the trust list has this key id',
  'bad-signature': 'the signature is not the signer’s',
  'wrong-key-usage': 'the signer may not sign certificates of this kind',
  'not-yet-valid': 'not valid yet at that instant',
  expired: 'not valid any more at that instant',
  'no-expiry': 'does not say until when it is valid',
  'bad-schema': 'its contents do not fit the schema 1.x',
  'signer-not-yet-valid': 'the signer’s own certificate is not valid yet at that instant',
  'signer-expired': 'the signer’s own certificate is not valid any more at that instant',
  'no-trust-list': 'the signature was not checked: give --trust FILE',
};

/** A code as people read it: the kind and the verdict first. */
export function linesOf({ kind, fields, flags, errors, steps, faults = [] }: Described): string[] {
  const told = Object.entries(fields).filter(([, value]) => typeof value !== 'object' || value === null);
  const taken = kind === 'certificate' ? Object.entries(steps ?? {}) : [];
  return [
    `${kind}   ${errors.length === 0 ? 'good' : errors.join(', ')}`,
    ...told.map(([name, value]) => `  ${name}: ${value}`),
    ...flags.map((flag) => `  look twice: ${flag}`),
    ...taken.map(([step, good]) => `  ${step}: ${good === null ? 'not reached' : good ? 'passed' : 'failed'}`),
    ...errors.map((error) => `  ${error}: ${meanings[error] ?? error}`),
    ...faults.map((fault) => `    ${fault}`),
  ];
}
