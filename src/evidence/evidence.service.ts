import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/clock.js';
import { newId } from '../../config/ids.js';
import { Vault } from '../../config/vault.js';
import { Graph, step, type Step } from '../../graph/graph.js';
import type { Caller } from '../auth/caller.js';
import { evidenceFact, type Evidence } from '../domain/colour/evidence.js';
import { Problem } from '../http/problem.js';
import { StatusNews } from '../status-news.js';
import { TraceNews } from '../trace-news.js';
import { factOf, type EvidenceBody } from './bodies.js';

/** How far a clock of somebody else may be ahead of ours: as for scans (SPEC section 12). */
const aheadMs = 5 * 60_000;

/** What happened cannot lie ahead; a quarantine, a declaration and an override may. */
const happened: Evidence['kind'][] = ['test', 'dose', 'recovery'];

const labels = {
  test: 'Test',
  dose: 'Dose',
  recovery: 'Recovery',
  declaration: 'Declaration',
  quarantine: 'Quarantine',
  override: 'Override',
} as const;
type StoredKind = keyof typeof labels;

/** Facts that end a contact's carrying, so that cases are traced anew (SPEC section 5 rule 4). */
const ofTracing: string[] = ['test', 'quarantine'] satisfies StoredKind[];

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
    private readonly statuses: StatusNews,
    private readonly traces: TraceNews,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async add(person: string, body: EvidenceBody, by: Caller): Promise<Told> {
    const nowMs = this.now();
    const fact = factOf(body, { id: newId(), by: by.id, nowMs });
    if (happened.includes(fact.kind) && fact.at > nowMs + aheadMs) throw ahead(fact);
    const { id, kind } = fact as Evidence & { kind: StoredKind };
    const times = { fromMs: fact.at, untilMs: 'until' in fact ? fact.until : null, by: by.id, atMs: nowMs };
    const sealed = this.vault.sealFor(await this.keyOf(person), fact);
    const write = step('status/add_evidence', { person, id, label: labels[kind], kind, sealed, ...times });
    const [row] = (await this.change(person, kind, write)) as { version: number }[];
    return { id, kind, version: row!.version, ...(kind === 'override' && { waiting: true as const }) };
  }

  /** The second officer of an override; the same one again is refused (SPEC section 6). */
  async agree(person: string, id: string, by: Caller): Promise<Told> {
    const [stored] = await this.graph.read('status/one_evidence', { person, id });
    if (stored?.kind !== 'override') throw unknown();
    const { key } = stored;
    const fact = evidenceFact.parse(this.vault.openFor(key, stored.sealed)) as Evidence & { kind: 'override' };
    if (fact.by.includes(by.id)) {
      throw new Problem(409, 'second-officer-needed', 'Another officer than the first must agree.');
    }
    if (fact.by.length > 1) throw new Problem(409, 'agreed-already', 'Two officers have agreed already.');
    const sealed = this.vault.sealFor(key, { ...fact, by: [...fact.by, by.id] });
    const write = step('status/replace_evidence', { person, id, was: stored.sealed, sealed });
    const [row] = (await this.change(person, fact.kind, write)) as { version: number }[];
    return { id, kind: fact.kind, version: row!.version };
  }

  async remove(person: string, id: string): Promise<void> {
    const [stored] = await this.graph.read('status/one_evidence', { person, id });
    if (!stored) throw unknown();
    await this.change(person, stored.kind, step('status/remove_evidence', { person, id }));
  }

  /** One transaction: the change, the note for the colour, and the note for the cases it may change. */
  private async change(person: string, kind: string, write: Step): Promise<unknown[]> {
    const colour = this.statuses.noteFor([person]);
    const cases = await this.casesOf(person, kind);
    const trace = cases.length ? [this.traces.noteFor(cases)] : [];
    const steps = [write, ...[colour, ...trace].map((noted) => noted.write)];
    const rows = await this.graph.writeAll(steps, ([changed]) => {
      if (!changed?.length) throw new Problem(409, 'changed-meanwhile', 'Somebody changed this at the same moment.');
    });
    await this.statuses.handOn([colour.note]);
    if (trace.length) await this.traces.handOn(trace.map(({ note }) => note));
    return rows[0]!;
  }

  /** The cases that this person carries on, or is: a clearing test or a quarantine shortens their chains. */
  private async casesOf(person: string, kind: string): Promise<string[]> {
    if (!ofTracing.includes(kind)) return [];
    const cases = await this.graph.read('status/cases_met', { person });
    return cases.map((one) => one.case);
  }

  /** The person's own key; somebody who was erased is known no more. */
  private async keyOf(person: string): Promise<string> {
    const [stored] = await this.graph.read('people/by_id', { id: person });
    if (!stored?.key) throw new Problem(404, 'not-found', 'There is no such person.');
    return stored.key;
  }
}

const unknown = (): Problem => new Problem(404, 'not-found', 'This person has no such evidence.');

function ahead({ kind }: Evidence): Problem {
  const path = kind === 'test' ? 'sampledAt' : 'at';
  const errors = [{ path, expected: 'an instant at or before now', got: 'a later one' }];
  return new Problem(422, 'bad-input', 'What happened cannot lie ahead.', { errors });
}
