import { describe, expect, it } from '@jest/globals';
import { loadPolicies } from '../../../config/policy.js';
import { unitsOfVietnam } from '../../../cli/units/vietnam.js';
import { Areas, type UnitVersion } from '../../../src/domain/area/areas.js';
import { colourAt, colourOf } from '../../../src/domain/colour/colour.js';
import type { Evidence } from '../../../src/domain/colour/evidence.js';
import { PolicyBook } from '../../../src/domain/policy/book.js';
import { inForce, type Policy } from '../../../src/domain/policy/policy.js';
import { Speaking } from '../../../src/domain/policy/speaking.js';

const unit = (code: string, parent: string | null, more: Partial<UnitVersion> = {}): UnitVersion => ({
  ...{ code, name: code, parent, level: null, validFrom: null, validTo: null, timezone: null, mergedInto: null },
  ...more,
});
const ms = (text: string) => Date.parse(text);
const reform = ms('2025-07-01T00:00:00+07:00');

/** A province that keeps its code and one that ends in it; a ward that ends, one that moves up to the province. */
const country = [
  unit('VN', null),
  unit('79', 'VN'),
  unit('77', 'VN', { validTo: '2025-07-01', mergedInto: '79' }),
  unit('747', '77', { validTo: '2025-07-01' }),
  unit('26506', '747', { validTo: '2025-07-01' }),
  unit('760', '79', { validTo: '2025-07-01' }),
  unit('26740', '760', { name: 'Phường Bến Nghé' }),
  unit('26740', '79', { name: 'Phường Sài Gòn', validFrom: '2025-07-01' }),
  unit('99999', '79', { validFrom: '2025-07-01' }),
];

describe('a place', () => {
  it.each([
    ['is a ward and all above it', '26740', reform - 1, ['26740', '760', '79', 'VN']],
    ['is another from the midnight on which its ward moved', '26740', reform, ['26740', '79', 'VN']],
    [
      'before the end of its ward, district and province is within them',
      '26506',
      reform - 1,
      ['26506', '747', '77', 'VN'],
    ],
    ['that has ended is what its province was merged into', '26506', reform, ['79', 'VN']],
    ['that has not begun is a part of what it will be within', '99999', reform - 1, ['79', 'VN']],
    ['that nobody knows is itself alone', 'nowhere', reform, ['nowhere']],
  ])('%s', (_, code, at, place) => {
    expect(new Areas(country).placeAt(code, at)).toEqual(place);
  });

  it('ends also where data hold a circle, which is found out', () => {
    const areas = new Areas([unit('a', 'b'), unit('b', 'c'), unit('c', 'a')]);
    expect(areas.placeAt('a', reform)).toEqual(['a', 'b', 'c']);
    expect(areas.isCircle('a')).toBe(true);
  });

  it('may become a part of what was a part of it: that is no circle', () => {
    const areas = new Areas([
      unit('old', null, { validTo: '2025-07-01' }),
      unit('new', 'old', { validTo: '2025-07-01' }),
      unit('new', null, { validFrom: '2025-07-01' }),
      unit('old', 'new', { validFrom: '2025-07-01' }),
    ]);
    expect([areas.isCircle('old'), areas.isCircle('new')]).toEqual([false, false]);
  });

  it('was ever within a unit, also where that has ended since', () => {
    expect(new Areas(country).everWithin(['77']).sort()).toEqual(['26506', '747', '77']);
  });

  it('begins at the first of two midnights where clocks are set back over it', () => {
    const areas = new Areas([unit('x', null, { timezone: 'America/Havana', validFrom: '2021-11-07' })]);
    expect(areas.at('x', ms('2021-11-07T03:59:59.999Z'))).toBeUndefined();
    expect(areas.at('x', ms('2021-11-07T04:00:00Z'))).toBeDefined();
  });

  it('begins its days in the zone of the nearest unit that names one', () => {
    const areas = new Areas([
      unit('x', null, { timezone: 'America/New_York' }),
      unit('y', 'x', { validTo: '2025-07-01' }),
    ]);
    expect(areas.standings('y')).toMatchObject([
      { timezone: 'America/New_York', toMs: reform },
      { place: ['x'], timezone: 'America/New_York', fromMs: reform },
    ]);
  });
});

const [neutral] = loadPolicies().filter(({ id }) => id === 'neutral') as [Policy];
const begins = ms('2020-01-01T00:00:00Z');
const of = (area: string, more: Partial<Policy> = {}): Policy => ({
  ...neutral,
  ...{ id: area, version: '1', area, validFrom: begins, validTo: null },
  ...more,
});
const f1 = (lastAt: string): Evidence => ({
  ...{ kind: 'exposure', case: 'c', level: 1, at: ms(lastAt), lastAt: ms(lastAt), minutes: 45, trust: 1 },
});

