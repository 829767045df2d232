import { constants, verify, X509Certificate, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { Signer, SignersOf } from '../src/domain/codes/certificate/check.js';
import type { Algorithm } from '../src/domain/codes/certificate/cose.js';

/** A trust list as its file holds it: the key id (base64, 8 bytes) and the certificate (base64 of DER) of each signer. */
export const trustListSchema = z.array(z.object({ kid: z.string().min(1), certificate: z.string().min(1) }));

/** A trust list that cannot be used; `message` names the entry. */
export class TrustListError extends Error {}

/** Reads a trust list. Throws a {@link TrustListError} that says which entry is no certificate. */
export function readTrustList(text: string): SignersOf {
  const signers = new Map<string, Signer[]>();
  for (const [at, { kid, certificate }] of parse(text).entries()) {
    const key = Buffer.from(kid, 'base64').toString('base64');
    const signer = signerOf(certificate);
    if (!signer || key === '')
      throw new TrustListError(`entry ${at + 1} (${kid}): expected base64 of a kid and of DER`);
    signers.set(key, [...(signers.get(key) ?? []), signer]);
  }
  return (kid) => signers.get(kid) ?? [];
}

function parse(text: string): z.output<typeof trustListSchema> {
  try {
    return trustListSchema.parse(JSON.parse(text));
  } catch {
    throw new TrustListError('expected a JSON list of {kid, certificate}');
  }
}

function signerOf(der: string): Signer | undefined {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(Buffer.from(der.replace(/-----[^-]+-----/g, ''), 'base64'));
  } catch {
    return undefined;
  }
  const key = keyOf(certificate);
  return {
    fromMs: Date.parse(certificate.validFrom),
    toMs: Date.parse(certificate.validTo),
    purposes: (certificate as { keyUsage?: string[] }).keyUsage ?? [],
    verify: (algorithm, signed, signature) => key !== undefined && isSignedBy(key, algorithm, { signed, signature }),
  };
}

/** One signer of a nation's list whose key cannot be used here must not keep all the others from being believed. */
function keyOf(certificate: X509Certificate): KeyObject | undefined {
  try {
    return certificate.publicKey;
  } catch {
    return undefined;
  }
}

const keyTypes: Record<Algorithm, string[]> = { ES256: ['ec'], PS256: ['rsa', 'rsa-pss'] };

/** A key of another kind than the algorithm asks for has signed nothing. */
function isSignedBy(
  key: KeyObject,
  algorithm: Algorithm,
  { signed, signature }: { signed: Uint8Array; signature: Uint8Array },
): boolean {
  if (!keyTypes[algorithm].includes(key.asymmetricKeyType ?? '')) return false;
  const how =
    algorithm === 'ES256'
      ? { key, dsaEncoding: 'ieee-p1363' as const }
      : { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  try {
    return verify('sha256', signed, how, signature);
  } catch {
    return false;
  }
}
