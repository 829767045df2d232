import { evidenceColumnsByKind, whoColumns } from '../../src/domain/files/evidence.js';
import { systemNames } from '../../src/domain/identity/identifiers.js';
import { sourceNames, sourceOf } from '../../src/domain/identity/sources.js';
import { directKinds } from '../../src/domain/policy/contact.js';

const lines = (of: Record<string, readonly string[]>): string[] =>
  Object.entries(of).map(([name, columns]) => `  ${name.padEnd(12)} ${columns.join(',')}`);

const instants =
  'Instants are ISO 8601 with an offset, whole epoch milliseconds, or a date, which is the start of that day.';
const anyOrder =
  'Columns go by name in any order, others are ignored; a bad row is told with its place, the rest go on.';

const more = whoColumns.filter((name) => ['phone', 'name', 'birthDate'].includes(name));

const numbers = systemNames.filter((name) => name !== 'import' && name !== 'phone');

/** What a file of each kind holds, as `vetxanh import KIND --help` tells it. */
const told: Record<string, string[]> = {
  people: [
    'person is the id by which other files name them. birthDate is YYYY-MM-DD, YYYY-MM or YYYY; gender male or female.',
    `Numbers: ${numbers.join(', ')}.`,
    'With --source of an earlier app its own columns (docs/imports.md), of which the first is needed:',
    ...lines(Object.fromEntries(sourceNames.map((name) => [name, Object.keys(sourceOf(name).columns)]))),
  ],
  evidence: [
    `Who it is about: person or a number at least (${numbers.join(', ')}); ${more.join(', ')} are compared.`,
    'Beside kind, by what it is:',
    ...lines(evidenceColumnsByKind),
    'id is the record’s own with its source: a later file with the same id and --source corrects it.',
    'A positive test of which one identifier alone is the person’s waits for an officer; so does an override for a second one.',
    instants,
  ],
  encounters: [`kind is ${directKinds.join(', ')}; personA and personB are ids as other files write them.`, instants],
  units: [
    'level is a word, such as province; validFrom and validTo are dates, YYYY-MM-DD, validTo the first day it is no more.',
    'A row amends the version of its code that began on the same day, or adds one. `vetxanh units` prints those of Vietnam.',
  ],
  stays: ['person and venue are made when first seen; zone may be empty; trust is from 0 to 1.', instants],
  cases: ['onset, sampledAt and isolatedAt may be empty, but one of the first two must be there.', instants],
};

export const helpOf = (kind: string): string => `\n${[...(told[kind] ?? []), anyOrder].join('\n')}`;
