import { newId } from '../../config/ids.js';
import type { Vault } from '../../config/vault.js';
import { step, type Graph, type RowOf, type Step } from '../../graph/graph.js';
import { noteFor, type Note } from '../../graph/outbox.js';
import { sameBirthDate } from '../domain/identity/birth-date.js';
import { foldName } from '../domain/identity/names.js';
import type { PersonFields } from '../domain/identity/person.js';
import type { KnownPerson } from '../domain/identity/register.js';
import type { RepairRow } from './repairs.js';
import { keyOf } from './sealed.js';

/** A phone that more people share, such as an office's, suggests nothing (assumption). */
const mostPerPhone = 50;

/** Somebody with all that a suggestion goes by. */
interface Described {
  person: string;
  phone: string;
  nameKeys: string;
  birthDate: string;
}

/** The outbox's step: people who were described, and have yet to be compared with others. */
export const alikeStep = 'alike';

/**
 * Those who may be one with people of a batch: the same name, birth date and phone, and no identifier in common (SPEC 3).
 * Nobody is linked by it; a person confirms. A shared phone alone suggests nothing.
 *
 * They are looked for after the commit: of two batches written at one moment neither sees the other before, but the later
 * one the earlier then. So no phone is locked, on which whole parts of a file would wait; a note says what a crash left.
 */
export class Suggestions {
  private readonly described: Described[];
  private readonly note: { note: Note; write: Step };

  constructor(
    private readonly vault: Vault,
    batch: KnownPerson[],
    private readonly atMs: number,
  ) {
    this.described = batch.flatMap((person) => describe(vault, person));
    this.note = noteFor(alikeStep, { people: this.described.map(({ person }) => person) }, atMs);
  }

  /** What belongs into the transaction that describes the batch. */
  get steps(): Step[] {
    return this.described.length > 0 ? [this.note.write] : [];
  }

  /** Queues what it finds; safe to repeat. */
  async look(graph: Graph): Promise<void> {
    if (this.described.length === 0) return;
    const rows = this.described.map(({ person, phone, nameKeys }) => ({ person, phone, nameKeys }));
    const found = this.rowsOf(await graph.read('repairs/alike', { rows, most: mostPerPhone }));
    const queue = found.length > 0 ? [step('people/queue_repair', { rows: found, atMs: this.atMs })] : [];
    await graph.writeAll([...queue, step('outbox/done', { ids: [this.note.note.id] })]);
  }

  private rowsOf(found: RowOf<'repairs/alike'>[]): RepairRow[] {
    const birthDates = new Map(this.described.map(({ person, birthDate }) => [person, birthDate]));
    const pairs = found.flatMap(({ person, other, key, sealed }): [string, string][] => {
      const birthDate = birthDates.get(other) ?? (this.vault.openFor(key, sealed) as PersonFields).birthDate;
      return birthDate && sameBirthDate(birthDate, birthDates.get(person)!) ? [[person, other]] : [];
    });
    return [...new Map(pairs.map((pair) => suggestion(this.vault, pair)).map((row) => [row.key, row])).values()];
  }
}

function describe(vault: Vault, { id, fields }: KnownPerson): Described[] {
  const { name, birthDate, phone } = fields;
  if (name === undefined || birthDate === undefined || phone === undefined) return [];
  const nameKeys = vault.nameKeys(foldName(name));
  return [{ person: id, phone: keyOf(vault, { system: 'phone', value: phone }), nameKeys, birthDate }];
}

function suggestion(vault: Vault, pair: [string, string]): RepairRow {
  const people = [...pair].sort();
  const reasons = people.map((person) => ({ person, found: { verdict: 'no-id' } }));
  const key = vault.hash(`suggestion\0${people.join(' ')}`);
  return { id: newId(), key, kind: 'suggestion', people, reasons: JSON.stringify(reasons), sealed: null };
}