describe('the policies of a place', () => {
  const yellow = neutral.colours.map((rule) =>
    rule.Identifier === 'F1' ? { ...rule, colour: 'yellow' as const } : rule,
  );
  const book = new PolicyBook([of('VN'), of('79', { colours: yellow })]);
  const versionsOf = (code: string, areas = new Areas(country)) => new Speaking(book).of(areas.standings(code));

  it('are those of the nearest unit, and from the midnight of a reform those of the new one', () => {
    const who = { verified: true, evidence: [f1('2025-06-28T12:00:00+07:00')] };
    const before = colourOf(who, versionsOf('26506'), reform - 1);
    expect(before).toMatchObject({ colour: 'red', policy: { id: 'VN' }, nextChangeAt: reform });
    const after = colourAt(who, inForce(versionsOf('26506'), reform), reform);
    expect(after).toMatchObject({ colour: 'yellow', policy: { id: '79' } });
  });

  it('are the same objects for all units where nothing is clipped, and once made for all that are alike', () => {
    const speaking = new Speaking(book);
    const areas = new Areas(country);
    expect(speaking.of(areas.standings('79'))).toEqual([
      expect.objectContaining({ id: '79' }),
      expect.objectContaining({ id: 'VN' }),
    ]);
    expect(speaking.of(areas.standings('79'))[0]).toBe(book.of(['79'])[0]);
    expect(speaking.of(areas.standings('26506'))[0]).toBe(speaking.of(areas.standings('747'))[0]);
  });

  it('count days in the zone of the unit, also across a change of its clocks', () => {
    const areas = new Areas([unit('VN', null), unit('NY', 'VN', { timezone: 'America/New_York' })]);
    const who = { verified: true, evidence: [f1('2021-10-30T20:00:00-04:00')] };
    // The clocks go back on 7 November: the fourteenth midnight is five hours from Greenwich, not four.
    const { nextChangeAt } = colourOf(who, versionsOf('NY', areas), ms('2021-11-01T00:00:00Z'));
    expect(new Date(nextChangeAt!).toISOString()).toBe('2021-11-13T05:00:00.000Z');
    expect(
      new Date(colourOf(who, versionsOf('VN', areas), ms('2021-11-01T00:00:00Z')).nextChangeAt!).toISOString(),
    ).toBe('2021-11-13T17:00:00.000Z');
  });

  it('show rules the level of the area, which is a next change like any other', () => {
    const strict: Policy['colours'][number] = {
      ...neutral.colours[0]!,
      ...{ Identifier: 'high-risk', colour: 'yellow', Logic: { '>=': [{ var: 'area.level' }, 3] } },
    };
    const rules = of('VN', { colours: [strict, ...neutral.colours] });
    const steps = [
      { fromMs: begins, level: 1 },
      { fromMs: reform, level: 3 },
    ];
    const areas = new Areas(country, new Map([['79', steps]]));
    const versions = new Speaking(new PolicyBook([rules])).of(areas.standings('26740'));
    const who = { verified: true, evidence: [] };
    expect(colourOf(who, versions, reform - 1)).toMatchObject({ colour: 'green', nextChangeAt: reform });
    expect(colourOf(who, versions, reform)).toMatchObject({ colour: 'yellow', rule: 'high-risk', nextChangeAt: null });
    const unknown = new Speaking(new PolicyBook([rules])).of(new Areas(country).standings('26740'));
    expect(colourOf(who, unknown, reform)).toMatchObject({ colour: 'green', nextChangeAt: null });
  });
});

describe('the units of Vietnam', () => {
  it('are 63 provinces until the reform of 2025 and 34 since, each unit within the country at any time', async () => {
    const rows = await unitsOfVietnam();
    const versions = rows.map(({ code, name, ...more }) => unit(code, more.parent ?? null, { name, ...more }));
    const areas = new Areas(versions);
    const provinces = (at: number) =>
      areas.codes.map((code) => areas.at(code, at)).filter((one) => one?.level === 'province');
    expect([provinces(reform - 1).length, provinces(reform).length]).toEqual([63, 34]);
    expect(areas.codes.filter((code) => areas.at(code, reform - 1)?.level === 'district')).toHaveLength(696);
    expect(areas.codes.filter((code) => areas.at(code, reform - 1)?.level === 'commune')).toHaveLength(10_051);
    for (const at of [reform - 1, reform]) {
      expect(areas.codes.filter((code) => areas.placeAt(code, at).at(-1) !== 'VN')).toEqual([]);
    }
    expect(areas.placeAt('26740', reform - 1)).toEqual(['26740', '760', '79', 'VN']);
    expect(areas.at('52', reform)?.name).toBe('Tỉnh Gia Lai');
    expect(areas.placeAt('540', reform - 1)).toEqual(['540', '52', 'VN']);
    expect(areas.placeAt('718', reform)).toEqual(['79', 'VN']);
  });
});
