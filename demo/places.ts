import type { VenueKind } from '../src/domain/stay/scan.js';

/** A well-known place around which a quarter of the demo city grows. */
export interface Landmark {
  id: string;
  name: string;
  kind: VenueKind;
  setting: 'outdoor' | 'ventilated' | 'closed';
  lat: number;
  lon: number;
  /** The ward it stands in, by the code of the statistics office. */
  unit: string;
  capacity: number;
}

/**
 * Landmarks of Ho Chi Minh City. Source of the coordinates: general geographic knowledge, rounded to three decimals
 * (about 100 m), which is enough for a map of a demo; capacities are assumptions. What happens there is invented.
 */
export const landmarks: Landmark[] = [
  place('ben-thanh', 'Chợ Bến Thành', [10.772, 106.698], {
    kind: 'market',
    setting: 'ventilated',
    unit: '26743',
    capacity: 900,
  }),
  place('tan-dinh', 'Chợ Tân Định', [10.789, 106.69], {
    kind: 'market',
    setting: 'ventilated',
    unit: '26737',
    capacity: 500,
  }),
  place('binh-tay', 'Chợ Bình Tây', [10.75, 106.651], {
    kind: 'market',
    setting: 'ventilated',
    unit: '27367',
    capacity: 800,
  }),
  place('ba-chieu', 'Chợ Bà Chiểu', [10.802, 106.699], {
    kind: 'market',
    setting: 'ventilated',
    unit: '26944',
    capacity: 500,
  }),
  place('nha-tho', 'Nhà thờ Đức Bà', [10.78, 106.699], {
    kind: 'worship',
    setting: 'ventilated',
    unit: '26740',
    capacity: 400,
  }),
  place('cho-ray', 'Bệnh viện Chợ Rẫy', [10.758, 106.66], {
    kind: 'hospital',
    setting: 'closed',
    unit: '27343',
    capacity: 1_500,
  }),
  place('bach-khoa', 'Đại học Bách khoa', [10.772, 106.658], {
    kind: 'school',
    setting: 'ventilated',
    unit: '27169',
    capacity: 2_000,
  }),
  place('landmark-81', 'Trung tâm thương mại Landmark 81', [10.795, 106.722], {
    kind: 'shop',
    setting: 'closed',
    unit: '26956',
    capacity: 1_200,
  }),
  place('crescent', 'Trung tâm thương mại Crescent', [10.729, 106.719], {
    kind: 'shop',
    setting: 'closed',
    unit: '27487',
    capacity: 900,
  }),
  place('phu-nhuan', 'Chợ Phú Nhuận', [10.797, 106.682], {
    kind: 'market',
    setting: 'ventilated',
    unit: '27073',
    capacity: 300,
  }),
];

/** Units the city stands in, as a file of SPEC 12. Source: the units since 2025-07-01, Decision 19/2025/QD-TTg. */
export const units = `code,name,parent,level,validFrom
79,Thành phố Hồ Chí Minh,,province,2025-07-01
26737,Phường Tân Định,79,commune,2025-07-01
26740,Phường Sài Gòn,79,commune,2025-07-01
26743,Phường Bến Thành,79,commune,2025-07-01
26944,Phường Gia Định,79,commune,2025-07-01
26956,Phường Thạnh Mỹ Tây,79,commune,2025-07-01
27073,Phường Phú Nhuận,79,commune,2025-07-01
27169,Phường Diên Hồng,79,commune,2025-07-01
27343,Phường Chợ Lớn,79,commune,2025-07-01
27367,Phường Bình Tây,79,commune,2025-07-01
27487,Phường Tân Mỹ,79,commune,2025-07-01
`;

/** The unit that holds all the others. */
export const cityUnit = '79';

type Rest = Omit<Landmark, 'id' | 'name' | 'lat' | 'lon'>;

function place(id: string, name: string, [lat, lon]: [number, number], rest: Rest): Landmark {
  return { id: `demo-${id}`, name, lat, lon, ...rest };
}
