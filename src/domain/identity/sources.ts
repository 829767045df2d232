import { isBirthDate } from './birth-date.js';
import { normaliseIdentifier, systemOf, type SystemName } from './identifiers.js';
import { normaliseName, withPhone, type Gender, type PersonFields } from './person.js';
import { normalisePhone } from './phone.js';

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
  const { system, columns, title } = sourceOf(name);
  const fields: PersonFields = { identifiers: [] };
  for (const [column, meaning] of Object.entries(columns)) {
    const cell = by[column]?.trim() ?? '';
    if (cell === '' && meaning === system) return fault(column, `the id of ${title}`, cell);
    const expected = cell === '' ? undefined : readCell(fields, meaning, cell);
    if (expected !== undefined) return fault(column, expected, cell);
  }
  return { fields: withPhone(fields) };
}

/** How the fields that are no identifiers are read. */
const readers = {
  name: { read: normaliseName, expected: 'a name: letters, no control characters' },
  phone: { read: normalisePhone, expected: 'a phone number' },
  birthDate: { read: birthDateOf, expected: 'a date: 31/12/1990, 1990-12-31, 19901231 or a year' },
  gender: { read: genderOf, expected: 'Nam, Nữ, male, female, 1 or 2' },
} satisfies Partial<Record<Meaning, { read: (cell: string) => string | undefined; expected: string }>>;

const isPersonal = (meaning: Meaning): meaning is keyof typeof readers => Object.hasOwn(readers, meaning);

/** Puts what a cell tells into the fields; tells what was expected of it instead when it tells nothing. */
function readCell(fields: PersonFields, meaning: Meaning, cell: string): string | undefined {
  if (isPersonal(meaning)) {
    const value = readers[meaning].read(cell);
    if (value !== undefined) Object.assign(fields, { [meaning]: value });
    return value === undefined ? readers[meaning].expected : undefined;
  }
  const system = meaning === 'number' ? paperOf(cell) : meaning;
  if (system === undefined) return '12 digits, or the 9 of an old card';
  const value = normaliseIdentifier(system, cell);
  if (value === undefined) return systemOf(system).expected;
  fields.identifiers.push({ system, value });
  return undefined;
}

/** Digits alone tell which paper a number is of: 12 are a citizen's, 9 an old identity card. */
function paperOf(cell: string): SystemName | undefined {
  const digits = cell.replace(/[\s.-]/g, '');
  if (/^\d{12}$/.test(digits)) return 'cccd';
  return /^\d{9}$/.test(digits) ? 'cmnd' : undefined;
}

const dayFirst = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})$/;
const inOnePiece = /^(\d{4})(\d{2})(\d{2})$/;
const monthFirst = /^(\d{1,2})\/(\d{4})$/;

/** A birth date as the apps write it, as far as it is known; day before month, as in Vietnam. */
function birthDateOf(cell: string): string | undefined {
  const date = isoOf(cell);
  return isBirthDate(date) ? date : undefined;
}

function isoOf(cell: string): string {
  const pad = (part: string | undefined) => part!.padStart(2, '0');
  const whole = dayFirst.exec(cell);
  if (whole) return `${whole[4]}-${pad(whole[3])}-${pad(whole[1])}`;
  const piece = inOnePiece.exec(cell);
  if (piece) return `${piece[1]}-${piece[2]}-${piece[3]}`;
  const month = monthFirst.exec(cell);
  return month ? `${month[2]}-${pad(month[1])}` : cell;
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

function genderOf(cell: string): Gender | undefined {
  const word = cell.normalize('NFC').toLowerCase();
  return Object.hasOwn(genders, word) ? genders[word] : undefined;
}

/** Whether what a source tells makes a person verified: it saw papers, and names one. */
export const verifies = (name: SourceName, { identifiers }: PersonFields): boolean =>
  sourceOf(name).seesPapers && identifiers.some(({ system }) => systemOf(system).strong && !isSource(asSource(system)));

/** The source whose own ids a system holds, if it is one. */
const asSource = (system: SystemName): string => (system === 'ssk' ? 'sskdt' : system);

const fault = (column: string, expected: string, got: string): SourceRow => ({
  fault: { column, expected, got: got === '' ? 'nothing' : `"${got.slice(0, 100)}"` },
});
