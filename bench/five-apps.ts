import { sourceNames, sourceOf, type SourceName } from '../src/domain/identity/sources.js';

/** What was planted with a row, so that a test knows what must become of it. */
export type Planted = 'plain' | 'conflict' | 'bad';

/** A row of one of the five files, and whom it is really of. */
export interface AppRow {
  source: SourceName;
  /** The app's own id: no two rows share one. */
  id: string;
  truth: number;
  planted: Planted;
  cells: Record<string, string>;
}

const families = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Huỳnh', 'Phan', 'Vũ', 'Đặng', 'Bùi', 'Đỗ', 'Hồ'];
const middles = ['Văn', 'Thị', 'Hữu', 'Đức', 'Ngọc', 'Quốc', 'Thanh', 'Minh'];
const given = [
  'An',
  'Bình',
  'Chí',
  'Dũng',
  'Đạt',
  'Giang',
  'Hà',
  'Khánh',
  'Linh',
  'Mai',
  'Nam',
  'Oanh',
  'Phúc',
  'Quân',
];

const digits = (of: number, length: number): string => String(of).padStart(length, '0');
const unaccented = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replaceAll('Đ', 'D')
    .replaceAll('đ', 'd')
    .toUpperCase();

/** Somebody invented: everything follows from the number. */
interface Invented {
  name: string;
  born: Date;
  isMale: boolean;
  phone: string;
  cccd: string;
  bhyt: string;
}

function invent(truth: number, tag: number): Invented {
  // Every seventh has the name and birth date of the one before, but nothing else: two people.
  const look = truth % 7 === 6 ? truth - 1 : truth;
  // Six digits tell a million people apart; the two of the year before them tell one million from the next.
  const year = (Math.floor(tag / 96) + Math.floor(truth / 1_000_000)) % 100;
  const name = [
    families[look % 12],
    middles[(look * 5) % 8],
    given[(look * 11) % 14],
    given[Math.floor(look / 97) % 14],
  ];
  return {
    name: name.join(' '),
    born: new Date(Date.UTC(1940 + (look % 70), look % 12, 1 + (Math.floor(look / 12) % 28))),
    isMale: look % 2 === 0,
    // Five people of one household share a phone.
    phone: `09${digits((tag * 31 + Math.floor(truth / 5)) % 100_000_000, 8)}`,
    cccd: `${digits(1 + (tag % 96), 3)}${truth % 2}${digits(year, 2)}${digits(truth % 1_000_000, 6)}`,
    bhyt: `DN4${digits(tag % 10_000, 4)}${digits(truth, 8)}`,
  };
}

const iso = (date: Date): string => date.toISOString().slice(0, 10);
const vietnamese = (date: Date): string => iso(date).split('-').reverse().join('/');

/**
 * Rows of the five apps about invented people, app after app, in an order that mixes the people. Planted among them: one
 * person in several apps, written otherwise in each; households with one phone; namesakes born on one day; numbers typed
 * wrong so that they are somebody else's; rows that cannot be taken.
 */
export function* fiveApps(people: number, tag: number): Generator<AppRow> {
  for (const [app, source] of sourceNames.entries()) {
    for (let at = 0; at < people; at++) {
      const truth = (at * 7_919 + app * 13) % people;
      if ((truth * 3 + app * 5) % 4 > 1) continue;
      yield rowOf({ source, app, truth, tag, people });
    }
  }
}

interface Asked {
  source: SourceName;
  app: number;
  truth: number;
  tag: number;
  people: number;
}

function rowOf({ source, app, truth, tag, people }: Asked): AppRow {
  const own = invent(truth, tag);
  const id = `${source}-${tag}-${truth}`;
  const planted = plantedOf({ app, truth });
  const cells = { ...cellsOf(source, own, id) };
  if (planted === 'bad') cells[Object.keys(sourceOf(source).columns)[2 + (app === 0 ? 1 : 0)]!] = 'not a value';
  // Somebody else's number, whose name and birth date are others: two people, whatever the number says.
  if (planted === 'conflict') {
    const other = invent((truth + 3) % people, tag);
    cells[source === 'vneid' ? 'soDinhDanh' : 'soCCCD'] = other.cccd;
  }
  return { source, id, truth, planted, cells };
}

/** Conflicts come from the two apps that see papers, once the others have told of everybody. */
function plantedOf({ app, truth }: { app: number; truth: number }): Planted {
  if (truth % 211 === 5) return 'bad';
  return app === 4 && truth % 101 === 7 ? 'conflict' : 'plain';
}

function cellsOf(source: SourceName, { name, born, isMale, phone, cccd, bhyt }: Invented, id: string) {
  switch (source) {
    case 'bluezone': {
      const about = { hoTen: name, soDienThoai: phone, namSinh: String(born.getUTCFullYear()) };
      return { bluezoneId: id, ...about, gioiTinh: isMale ? 'Nam' : 'Nữ' } as Record<string, string>;
    }
    case 'ncovi':
      return {
        maNcovi: id,
        hoTen: name,
        ngaySinh: vietnamese(born),
        soDienThoai: phone,
        soGiayTo: cccd,
        maTheBHYT: bhyt,
      };
    case 'vhd':
      return { declarationId: id, fullName: unaccented(name), dateOfBirth: iso(born), phone, nationalId: cccd };
    case 'sskdt':
      return { maSoSucKhoe: id, hoTen: name, ngaySinh: vietnamese(born), soCCCD: cccd, maTheBHYT: bhyt };
    case 'vneid':
      return {
        ...{ maVneid: id, hoVaTen: name.toUpperCase(), ngayThangNamSinh: iso(born).replaceAll('-', '') },
        ...{ gioiTinh: isMale ? '1' : '2', soDienThoai: phone, soDinhDanh: cccd },
      };
  }
}

/** The file of one app, in pieces of a thousand rows. */
export function* fileOf(source: SourceName, rows: Iterable<AppRow>): Generator<string> {
  const columns = Object.keys(sourceOf(source).columns);
  let piece = [columns.join(',')];
  for (const { cells } of rows) {
    piece.push(columns.map((column) => cells[column] ?? '').join(','));
    if (piece.length >= 1_000) {
      yield `${piece.join('\n')}\n`;
      piece = [];
    }
  }
  yield `${piece.join('\n')}\n`;
}
