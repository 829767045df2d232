import fc from 'fast-check';
import { directKinds, neutralContact, settings, type ZonedContact } from '../../../src/domain/policy/contact.js';
import type { World } from '../../reference/world.js';

const minute = 60_000;

/** Zones, each with a day around which its clocks change, or nothing does. */
const calendars = [
  { timezone: 'Asia/Ho_Chi_Minh', around: Date.UTC(2021, 9, 3) },
  { timezone: 'America/New_York', around: Date.UTC(2021, 10, 6) },
  { timezone: 'America/New_York', around: Date.UTC(2021, 2, 13) },
  { timezone: 'America/Havana', around: Date.UTC(2021, 10, 6) },
  { timezone: 'America/Sao_Paulo', around: Date.UTC(2018, 10, 3) },
  { timezone: 'America/Sao_Paulo', around: Date.UTC(2018, 1, 16) },
  { timezone: 'Australia/Lord_Howe', around: Date.UTC(2021, 3, 3) },
] as const;

/** Ids whose order differs between code units, code points, locales and numbers. */
const people = ['10', '9', 'B', 'a', 'aa', 'ä', '\u{1f600}', '\uff5e'];
const venues = ['v', 'V', 'v10', 'v9'];
const zones = ['', '', '', '', 'z1', 'z2'];
const trusts = [1, 1, 1, 0.9, 0.5, 0.3, 0];

/** Times on a coarse grid of some hours or days, so that most of them tie with others. */
interface Grid {
  readonly around: number;
  readonly at: fc.Arbitrary<number>;
  readonly length: fc.Arbitrary<number>;
}

function grid(around: number): fc.Arbitrary<Grid> {
  return fc.record({ step: fc.constantFrom(5, 10, 30, 60), steps: fc.constantFrom(12, 30, 60) }).map((each) => ({
    around,
    at: fc.nat(each.steps).map((n) => around + n * each.step * minute),
    length: fc.oneof(
      { weight: 12, arbitrary: fc.integer({ min: 1, max: 8 }).map((n) => n * each.step * minute) },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 4_000 }).map((n) => n * minute) },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 200_000 }) },
    ),
  }));
}

const minutes = fc.constantFrom(0, 0, 0.5, 5, 5, 10, 15, 30, 60);
const days = fc.constantFrom(0, 1, 2, 3, 4, 4);
const factor = fc.constantFrom(0, 0.2, 0.25, 0.5, 1, 1.5);

function contact(timezone: string): fc.Arbitrary<ZonedContact> {
  return fc.record({
    timezone: fc.constant(timezone),
    minMinutes: minutes,
    lingerMinutes: fc.constantFrom(0, 0, 5, 30, 180),
    otherZone: fc.constantFrom('ignore' as const, 'ignore' as const, 0, 0.5, 1),
    settings: fc.record({ outdoor: factor, ventilated: factor, closed: factor }),
    accumulate: fc.constantFrom('single' as const, 'day' as const),
    maxLevel: fc.constantFrom(1, 2, 3, 4, 5),
    infectious: fc.record({ beforeDays: days, afterDays: days, asymptomaticBeforeDays: days }),
    carrier: fc.record({ latentDays: fc.constantFrom(0, 0, 0, 1), carryDays: days }),
    direct: fc.record({ household: minutes, vehicle: minutes, proximity: minutes, declared: minutes }),
    infectiousness: fc.uniqueArray(fc.record({ day: fc.integer({ min: -2, max: 3 }), weight: factor }), {
      selector: ({ day }) => day,
      maxLength: 4,
    }),
    clearedBy: fc.record({ kinds: fc.subarray(['pcr', 'antigen']), notBeforeDays: fc.constantFrom(0, 1, 1) }),
    minTrust: fc.constantFrom(0, 0, 0, 0.3, 0.5, 1),
  });
}

const person = (count: number) => fc.nat(count - 1).map((n) => people[n]!);

