import { DateTime } from 'luxon';
import type { Gender, PersonFields } from './person.js';
import { personFields } from './person.js';
import { systemOf, type SystemName } from './identifiers.js';

/** What a column of an earlier app tells; `number` is a paper whose kind its digits tell. */
type Meaning = 'name' | 'birthDate' | 'gender' | 'phone' | 'number' | SystemName;

interface EarlierApp {
  /** The name people know it by. */
  title: string;
  /** The system of its own ids, under which a second run finds its people again. */
  system: SystemName;
  /** Columns by their names in the file; the first is needed. */
  columns: Record<string, Meaning>;
  /** An office saw the papers of its people; the others wrote down what people said of themselves (assumption). */
  seesPapers: boolean;
}

/** The earlier apps whose people need not declare again (SPEC 3), and the shape of their files (docs/imports.md). */
const table = {
  bluezone: {
    title: 'Bluezone',
    system: 'bluezone',
    columns: {
      bluezoneId: 'bluezone',
      hoTen: 'name',
      soDienThoai: 'phone',
      namSinh: 'birthDate',
      gioiTinh: 'gender',
    },
    seesPapers: false,
  },
  ncovi: {
    title: 'NCOVI',
    system: 'ncovi',
    columns: {
      maNcovi: 'ncovi',
      hoTen: 'name',
      ngaySinh: 'birthDate',
      gioiTinh: 'gender',
      soDienThoai: 'phone',
      soGiayTo: 'number',
      maTheBHYT: 'bhyt',
    },
    seesPapers: false,
  },
  vhd: {
    title: 'Vietnam Health Declaration',
    system: 'vhd',
    columns: {
      declarationId: 'vhd',
      fullName: 'name',
      dateOfBirth: 'birthDate',
      gender: 'gender',
      phone: 'phone',
      nationalId: 'number',
      passport: 'passport',
      healthInsurance: 'bhyt',
    },
    seesPapers: false,
  },
  sskdt: {
    title: 'Sổ sức khỏe điện tử',
    system: 'ssk',
    columns: {
      maSoSucKhoe: 'ssk',
      hoTen: 'name',
      ngaySinh: 'birthDate',
      gioiTinh: 'gender',
      soDienThoai: 'phone',
      soCCCD: 'number',
      maTheBHYT: 'bhyt',
      maSoBHXH: 'bhxh',
    },
    seesPapers: true,
  },
  vneid: {
    title: 'VNeID',
    system: 'vneid',
    columns: {
      maVneid: 'vneid',
      hoVaTen: 'name',
      ngayThangNamSinh: 'birthDate',
      gioiTinh: 'gender',
      soDienThoai: 'phone',
      soDinhDanh: 'number',
      soCMND: 'cmnd',
      maSoBHXH: 'bhxh',
    },
    seesPapers: true,
  },
} satisfies Record<string, EarlierApp>;

export type SourceName = keyof typeof table;
export const sourceNames = Object.keys(table) as SourceName[];
export const isSource = (text: string | undefined): text is SourceName =>
  text !== undefined && Object.hasOwn(table, text);
export const sourceOf = (name: SourceName): EarlierApp => table[name];

/** A cell that cannot be taken: the column, what was expected there, and what stood there. */
export interface CellFault {
  column: string;
  expected: string;
  got: string;
}

/** A person as a row of an earlier app tells of them, or what of the row cannot be taken. */
export type SourceRow = { fields: PersonFields } | { fault: CellFault };

