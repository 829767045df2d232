import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/clock.js';
import { newId } from '../../config/ids.js';
import { Vault } from '../../config/vault.js';
import { Graph, step } from '../../graph/graph.js';
import type { Caller } from '../auth/caller.js';
import { evidenceFact, type Evidence } from '../domain/colour/evidence.js';
import { Problem } from '../http/problem.js';
import { factOf, isAhead, type EvidenceBody } from './bodies.js';
import { EvidenceWriter } from './evidence-writer.js';
import { showEvidence, type ShownEvidence } from './shown.js';

/** What is told of a person as it is answered. */
export interface Told {
  id: string;
  kind: Evidence['kind'];
  version: number;
  /** An override waits for a second officer. */
  waiting?: true;
}

/** Facts about people: told, agreed to, taken back; the version rises and the colour follows in the same step. */
@Injectable()
export class EvidenceService {
  constructor(
    private readonly graph: Graph,
    private readonly vault: Vault,
    private readonly writer: EvidenceWriter,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** A fact of an id that is there already, whoever's it is, is refused. */
  async add(person: string, body: EvidenceBody, by: Caller, factId = newId()): Promise<Told> {
    const nowMs = this.now();
    const fact = factOf(body, { id: factId, by: by.id, nowMs });
    if (isAhead(fact, nowMs)) throw ahead(fact);
    if (fact.kind === 'override' && fact.until <= fact.at) throw over();
    const { id, kind } = fact;
    const [row] = await this.writer.tell([{ person, fact }], by.id);
    if (!row) {
      await this.refuseUnknown(person);
      throw new Problem(409, 'taken-back', 'This was taken back before, and stays so; tell it anew if it is true.');
    }
    if (row.fate === 'elsewhere') throw new Problem(409, 'changed-meanwhile', 'This is a fact of somebody else.');
    return { id, kind, version: row.version, ...(kind === 'override' && { waiting: true as const }) };
  }

  /** What was told of a person, and of who is the same person, oldest first. */
  async list(person: string): Promise<ShownEvidence[]> {
    await this.refuseUnknown(person);
    const stored = await this.graph.read('status/evidence_of', { person });
    return stored.map((row) => showEvidence(evidenceFact.parse(this.vault.openFor(row.key, row.sealed)), row));
  }

  /**
   * The second officer of an override, the same one again is refused (SPEC section 6); or an officer who vouches that a
   * laboratory's result is this person's, of which the laboratory knew fewer than two identifiers (SPEC section 9).
   */
  async agree(person: string, id: string, by: Caller): Promise<Told> {
    const [stored] = await this.graph.read('status/one_evidence', { person, id });
    if (!stored) throw unknown();
    const { key } = stored;
    const fact = evidenceFact.parse(this.vault.openFor(key, stored.sealed));
    const sealed = this.vault.sealFor(key, agreed(fact, by.id));
    const write = step('status/replace_evidence', { person, id, was: stored.sealed, sealed });
    const { version } = await this.writer.changeOne(write, { person, kind: fact.kind });
    return { id, kind: fact.kind, version };
  }

  async remove(person: string, id: string, by: Caller): Promise<void> {
    const [stored] = await this.graph.read('status/one_evidence', { person, id });
    if (!stored) throw unknown();
    const write = step('status/remove_evidence', { person, id, by: by.id, atMs: this.now() });
    await this.writer.changeOne(write, { person, kind: stored.kind });
  }

  /** Somebody who was erased is known no more. */
  private async refuseUnknown(person: string): Promise<void> {
    const [stored] = await this.graph.read('people/by_id', { id: person });
    if (!stored?.key) throw personUnknown();
  }
}

/** The fact with one more officer behind it. */
function agreed(fact: Evidence, by: string): Evidence {
  if (fact.kind === 'test' && fact.unsure) {
    const { unsure: _, ...sure } = fact;
    return sure;
  }
  if (fact.kind !== 'override') throw new Problem(409, 'agreed-already', 'This needs nobody to agree.');
  if (fact.by.includes(by)) {
    throw new Problem(409, 'second-officer-needed', 'Another officer than the first must agree.');
  }
  if (fact.by.length > 1) throw new Problem(409, 'agreed-already', 'Two officers have agreed already.');
  return { ...fact, by: [...fact.by, by] };
}

const personUnknown = (): Problem => new Problem(404, 'not-found', 'There is no such person.');
const unknown = (): Problem => new Problem(404, 'not-found', 'This person has no such evidence.');

/** One that begins now must end later: nobody sees the instant at which it begins when it is checked for its form. */
function over(): Problem {
  const errors = [{ path: 'until', expected: 'an instant after now', got: 'an earlier one' }];
  return new Problem(422, 'bad-input', 'This would be over before it begins.', { errors });
}

function ahead({ kind }: Evidence): Problem {
  const path = kind === 'test' ? 'sampledAt' : 'at';
  const errors = [{ path, expected: 'an instant at or before now', got: 'a later one' }];
  return new Problem(422, 'bad-input', 'What happened cannot lie ahead.', { errors });
}
