import { checkCertificate, type Checked, type Steps, type Terms } from '../../src/domain/codes/certificate/check.js';
import { entryOf } from '../../src/domain/codes/certificate/entry.js';
import type { OwnCard } from '../../src/domain/codes/own-card.js';
import { parseCode } from '../../src/domain/codes/parse.js';

/** A code in words that a program may read (SPEC 12). */
export interface Described {
  kind: string;
  fields: Record<string, unknown>;
  /** What a guard should look at twice. */
  flags: string[];
  /** Why it cannot be taken; empty of a good code. */
  errors: string[];
  /** Of a certificate, and of what is no code at all: how far it came as one. */
  steps?: Steps;
  /** Where a certificate breaks its schema. */
  faults?: string[];
}

/** Reads a text as a gate would. */
export async function describeCode(text: string, terms: Terms): Promise<Described> {
  const code = parseCode(text);
  switch (code.kind) {
    case 'own-card':
      return describeCard(code, terms.atMs);
    case 'venue-code':
      return { kind: code.kind, fields: { venue: code.code, ...code.rotating }, flags: [], errors: [] };
    case 'certificate':
      return describeCertificate(await checkCertificate(code.text, terms));
    case 'error': {
      if (code.error === 'wrong-prefix') return describeCertificate(await checkCertificate(text.trim(), terms));
      const isUnknown = code.error === 'unknown-code';
      const kind = isUnknown ? code.error : code.error.replace(/^damaged-card$/, 'own-card').replace(/^damaged-/, '');
      const { steps } = await checkCertificate(isUnknown ? '' : text, terms);
      return { kind, fields: {}, flags: [], errors: [code.error], ...(isUnknown && { steps }) };
    }
    case 'personal-qr':
    case 'chip-card':
    case 'insurance-card': {
      const { kind, fields, flags } = code;
      return { kind, fields, flags, errors: [] };
    }
  }
}

/** Whether a card was made here only the system itself can tell. */
function describeCard(
  { kind, cardId, cardKind, colour, issuedAt, expiresAt, keyId }: OwnCard,
  atMs: number,
): Described {
  const fields = { cardId, cardKind, keyId, colour, issuedAt: iso(issuedAt), expiresAt: iso(expiresAt) };
  return { kind, fields, flags: ['signature-unchecked'], errors: atMs > expiresAt ? ['expired-code'] : [] };
}

function describeCertificate({ steps, errors, faults, claims, data, kid, algorithm }: Checked): Described {
  const fields = {
    ...(claims?.issuer !== undefined && { issuer: claims.issuer }),
    ...(claims?.issuedAt !== undefined && { issuedAt: iso(claims.issuedAt) }),
    ...(claims?.expiresAt !== undefined && { expiresAt: iso(claims.expiresAt) }),
    ...(kid !== undefined && { kid }),
    ...(algorithm !== undefined && { algorithm }),
    ...(data && entryOf(data)),
    ...(claims && { payload: claims.data }),
  };
  return { kind: 'certificate', fields, flags: [], errors, steps, ...(faults.length > 0 && { faults }) };
}

const iso = (ms: number): string => new Date(ms).toISOString();
