import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/clock.js';
import { canonical } from '../../config/policy.js';
import { Vault } from '../../config/vault.js';
import { Graph, step, type RowOf, type Step } from '../../graph/graph.js';
import { BulkGuard, refuseDecided, stillOpen, type Held } from '../bulk-guard.js';
import type { Evidence } from '../domain/colour/evidence.js';
import { Problem } from '../http/problem.js';
import { StatusNews } from '../status-news.js';
import { TraceNews } from '../trace-news.js';

const labels = {
  test: 'Test',
  dose: 'Dose',
  recovery: 'Recovery',
  declaration: 'Declaration',
  quarantine: 'Quarantine',
  isolation: 'Isolation',
  override: 'Override',
} as const;

/** The kinds of facts that are told of people; exposures and cases come from tracing. */
export type ToldEvidence = Extract<Evidence, { kind: keyof typeof labels }>;

/** Facts that end a contact's carrying, so that cases are traced anew (SPEC section 5 rule 4). */
const ofTracing: readonly string[] = ['test', 'quarantine', 'isolation'] satisfies (keyof typeof labels)[];

/** A fact about a person. */
export interface NewFact {
  person: string;
  fact: ToldEvidence;
}

export type ToldRow = RowOf<'status/tell_evidence'>;

/** What a fact says, whoever told it: an officer who tells an override again takes nobody's agreement away. */
const said = (fact: ToldEvidence): object => (fact.kind === 'override' ? { ...fact, by: null } : fact);

/** Writes facts about people; versions rise, colours and the cases whose chains they cut follow (DESIGN section 1). */
@Injectable()
export class EvidenceWriter {
  constructor(
    private readonly graph: Graph,
    private readonly vault: Vault,
    private readonly statuses: StatusNews,
    private readonly traces: TraceNews,
    private readonly guard: BulkGuard,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** All or nothing; resolves to what changed. People who are not known, or were erased, are left out. */
  async tell(facts: NewFact[], by: string): Promise<ToldRow[]> {
    const coming = facts.map(({ person, fact }) => ({ person, facts: [fact] }));
    return this.guard.writing(coming, by, (held) => this.tellHeld(facts, by, held));
  }

  private async tellHeld(facts: NewFact[], by: string, held: Held): Promise<ToldRow[]> {
    const people = await this.graph.read('gate/people', { ids: [...new Set(facts.map(({ person }) => person))] });
    const keys = new Map(people.map(({ id, key }) => [id, key]));
    const rows = facts.flatMap(({ person, fact }) => {
      const key = keys.get(person);
      if (!key) return [];
      const { id, kind, at } = fact;
      const print = this.vault.hash(`evidence\0${person}\0${canonical(said(fact))}`);
      const [sealed, until] = [this.vault.sealFor(key, fact), 'until' in fact ? fact.until : null];
      return [
        { person, id, label: labels[kind], kind, sealed, print, from: at, until, hold: held.get(person) ?? null },
      ];
    });
    if (rows.length === 0) return [];
    const write = step('status/tell_evidence', { rows, by, atMs: this.now() });
    const touched = rows.map(({ person, kind }) => ({ person, kind }));
    return (await this.change(write, touched, held)) as ToldRow[];
  }

  /** One transaction: the change, the note for the colours, and the note for the cases it may change. */
  async change(write: Step, touched: { person: string; kind: string }[], held: Held = new Map()): Promise<unknown[]> {
    const colour = this.statuses.noteFor([...new Set(touched.map(({ person }) => person))]);
    const carrying = touched.filter(({ kind }) => ofTracing.includes(kind)).map(({ person }) => person);
    const trace = carrying.length ? [this.traces.noteFor([], [...new Set(carrying)])] : [];
    const notes = [colour, ...trace].map((noted) => noted.write);
    const rows = await this.graph.writeAll([write, ...notes, ...stillOpen(held)], (all) => refuseDecided(held, all));
    await this.statuses.handOn([colour.note]);
    if (trace.length) await this.traces.handOn(trace.map(({ note }) => note));
    return rows[0]!;
  }

  /** The same, where a change of nothing is a conflict. */
  async changeOne(write: Step, touched: { person: string; kind: string }): Promise<{ version: number }> {
    const [row] = (await this.change(write, [touched])) as { version: number }[];
    if (!row) throw new Problem(409, 'changed-meanwhile', 'Somebody changed this at the same moment.');
    return row;
  }
}
