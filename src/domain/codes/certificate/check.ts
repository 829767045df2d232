import { certificatePrefix } from '../certificate.js';
import type { Algorithm, Signed } from './cose.js';
import { unpackCertificate, type Claims } from './read.js';
import { certificateSchema, kindsOf, type CertificateData, type EntryKind } from './schema.js';

/** The steps of the public test vectors, in their order. */
export const stepNames = [
  'unprefix',
  'base45',
  'compression',
  'decode',
  'verify',
  'keyUsage',
  'expiration',
  'schema',
] as const;
/** Whether each step went well; null where it was not reached. */
export type Steps = Record<(typeof stepNames)[number], boolean | null>;

/** What is wrong with a certificate; each but the last four belongs to a step. */
export type CertificateError =
  | 'wrong-prefix'
  | 'bad-base45'
  | 'bad-compression'
  | 'bad-structure'
  | 'unknown-algorithm'
  | 'unknown-signer'
  | 'bad-signature'
  | 'wrong-key-usage'
  | 'not-yet-valid'
  | 'expired'
  | 'no-expiry'
  | 'bad-schema'
  /** The signature is good, but the signer's own certificate was not valid at that instant. */
  | 'signer-not-yet-valid'
  | 'signer-expired'
  | 'no-trust-list';

/** Somebody whose signature is trusted: the certificate of a health authority. */
export interface Signer {
  /** Epoch milliseconds, both included. */
  fromMs: number;
  toMs: number;
  /** Object identifiers of its extended key usage. */
  purposes: readonly string[];
  /** Hashing and keys are the caller's: node:crypto on servers, WebCrypto in browsers. */
  verify: (algorithm: Algorithm, signed: Uint8Array, signature: Uint8Array) => boolean | Promise<boolean>;
}

/** Everybody with this key id (base64 of its bytes). */
export type SignersOf = (kid: string) => readonly Signer[];

export interface Checked {
  steps: Steps;
  /** Empty of a valid certificate; the first is the one to tell. */
  errors: CertificateError[];
  /** Where the payload breaks its schema. */
  faults: string[];
  /** The payload, if its schema holds. */
  data?: CertificateData;
  /** With the payload as it was read, whether its schema holds or not. */
  claims?: Claims;
  kid?: string;
  algorithm?: Algorithm;
}

/** What is asked for with a certificate: whom to believe (nobody is asked without), and the present instant. */
export interface Terms {
  signersOf: SignersOf | undefined;
  atMs: number;
}

/**
 * Checks a certificate in all its steps (SPEC 2.5). A step whose input could be read is taken whatever the others gave,
 * so that all faults are told at once. Never throws, unless a signer does.
 */
export async function checkCertificate(text: string, terms: Terms): Promise<Checked> {
  const checked = new Check(terms);
  if (!text.startsWith(certificatePrefix)) return checked.step('unprefix', false, 'wrong-prefix');
  checked.step('unprefix', true);
  const { packed, message, signed, claims } = unpackCertificate(text);
  if (!checked.passes('base45', packed, 'bad-base45')) return checked;
  if (!checked.passes('compression', message, 'bad-compression')) return checked;
  checked.passes('decode', claims, 'bad-structure');
  await checked.signature(signed, kindsOf(claims?.data));
  if (claims) checked.contents(claims);
  return checked;
}

/** The usages that a signer may be limited to, under both numbers that are in use. */
const usages: Record<EntryKind, string[]> = {
  test: ['1.3.6.1.4.1.1847.2021.1.1', '1.3.6.1.4.1.0.1847.2021.1.1'],
  vaccination: ['1.3.6.1.4.1.1847.2021.1.2', '1.3.6.1.4.1.0.1847.2021.1.2'],
  recovery: ['1.3.6.1.4.1.1847.2021.1.3', '1.3.6.1.4.1.0.1847.2021.1.3'],
};
const allUsages = Object.values(usages).flat();

class Check implements Checked {
  readonly steps: Steps = {
    unprefix: null,
    base45: null,
    compression: null,
    decode: null,
    verify: null,
    keyUsage: null,
    expiration: null,
    schema: null,
  };
  readonly errors: CertificateError[] = [];
  faults: string[] = [];
  data?: CertificateData;
  claims?: Claims;
  kid?: string;
  algorithm?: Algorithm;

  constructor(private readonly terms: Terms) {}

  step(name: keyof Steps, good: boolean, error?: CertificateError): this {
    this.steps[name] = good;
    if (!good && error) this.errors.push(error);
    return this;
  }

  passes(name: keyof Steps, part: unknown, error: CertificateError): boolean {
    this.step(name, part !== undefined, error);
    return part !== undefined;
  }

  /** What cannot be taken apart is signed by nobody. */
  async signature(signed: Signed | undefined, kinds: EntryKind[]): Promise<void> {
    if (!signed) return void this.step('verify', false);
    if (signed.kid !== undefined) this.kid = signed.kid;
    if (signed.algorithm !== undefined) this.algorithm = signed.algorithm;
    if (!this.terms.signersOf) return void this.errors.push('no-trust-list');
    const signers = signed.kid === undefined ? [] : this.terms.signersOf(signed.kid);
    if (signers.length === 0) return void this.step('verify', false, 'unknown-signer');
    const signer = await signerOf(signed, signers);
    this.step('verify', signer !== undefined, signed.algorithm ? 'bad-signature' : 'unknown-algorithm');
    this.usage(signer ?? signers[0]!, kinds);
    if (signer) this.validityOf(signer);
  }

  contents(claims: Claims): void {
    this.claims = claims;
    this.validity(claims);
    const schema = certificateSchema.safeParse(claims.data);
    this.step('schema', schema.success, 'bad-schema');
    if (schema.success) this.data = schema.data;
    else this.faults = schema.error.issues.map(({ path, message }) => `${path.join('.') || 'payload'}: ${message}`);
  }

  /** A signer that names no usage may sign all three kinds. */
  private usage({ purposes }: Signer, kinds: EntryKind[]): void {
    const limits = purposes.filter((purpose) => allUsages.includes(purpose));
    const may = (kind: EntryKind) => limits.length === 0 || usages[kind].some((usage) => limits.includes(usage));
    if (kinds.length > 0) this.step('keyUsage', kinds.every(may), 'wrong-key-usage');
  }

  private validityOf({ fromMs, toMs }: Signer): void {
    if (this.terms.atMs < fromMs) this.errors.push('signer-not-yet-valid');
    if (this.terms.atMs > toMs) this.errors.push('signer-expired');
  }

  private validity({ issuedAt, notBefore, expiresAt }: Claims): void {
    const { atMs } = this.terms;
    const early = atMs < Math.max(issuedAt ?? -Infinity, notBefore ?? -Infinity);
    const error = early ? 'not-yet-valid' : expiresAt === undefined ? 'no-expiry' : 'expired';
    this.step('expiration', !early && expiresAt !== undefined && atMs < expiresAt, error);
  }
}

/** The one of several signers with this key id whose signature it is: eight bytes may be another's too. */
async function signerOf(
  { algorithm, signed, signature }: Signed,
  signers: readonly Signer[],
): Promise<Signer | undefined> {
  if (!algorithm) return undefined;
  for (const signer of signers) if (await signer.verify(algorithm, signed, signature)) return signer;
  return undefined;
}
