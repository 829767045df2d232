import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/clock.js';
import { Vault } from '../../config/vault.js';
import { Graph } from '../../graph/graph.js';
import type { StoredCase, StoredExposure } from '../../graph/queries/cases.js';
import { readSubjects, type KnownSubject } from '../../graph/subjects.js';
import { traceCase } from '../../graph/tracing.js';
import { contactOf } from '../case-contact.js';
import type { Colour } from '../domain/admission.js';
import { colourOf } from '../domain/colour/colour.js';
import type { Evidence } from '../domain/colour/evidence.js';
import { settings } from '../domain/policy/contact.js';
import type { Changes } from '../domain/policy/what-if.js';
import { Policies } from '../policies.js';
import type { ChangePreviewBody } from './bodies.js';
import { undated } from './cases.service.js';
import { byLevel } from './shown.js';

/** People read at once, and people whom the answer names (assumptions). */
const peoplePerRead = 2_000;
const mostNamed = 100;

/** What a change of a case would do: contacts by level, and people from colour to colour. */
export interface ShownChange {
  counts: Record<string, number>;
  /** People of the case as it is and as it would be. */
  looked: number;
  changed: number;
  changes: Changes;
  /** Some of those whose colour changes: the first hundred. */
  people: { person: string; from: Colour; to: Colour }[];
}

/** Whose colour changes if a case is amended or taken back; nothing is kept. */
@Injectable()
export class ChangePreview {
  constructor(
    private readonly graph: Graph,
    private readonly vault: Vault,
    private readonly policies: Policies,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async of(stored: StoredCase, change: ChangePreviewBody): Promise<ShownChange> {
    const changed = 'retract' in change ? undefined : amended(stored, change);
    const levels = changed ? await this.trace(changed) : [];
    const after = new Map(levels.flat().map((row) => [row.person, row]));
    const before = await this.graph.read('cases/exposed', { id: stored.id });
    const people = [...new Set([stored.person, ...before.map(({ person }) => person), ...after.keys()])];
    const settingOf = await this.settingsOf([...after.values()].map(({ venue }) => venue));
    const supposed = ({ person, evidence }: KnownSubject): Evidence[] => [
      ...evidence.filter((fact) => !('case' in fact && fact.case === stored.id)),
      ...(changed && person.id === stored.person ? [caseFact(changed)] : []),
      ...(after.has(person.id) ? [exposureFact(stored.id, after.get(person.id)!, settingOf)] : []),
    ];
    const counts = byLevel(levels.map(({ length }) => length));
    return { counts, looked: people.length, ...(await this.compare(people, supposed)) };
  }

  private async trace(changed: StoredCase): Promise<StoredExposure[][]> {
    const { graph, vault } = this;
    const contact = await contactOf(this.policies, changed);
    const levels: StoredExposure[][] = [];
    for await (const { parts } of traceCase(changed, { graph, vault, contact })) levels.push([...parts()].flat());
    return levels;
  }

  private async compare(people: string[], supposed: (subject: KnownSubject) => Evidence[]) {
    const found: Pick<ShownChange, 'changed' | 'changes' | 'people'> = { changed: 0, changes: {}, people: [] };
    const [atMs, tools] = [this.now(), { graph: this.graph, vault: this.vault }];
    for (let at = 0; at < people.length; at += peoplePerRead) {
      const subjects = await readSubjects(tools, people.slice(at, at + peoplePerRead), () => undefined);
      const versionsOf = await this.policies.versionsOf(subjects.map(({ person }) => person.unit));
      for (const subject of subjects) {
        const { id: person, unit } = subject.person;
        const colour = (evidence: Evidence[]) => colourOf({ ...subject, evidence }, versionsOf(unit), atMs).colour;
        const [from, to] = [colour(subject.evidence), colour(supposed(subject))];
        const row = (found.changes[from] ??= {});
        row[to] = (row[to] ?? 0) + 1;
        if (from === to) continue;
        found.changed++;
        if (found.people.length < mostNamed) found.people.push({ person, from, to });
      }
    }
    return found;
  }

  private async settingsOf(ids: string[]): Promise<Map<string, string>> {
    const rows = await this.graph.read('venues/by_ids', { ids: [...new Set(ids)] });
    return new Map(rows.map(({ venue }) => [venue.id, venue.setting]));
  }
}

function amended(stored: StoredCase, change: Exclude<ChangePreviewBody, { retract: true }>): StoredCase {
  const { onset = stored.onset, sampledAt = stored.sampledAt, isolatedAt = stored.isolatedAt } = change;
  if (onset !== null || sampledAt !== null) return { ...stored, onset, sampledAt, isolatedAt };
  throw undated();
}

const caseFact = ({ id, onset, sampledAt, isolatedAt }: StoredCase): Evidence => ({
  kind: 'case',
  case: id,
  at: (onset ?? sampledAt)!,
  ...(isolatedAt !== null && { isolatedAt }),
});

function exposureFact(of: string, row: StoredExposure, settingOf: Map<string, string>): Evidence {
  const { level, at, lastAt, minutes, trust, dose } = row;
  const setting = settings.find((one) => one === settingOf.get(row.venue));
  const fact = { kind: 'exposure' as const, case: of, level, at, lastAt, minutes, trust };
  return { ...fact, ...(dose !== null && { dose }), ...(setting && { setting }) };
}
