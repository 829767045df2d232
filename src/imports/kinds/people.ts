import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { CLOCK, type Clock } from '../../../config/clock.js';
import { bornExpected, isBornBy } from '../../domain/identity/birth-date.js';
import { systemNames, systemOf } from '../../domain/identity/identifiers.js';
import { readSourceRow, sourceOf, verifies, type SourceName } from '../../domain/identity/sources.js';
import { personFields, type PersonFields } from '../../domain/identity/person.js';
import { Registrations, type Registration } from '../../people/registration.service.js';
import type { Columns, Row } from '../table.js';
import type { Fate, Tally, Why } from '../tally.js';
import type { FileOptions, OpenFile } from './kind.js';
import { firstFault, shown } from './values.js';

/** Columns that hold identifiers, named after their system; `person` is the id by which other files name the person. */
const systems = systemNames.filter((name) => name !== 'import' && name !== 'phone');

const columns: Columns = {
  needed: [],
  optional: ['birthDate', 'gender', 'phone'],
  oneOf: ['person', 'name', ...systems],
};

/**
 * Parts of a file that are under way at once: while the graph writes one, the next are read and decided. Two that name one
 * person start over where they meet. With two parts either side waits for the other a third of the time.
 */
const partsAtOnce = 3;

interface RowPerson {
  row: Row;
  fields: PersonFields;
}

/** People of earlier apps and registers, who need not declare again (SPEC 3, 12): any subset of the columns. */
@Injectable()
export class PeopleFiles {
  constructor(
    private readonly registrations: Registrations,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  open({ unit, earlier: source }: FileOptions): OpenFile {
    const reading: Reading =
      source === undefined
        ? { read: readPerson, isSeen: isVerified, born: 'birthDate' }
        : {
            read: (row, tally) => readEarlier(source, row, tally),
            isSeen: (fields) => verifies(source, fields),
            born: birthColumnOf(source),
          };
    const underWay: Promise<void>[] = [];
    const take = async (rows: Row[], tally: Tally): Promise<void> => {
      const part = this.take(rows, { ...reading, unit, tally });
      part.catch(() => undefined);
      underWay.push(part);
      if (underWay.length >= partsAtOnce) await underWay.shift();
    };
    const settle = async (): Promise<void> => {
      for (const part of underWay) await part;
    };
    return { columns: source === undefined ? columns : columnsOf(source), take, settle };
  }

  private async take(rows: Row[], { unit, tally, read: readRow, isSeen, born }: Taking): Promise<void> {
    const nowMs = this.now();
    const read = rows.flatMap((row) => readRow(row, tally)).filter((each) => isBorn(each, { nowMs, born, tally }));
    for (const verified of [true, false]) {
      const part = read.filter(({ fields }) => isSeen(fields) === verified);
      if (part.length === 0) continue;
      const records = part.map(({ fields }) => fields);
      const outcomes = await this.registrations.register(records, { verified, unit });
      for (const outcome of outcomes) tally.add(fateOf(outcome));
    }
  }
}

/** How the rows of one file are read, and which of their people somebody has seen. */
interface Reading {
  read: (row: Row, tally: Tally) => RowPerson[];
  isSeen: (fields: PersonFields) => boolean;
  /** The column that says when they were born. */
  born: string;
}

interface Taking extends Reading {
  unit: string | undefined;
  tally: Tally;
}

/** The columns of an earlier app (docs/imports.md): its own id is needed, the others may be missing. */
function columnsOf(source: SourceName): Columns {
  const [id, ...others] = Object.keys(sourceOf(source).columns);
  return { needed: [id!], optional: others };
}

const birthColumnOf = (source: SourceName): string =>
  Object.entries(sourceOf(source).columns).find(([, meaning]) => meaning === 'birthDate')![0];

/** Whoever is yet to be born is a mistake of the row, of which the tally hears. */
function isBorn(
  { row, fields: { birthDate } }: RowPerson,
  { nowMs, born, tally }: { nowMs: number; born: string; tally: Tally },
): boolean {
  if (birthDate === undefined || isBornBy(birthDate, nowMs)) return true;
  tally.reject(row, { column: born, expected: bornExpected, got: shown(row.by[born]), reason: 'in-future' });
  return false;
}

function readEarlier(source: SourceName, row: Row, tally: Tally): RowPerson[] {
  const read = readSourceRow(source, row.by);
  if ('fields' in read) return [{ row, fields: read.fields }];
  tally.reject(row, { ...read.fault, reason: read.fault.got === 'nothing' ? 'no-id' : 'bad-value' });
  return [];
}

function readPerson(row: Row, tally: Tally): RowPerson[] {
  const { by } = row;
  const given = Object.fromEntries(
    ['name', 'birthDate', 'gender', 'phone'].filter((name) => by[name]).map((name) => [name, by[name]]),
  );
  const identifiers = [
    ...(by['person'] ? [{ system: 'import', value: by['person'] }] : []),
    ...systems.filter((system) => by[system]).map((system) => ({ system, value: by[system] })),
  ];
  const { success, data, error } = personFields.safeParse({ ...given, identifiers });
  if (success) return [{ row, fields: data }];
  tally.reject(row, faultOf(error, row, identifiers));
  return [];
}

/** What a schema says about a person, in the columns of the file. */
function faultOf(error: z.ZodError, { by }: Row, identifiers: { system: string }[]): Why {
  const [field, at] = error.issues[0]?.path ?? [];
  if (field !== 'identifiers') return firstFault(error, by);
  const system = typeof at === 'number' ? identifiers[at]?.system : undefined;
  const column = system === 'import' ? 'person' : (system ?? '');
  const { expected } = firstFault(error, by);
  return { column, expected, got: shown(by[column]), reason: 'bad-value' };
}

/** A source that knows a paper of the person, or when they were born, has seen them; a bare id has not (assumption). */
const isVerified = ({ name, birthDate, identifiers }: PersonFields): boolean =>
  (name !== undefined && birthDate !== undefined) ||
  identifiers.some(({ system }) => system !== 'import' && systemOf(system).strong);

function fateOf({ outcome }: Registration): Fate {
  switch (outcome) {
    case 'created':
      return 'accepted';
    case 'merged':
    case 'unchanged':
      return 'merged';
    case 'conflict':
      return 'queued';
  }
}