/** Reads a row of an earlier app; its own id must be there, for by that a second run knows the row again. */
export function readSourceRow(name: SourceName, by: Record<string, string>): SourceRow {
  const { system, columns } = sourceOf(name);
  const given: Record<string, unknown> = {};
  const identifiers: { system: SystemName; value: string; column: string }[] = [];
  for (const [column, meaning] of Object.entries(columns)) {
    const cell = by[column]?.trim() ?? '';
    if (cell === '') {
      if (meaning === system) return fault(column, `the id of ${sourceOf(name).title}`, cell);
      continue;
    }
    const read = readCell(meaning, cell);
    if ('expected' in read) return fault(column, read.expected, cell);
    if ('identifier' in read) identifiers.push({ ...read.identifier, column });
    else given[meaning] = read.value;
  }
  const parsed = personFields.safeParse({
    ...given,
    identifiers: identifiers.map(({ system: of, value }) => ({ system: of, value })),
  });
  if (parsed.success) return { fields: parsed.data };
  const [issue] = parsed.error.issues;
  const [field, at] = issue?.path ?? [];
  const column =
    field === 'identifiers' && typeof at === 'number'
      ? identifiers[at]!.column
      : (Object.keys(columns).find((each) => columns[each] === field) ?? '');
  return fault(column, (issue?.message ?? 'another value').replace(/^expected /, ''), by[column] ?? '');
}

type Cell = { value: string } | { identifier: { system: SystemName; value: string } } | { expected: string };

function readCell(meaning: Meaning, cell: string): Cell {
  if (meaning === 'name' || meaning === 'phone') return { value: cell };
  if (meaning === 'birthDate') {
    return orExpected(birthDateOf(cell), 'a date: 31/12/1990, 1990-12-31, 19901231 or a year');
  }
  if (meaning === 'gender') return orExpected(genderOf(cell), 'Nam, Nữ, male, female, 1 or 2');
  const system = meaning === 'number' ? paperOf(cell) : meaning;
  return system ? { identifier: { system, value: cell } } : { expected: '12 digits, or the 9 of an old card' };
}

const orExpected = (value: string | undefined, expected: string): Cell =>
  value === undefined ? { expected } : { value };

/** Digits alone tell which paper a number is of: 12 are a citizen's, 9 an old identity card. */
function paperOf(cell: string): SystemName | undefined {
  const digits = cell.replace(/[\s.-]/g, '');
  if (/^\d{12}$/.test(digits)) return 'cccd';
  return /^\d{9}$/.test(digits) ? 'cmnd' : undefined;
}

const forms = ['d/M/yyyy', 'd-M-yyyy', 'd.M.yyyy', 'yyyyMMdd'];
const dateShape = /^\d{1,4}[/.-]?\d{1,2}[/.-]?\d{1,4}$/;

/** A birth date as the apps write it, as far as it is known; day before month, as in Vietnam. */
function birthDateOf(cell: string): string | undefined {
  if (/^\d{4}(-\d{2}){0,2}$/.test(cell)) return cell;
  const [, month, year] = /^(\d{1,2})\/(\d{4})$/.exec(cell) ?? [];
  if (month && year) return `${year}-${month.padStart(2, '0')}`;
  if (!dateShape.test(cell)) return undefined;
  const read = forms.map((form) => DateTime.fromFormat(cell, form, { zone: 'utc' })).find(({ isValid }) => isValid);
  return read?.toISODate() ?? undefined;
}

const genders: Record<string, Gender> = {
  nam: 'male',
  male: 'male',
  m: 'male',
  '1': 'male',
  nữ: 'female',
  nu: 'female',
  female: 'female',
  f: 'female',
  '2': 'female',
};

const genderOf = (cell: string): Gender | undefined => genders[cell.normalize('NFC').toLowerCase()];

/** Whether what a source tells makes a person verified: it saw papers, and names one. */
export const verifies = (name: SourceName, { identifiers }: PersonFields): boolean =>
  sourceOf(name).seesPapers && identifiers.some(({ system }) => systemOf(system).strong && !isSource(asSource(system)));

/** The source whose own ids a system holds, if it is one. */
const asSource = (system: SystemName): string => (system === 'ssk' ? 'sskdt' : system);

const fault = (column: string, expected: string, got: string): SourceRow => ({
  fault: { column, expected, got: got === '' ? 'nothing' : `"${got.slice(0, 100)}"` },
});