function stays({ at, length }: Grid, count: number): fc.Arbitrary<World['stays']> {
  const stay = fc.record({
    person: person(count),
    venue: fc.constantFrom(...venues),
    zone: fc.constantFrom(...zones),
    in: at,
    length,
    trust: fc.constantFrom(...trusts),
  });
  return fc
    .array(stay, { minLength: 2 * count, maxLength: 5 * count, size: 'max' })
    .map((list) => list.map(({ length: long, ...rest }) => ({ ...rest, out: rest.in + long })));
}

function encounters({ at, length }: Grid, count: number): fc.Arbitrary<World['encounters']> {
  const encounter = fc.record({
    kind: fc.constantFrom(...directKinds),
    personA: person(count),
    personB: person(count),
    from: at,
    length,
  });
  return fc
    .array(encounter, { maxLength: 5 })
    .map((list) =>
      list
        .filter(({ personA, personB }) => personA !== personB)
        .map(({ length: long, ...rest }) => ({ ...rest, to: rest.from + long })),
    );
}

function standing({ at: any, length, around }: Grid): fc.Arbitrary<World['standing']> {
  const at = fc.oneof(any, fc.constantFrom(around - 60 * minute, around + 23 * 60 * minute));
  const isolation = fc
    .record({ from: at, length: fc.option(length) })
    .map(({ from, length: long }) => ({ from, to: long === null ? Infinity : from + long }));
  const negative = fc.record({ kind: fc.constantFrom('pcr', 'antigen', 'other'), sampledAt: at });
  const known = fc.record({
    isolations: fc.array(isolation, { maxLength: 2 }),
    negatives: fc.array(negative, { maxLength: 2 }),
  });
  return fc.dictionary(fc.constantFrom(...people), known, { maxKeys: 2 });
}

function tracedCase({ at }: Grid): fc.Arbitrary<World['case']> {
  return fc.record({
    id: fc.constant('case'),
    person: fc.constant(people[0]!),
    onset: fc.option(at, { freq: 2 }),
    sampledAt: at,
    isolatedAt: fc.option(at, { freq: 1 }),
  });
}

type Calendar = (typeof calendars)[number];

/** Small worlds full of coincidences, with every knob of the policy. */
function anyWorld({ timezone, around }: Calendar, count: number): fc.Arbitrary<World> {
  return grid(around).chain((times) =>
    fc.record({
      contact: contact(timezone),
      stays: stays(times, count),
      encounters: encounters(times, count),
      settings: fc.dictionary(fc.constantFrom(...venues), fc.constantFrom(...settings)),
      standing: standing(times),
      case: tracedCase(times),
    }),
  );
}

/** The same, where the case went into isolation after an hour with half of the people, who then meet the others. */
function secondLevel({ timezone, around }: Calendar): fc.Arbitrary<World> {
  const home = { kind: 'household' as const, personA: people[0]!, from: around - 60 * minute, to: around };
  return fc
    .tuple(anyWorld({ timezone, around } as Calendar, people.length), minutes, fc.constantFrom(2, 3, 4))
    .map(([given, minMinutes, maxLevel]): World => {
      const { infectiousness, clearedBy, minTrust, lingerMinutes, otherZone } = given.contact;
      const kept = { timezone, infectiousness, clearedBy, minTrust, lingerMinutes, otherZone, minMinutes, maxLevel };
      return {
        ...given,
        contact: { ...neutralContact, ...kept, carrier: { latentDays: 0, carryDays: 4 } },
        stays: given.stays.map((stay) => (stay.venue === 'V' ? { ...stay, venue: 'v' } : stay)),
        encounters: [...given.encounters, ...people.slice(1, 5).map((personB) => ({ ...home, personB }))],
        case: { ...given.case, onset: around, isolatedAt: around },
      };
    });
}

export const world: fc.Arbitrary<World> = fc
  .tuple(fc.constantFrom(...calendars), fc.constantFrom(3, 5, people.length), fc.boolean())
  .chain(([calendar, count, second]) => (second ? secondLevel(calendar) : anyWorld(calendar, count)));
