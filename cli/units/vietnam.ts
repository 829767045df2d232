import { getAllCommunes } from 'vietnam-provinces-js/communes';
import { getAllDistricts } from 'vietnam-provinces-js/districts';
import { getAllProvince } from 'vietnam-provinces-js/provinces';
import type { UnitVersion } from '../../src/domain/area/areas.js';

/** A row of a file of units; what is left out is not known. */
type UnitRow = Pick<UnitVersion, 'code' | 'name'> & Partial<{ [K in keyof UnitVersion]: NonNullable<UnitVersion[K]> }>;

const country = 'VN';

/** The day on which 63 provinces became 34, and districts ended. Source: Resolution 202/2025/QH15. */
const reform = '2025-07-01';

/**
 * What the provinces became: the code that stays, its name since, and the codes that ended in it. All others stayed as
 * they were. Source: Resolution 202/2025/QH15; codes: Decision 19/2025/QĐ-TTg.
 */
const merged: [code: string, name: string, ended: string[]][] = [
  ['08', 'Tỉnh Tuyên Quang', ['02']],
  ['15', 'Tỉnh Lào Cai', ['10']],
  ['19', 'Tỉnh Thái Nguyên', ['06']],
  ['24', 'Tỉnh Bắc Ninh', ['27']],
  ['25', 'Tỉnh Phú Thọ', ['17', '26']],
  ['31', 'Thành phố Hải Phòng', ['30']],
  ['33', 'Tỉnh Hưng Yên', ['34']],
  ['37', 'Tỉnh Ninh Bình', ['35', '36']],
  ['44', 'Tỉnh Quảng Trị', ['45']],
  ['48', 'Thành phố Đà Nẵng', ['49']],
  ['51', 'Tỉnh Quảng Ngãi', ['62']],
  ['52', 'Tỉnh Gia Lai', ['64']],
  ['56', 'Tỉnh Khánh Hòa', ['58']],
  ['66', 'Tỉnh Đắk Lắk', ['54']],
  ['68', 'Tỉnh Lâm Đồng', ['60', '67']],
  ['75', 'Tỉnh Đồng Nai', ['70']],
  ['79', 'Thành phố Hồ Chí Minh', ['74', '77']],
  ['80', 'Tỉnh Tây Ninh', ['72']],
  ['82', 'Tỉnh Đồng Tháp', ['87']],
  ['86', 'Tỉnh Vĩnh Long', ['83', '84']],
  ['91', 'Tỉnh An Giang', ['89']],
  ['92', 'Thành phố Cần Thơ', ['93', '94']],
  ['96', 'Tỉnh Cà Mau', ['95']],
];

/**
 * The units of Vietnam with three levels, as the statistics office codes them: a district and a commune that ended with
 * the reform count as parts of what their province became. The package holds the last state before it (696 districts);
 * a few had other names in 2021.
 */
export async function unitsOfVietnam(): Promise<UnitRow[]> {
  const [provinces, districts, communes] = await Promise.all([getAllProvince(), getAllDistricts(), getAllCommunes()]);
  const into = new Map(merged.flatMap(([code, , ended]) => ended.map((one) => [one, code] as const)));
  const ends = { validTo: reform };
  return [
    { code: country, name: 'Việt Nam', level: 'country' },
    ...provinces.map(({ idProvince: code, name }): UnitRow => {
      const mergedInto = into.get(code);
      const row = { code, name, parent: country, level: 'province' };
      return mergedInto === undefined ? row : { ...row, ...ends, mergedInto };
    }),
    ...merged.map(([code, name]) => ({ code, name, parent: country, level: 'province', validFrom: reform })),
    ...districts.map((one) => ({
      ...ends,
      ...{ code: one.idDistrict, name: one.name, parent: one.idProvince, level: 'district' },
    })),
    ...communes.map((one) => ({
      ...ends,
      ...{ code: one.idCommune, name: one.name, parent: one.idDistrict, level: 'commune' },
    })),
  ];
}
