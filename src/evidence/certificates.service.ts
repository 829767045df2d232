import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/clock.js';
import { Vault } from '../../config/vault.js';
import { Graph } from '../../graph/graph.js';
import type { Caller } from '../auth/caller.js';
import { checkCertificate } from '../domain/codes/certificate/check.js';
import { entryOf, type Entry } from '../domain/codes/certificate/entry.js';
import { factOf, matchHolder, type CertifiedFact, type HolderMatch } from '../domain/codes/certificate/evidence.js';
import type { CertificateData } from '../domain/codes/certificate/schema.js';
import { parseCode } from '../domain/codes/parse.js';
import { neutralTimezone } from '../domain/policy/contact.js';
import { Problem } from '../http/problem.js';
import { People } from '../people/people.service.js';
import { EvidenceService, type Told } from './evidence.service.js';
import { TrustList } from './trust-list.js';

/** A good certificate before anybody said whose it is. */
export interface Shown {
  state: 'to-confirm' | 'linked-already';
  match: HolderMatch;
  certificate: Entry;
}

/** A certificate that became evidence. */
export type Linked = Told & { state: 'linked' };

/** EU certificates become evidence once the person, or an officer who sees them, says that they are theirs (SPEC 2.5). */
@Injectable()
export class Certificates {
  constructor(
    private readonly trust: TrustList,
    private readonly people: People,
    private readonly evidence: EvidenceService,
    private readonly graph: Graph,
    private readonly vault: Vault,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Checks a certificate and compares its holder with a person; nothing is kept. */
  async show(person: string, code: string): Promise<Shown> {
    const { data } = await this.check(code);
    return this.shown(person, data);
  }

  /**
   * Takes a certificate as evidence. Whoever brings their own must match by name and birth date; an officer, who looks
   * at a passport, may also vouch for what is not known yet, but never against what is.
   */
  async link(person: string, code: string, { by, isOwn }: { by: Caller; isOwn: boolean }): Promise<Linked> {
    const { data, fact } = await this.check(code);
    const { match, certificate, state } = await this.shown(person, data);
    const fields = (['name', 'birthDate'] as const).filter((field) => match[field] === 'mismatched' || (isOwn && match[field] === 'unknown')); // prettier-ignore
    if (fields.length > 0) {
      const detail = isOwn
        ? 'Name and birth date of the certificate are not those you are known by: show it at an officer’s desk.'
        : 'The certificate is of somebody with another name or birth date.';
      throw new Problem(409, 'holder-differs', detail, { match, fields });
    }
    if (state === 'linked-already') throw new Problem(409, 'linked-already', 'This certificate was taken before.');
    const told = await this.evidence.add(person, fact, by, this.idOf(certificate)).catch((error: unknown) => {
      if (error instanceof Problem && error.type === 'changed-meanwhile')
        throw new Problem(409, 'certificate-of-another', 'This certificate was taken for somebody else before.');
      throw error;
    });
    return { ...told, state: 'linked' };
  }

  /** Whoever a good certificate was taken for before; undefined when it is not good, or nobody's yet. */
  async holder(code: string): Promise<string | undefined> {
    const checked = await this.check(code).catch((error: unknown) => {
      if (error instanceof Problem) return undefined;
      throw error;
    });
    if (!checked) return undefined;
    const [row] = await this.graph.read('status/holder_of', { id: this.idOf(entryOf(checked.data)) });
    return row?.person;
  }

  private async shown(person: string, data: CertificateData): Promise<Shown> {
    const certificate = entryOf(data);
    const known = await this.people.get(person);
    if (!known) throw new Problem(404, 'person-unknown', 'There is no such person.');
    const [stored] = await this.graph.read('status/one_evidence', { person, id: this.idOf(certificate) });
    const match = matchHolder(known.fields, data);
    return { state: stored ? 'linked-already' : 'to-confirm', match, certificate };
  }

  /** One certificate is one fact of one person, told as often as it may be; its own number is not kept. */
  private idOf({ id, entry }: Entry): string {
    return this.vault.hash(`certificate\0${entry}\0${id}`);
  }

  private async check(code: string): Promise<{ data: CertificateData; fact: CertifiedFact }> {
    const parsed = parseCode(code);
    if (parsed.kind !== 'certificate') throw notGood(['wrong-prefix']);
    const signersOf = this.trust.now();
    if (!signersOf) throw new Problem(503, 'no-trust-list', 'No list of trusted signers is installed here yet.');
    const { errors, data } = await checkCertificate(parsed.text, { signersOf, atMs: this.now() });
    if (errors.length > 0 || !data) throw notGood(errors);
    const fact = factOf(data, neutralTimezone);
    if (!fact) throw notGood(['no-known-fact']);
    return { data, fact };
  }
}

/** Every step that failed is told, by the names of `vetxanh code`. */
function notGood(verdicts: string[]): Problem {
  const errors = verdicts.map((got) => ({ path: 'code', expected: 'a certificate that passes every check', got }));
  return new Problem(422, 'certificate-not-good', `The certificate cannot be taken: ${verdicts.join(', ')}.`, {
    errors,
  });
}
