import type { VenueKind } from '../src/domain/stay/scan.js';
import { landmarks, type Landmark } from './places.js';
import { pick, randomOf } from './random.js';

/** A place of the city with its doors. */
export interface Place extends Landmark {
  gates: number;
}

/** Somebody who lives in the city; every one of them is invented. */
export interface Inhabitant {
  /** Their identifier of system `import`. */
  id: string;
  name: string;
  birthDate: string;
  gender: 'male' | 'female';
  home: string;
  /** Where they work or learn. */
  day: string;
  /** Where else they go: shops, markets, restaurants, places of worship nearby. */
  haunts: string[];
}

export interface City {
  places: Place[];
  inhabitants: Inhabitant[];
}

/** What stands around every landmark, within a walk of it. */
const quarter: { kind: VenueKind; word: string; setting: Landmark['setting']; capacity: number }[] = [
  { kind: 'home', word: 'Chung cư', setting: 'closed', capacity: 400 },
  { kind: 'home', word: 'Nhà tập thể', setting: 'closed', capacity: 200 },
  { kind: 'office', word: 'Văn phòng', setting: 'closed', capacity: 150 },
  { kind: 'school', word: 'Trường', setting: 'ventilated', capacity: 300 },
  { kind: 'shop', word: 'Tiệm tạp hóa', setting: 'ventilated', capacity: 20 },
  { kind: 'restaurant', word: 'Quán cơm', setting: 'ventilated', capacity: 40 },
];

/** Frequent names of Vietnam, put together by chance. */
const families = [
  'Nguyễn',
  'Trần',
  'Lê',
  'Phạm',
  'Hoàng',
  'Huỳnh',
  'Phan',
  'Vũ',
  'Võ',
  'Đặng',
  'Bùi',
  'Đỗ',
  'Hồ',
  'Ngô',
];
const given = {
  male: {
    middle: ['Văn', 'Minh', 'Quốc', 'Đức'],
    last: ['An', 'Bình', 'Dũng', 'Hải', 'Hùng', 'Khoa', 'Long', 'Nam', 'Phúc', 'Tuấn'],
  },
  female: {
    middle: ['Thị', 'Ngọc', 'Thu', 'Mỹ'],
    last: ['Ánh', 'Chi', 'Dung', 'Hạnh', 'Hoa', 'Lan', 'Mai', 'Nga', 'Thảo', 'Yến'],
  },
};

/** The whole city of a seed: the same seed gives the same city, so that a second start finds it again. */
export function buildCity({ seed, people }: { seed: number; people: number }): City {
  const random = randomOf(seed);
  const places = landmarks.flatMap((landmark) => [
    { ...landmark, gates: 2 },
    ...quarter.map((one, at) => ({
      ...near(landmark, random),
      ...described(landmark, one),
      id: `${landmark.id}-${at}`,
      gates: 1,
    })),
  ]);
  const inhabitants = Array.from({ length: people }, (_, at) => inhabitant(at, places, random));
  return { places, inhabitants };
}

/** A point within some 300 m, in the same ward. */
function near({ lat, lon, unit }: Landmark, random: () => number): Pick<Landmark, 'lat' | 'lon' | 'unit'> {
  const off = () => (random() - 0.5) * 0.006;
  return { lat: round(lat + off()), lon: round(lon + off()), unit };
}

const round = (degrees: number): number => Math.round(degrees * 1e5) / 1e5;

const described = ({ name }: Landmark, { word, ...rest }: (typeof quarter)[number]) => ({
  ...rest,
  name: `${word} gần ${name}`,
});

function inhabitant(at: number, places: Place[], random: () => number): Inhabitant {
  const gender = random() < 0.5 ? 'male' : 'female';
  const { middle, last } = given[gender];
  const birthYear = 1940 + Math.floor(random() * 76);
  const home = pick(ofKind(places, 'home'), random);
  const nearby = [...places].sort((a, b) => distance(a, home) - distance(b, home));
  const isChild = birthYear > 2003;
  return {
    id: `demo-${String(at + 1).padStart(4, '0')}`,
    name: [pick(families, random), pick(middle, random), pick(last, random)].join(' '),
    birthDate: `${birthYear}-${twoDigits(1 + Math.floor(random() * 12))}-${twoDigits(1 + Math.floor(random() * 28))}`,
    gender,
    home: home.id,
    day: pick(ofKind(isChild ? nearby.slice(0, 30) : places, isChild ? 'school' : 'office'), random).id,
    haunts: nearby
      .filter(({ kind }) => !['home', 'office', 'school'].includes(kind))
      .slice(0, 5)
      .map(({ id }) => id),
  };
}

const ofKind = (places: Place[], kind: VenueKind): Place[] => places.filter((one) => one.kind === kind);
const distance = (a: Landmark, b: Landmark): number => Math.hypot(a.lat - b.lat, a.lon - b.lon);
const twoDigits = (number: number): string => String(number).padStart(2, '0');
