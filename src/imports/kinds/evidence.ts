import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../../config/clock.js';
import { canonical } from '../../../config/policy.js';
import { Vault } from '../../../config/vault.js';
import { evidenceBody, factOf, isAhead } from '../../evidence/bodies.js';
import { EvidenceWriter, type NewFact, type ToldEvidence, type ToldRow } from '../../evidence/evidence-writer.js';
import { bodyOfRow, columnOf, evidenceColumns } from '../../domain/files/evidence.js';
import { instantExpected } from '../../domain/files/instant.js';
import { expectedBy } from '../../http/zod.js';
import type { Row } from '../table.js';
import type { Tally, Why } from '../tally.js';
import { EvidencePeople, readWho, type Who } from './evidence-people.js';
import type { FileOptions, OpenFile } from './kind.js';
import { shown } from './values.js';

interface RowFact {
  row: Row;
  who: Who;
  fact: ToldEvidence;
}

/**
 * Evidence of laboratories, vaccination and quarantine registers (SPEC 9, 12). A row is known by its source's `id`, or by
 * what it says; a second run changes nothing, another content under the same id amends it.
 */
@Injectable()
export class EvidenceFiles {
  constructor(
    private readonly writer: EvidenceWriter,
    private readonly people: EvidencePeople,
    private readonly vault: Vault,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  open(options: FileOptions): OpenFile {
    return { columns: evidenceColumns, take: (rows, tally) => this.take(rows, { options, tally }) };
  }

  private async take(rows: Row[], { options, tally }: { options: FileOptions; tally: Tally }): Promise<void> {
    const read = rows.flatMap((row) => this.read(row, options, tally));
    const found = await this.people.find(
      read.map(({ who }) => who),
      options.unit,
    );
    const facts = new Map<string, NewFact & { row: Row; waits: boolean }>();
    for (const [at, { row, fact }] of read.entries()) {
      const who = found[at]!;
      if ('conflict' in who) {
        tally.add('queued');
        continue;
      }
      const told = withDoubt({ ...fact, id: this.idOf(row, { fact, ...who, source: options.source }) }, who.agreeing);
      const same = facts.get(told.id);
      if (same && same.person !== who.person) {
        tally.reject(row, elsewhere(row));
        continue;
      }
      if (same) tally.add('merged');
      const waits = told.kind === 'override' || 'unsure' in told;
      facts.set(told.id, { person: who.person, fact: told, row, waits });
    }
    const changed = await this.writer.tell([...facts.values()], options.by);
    tell([...facts], changed, tally);
  }

  private read(row: Row, { shiftMs, by }: FileOptions, tally: Tally): RowFact[] {
    const nowMs = this.now();
    const who = readWho(row, nowMs);
    if ('why' in who) {
      tally.reject(row, who.why);
      return [];
    }
    if ((row.by['at'] ?? '') === '') {
      tally.reject(row, undated);
      return [];
    }
    const { success, data, error } = evidenceBody.safeParse(bodyOfRow(row.by));
    if (!success) {
      const [issue] = error.issues;
      const column = columnOf(row.by['kind'] ?? '', String(issue?.path[0] ?? 'kind'));
      const expected = expectedBy(issue?.message ?? 'another value');
      tally.reject(row, { column, expected, got: shown(row.by[column]), reason: 'bad-value' });
      return [];
    }
    const fact = shifted(factOf(data, { id: 'of-a-file', by, nowMs }), shiftMs);
    if (!isAhead(fact, nowMs)) return [{ row, who, fact }];
    tally.reject(row, { ...ahead, got: shown(row.by['at']) });
    return [];
  }

  /** What the row is known by ever after; an id without its content, so that a correction finds it. */
  private idOf({ by }: Row, of: { fact: ToldEvidence; person: string; source: string | undefined }): string {
    const own = by['id'] ?? '';
    const known = own === '' ? [of.person, canonical({ ...of.fact, by: null })] : [own];
    return this.vault.hash(['evidence of a file', of.source ?? '', ...known].join('\0'), 18);
  }
}

/** A positive result of which too few identifiers are the person's is perhaps somebody else's. */
const withDoubt = (fact: ToldEvidence, matching: number): ToldEvidence =>
  fact.kind === 'test' && fact.result === 'positive' && matching < needed ? { ...fact, unsure: true } : fact;

/** Identifiers of a laboratory that must be the person's before its result may turn anybody red (SPEC section 9). */
const needed = 2;

/** Also an override needs one: the present instant would make another fact of it each time the file comes. */
const undated: Why = { column: 'at', expected: instantExpected, got: 'nothing', reason: 'bad-value' };

const ahead = { column: 'at', expected: 'an instant at or before now', reason: 'in-future' } as const;

function shifted(fact: ToldEvidence, ms: number): ToldEvidence {
  if (ms === 0) return fact;
  const moved = { ...fact, at: fact.at + ms };
  if ('until' in moved && moved.until !== null) moved.until += ms;
  return moved;
}

/** What became of the rows of a part: those of which nothing came back were in already. */
function tell(facts: [string, { row: Row; waits: boolean }][], changed: ToldRow[], tally: Tally): void {
  const fates = new Map(changed.map(({ id, fate }) => [id, fate]));
  for (const [id, { row, waits }] of facts) {
    const fate = fates.get(id);
    if (fate === 'elsewhere') tally.reject(row, elsewhere(row));
    else if (fate === 'told') tally.add(waits ? 'queued' : 'accepted');
    else tally.add('merged');
  }
}

const elsewhere = ({ by }: Row): Why => ({
  column: 'id',
  expected: 'a record of this person',
  got: shown(by['id']),
  reason: 'contradiction',
});
