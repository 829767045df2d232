import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { systemNames, systemOf } from '../../domain/identity/identifiers.js';
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

interface RowPerson {
  row: Row;
  fields: PersonFields;
}

/** People of earlier apps and registers, who need not declare again (SPEC 3, 12): any subset of the columns. */
@Injectable()
export class PeopleFiles {
  constructor(private readonly registrations: Registrations) {}

  open({ unit }: FileOptions): OpenFile {
    return { columns, take: (rows, tally) => this.take(rows, { unit, tally }) };
  }

  private async take(rows: Row[], { unit, tally }: { unit: string | undefined; tally: Tally }): Promise<void> {
    const read = rows.flatMap((row) => readPerson(row, tally));
    for (const verified of [true, false]) {
      const part = read.filter(({ fields }) => isVerified(fields) === verified);
      const records = part.map(({ fields }) => fields);
      const outcomes = await this.registrations.register(records, { verified, unit });
      for (const outcome of outcomes) tally.add(fateOf(outcome));
    }
  }
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
