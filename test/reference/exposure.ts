import { addDays, codeUnits, dateOf, halfUp, minute } from './arithmetic.js';
import { byStartVenueEnd, overlapsWith, qualifyingAlone, qualifyingByDay, type Overlap } from './overlaps.js';
import type { World } from './world.js';

/*
 * SPEC section 5 once more, slow and obvious, sentence by sentence, with nothing of the product in it but types.
 * Every stay is held against every other; days come from luxon one instant at a time.
 */

export interface Row {
  case: string;
  person: string;
  level: number;
  exposedAt: number;
  via: string;
  venue: string;
  from: number;
  to: number;
  minutes: number;
  dose: string;
  lastAt: number;
  trust: number;
  encounters: { venue: string; from: number; to: number; trust: number; dose: string }[];
}

/** All exposures of the world's case, in no order. */
export function referenceExposures(world: World): Row[] {
  const { contact } = world;
  const rows: Row[] = levelOne(world);
  const listed = new Set([world.case.person, ...rows.map((row) => row.person)]);
  for (let level = 2, before = rows; level <= contact.maxLevel; level++) {
    const overlaps = before.flatMap((row) => overlapsWith(world, row.person, carrierWindow(world, row)));
    const next = [...new Set(overlaps.map((each) => each.person))]
      .filter((person) => !listed.has(person))
      .flatMap((person) =>
        deeper(
          world,
          level,
          overlaps.filter((each) => each.person === person),
        ),
      );
    next.forEach((row) => listed.add(row.person));
    rows.push(...next);
    before = next;
  }
  return rows;
}

// 5.1

function infectiousWindow({ case: traced, contact }: World): [number, number] {
  const { infectious, timezone } = contact;
  const anchor = (traced.onset ?? traced.sampledAt)!;
  const end = addDays(anchor, infectious.afterDays, timezone);
  const begin =
    traced.onset !== null
      ? addDays(traced.onset, -infectious.beforeDays, timezone)
      : addDays(traced.sampledAt!, -infectious.asymptomaticBeforeDays, timezone);
  return [begin, traced.isolatedAt === null ? end : Math.min(end, traced.isolatedAt)];
}

// 5.4, 5.5, 5.6

function levelOne(world: World): Row[] {
  const all = overlapsWith(world, world.case.person, infectiousWindow(world));
  return [...new Set(all.map((each) => each.person))].flatMap((person): Row[] => {
    const theirs = all.filter((each) => each.person === person);
    const byDay = world.contact.accumulate === 'day';
    const qualifying = [
      ...qualifyingAlone(
        world,
        theirs.filter((each) => !byDay || each.direct),
      ),
      ...qualifyingByDay(
        world,
        theirs.filter((each) => byDay && !each.direct),
      ),
    ].sort(byStartVenueEnd);
    const witness = bestWitness(qualifying);
    if (!witness) return [];
    return [
      {
        ...rowOf(world, 1, witness),
        minutes: Math.floor(qualifying.reduce((sum, each) => sum + each.to - each.from, 0) / minute),
        dose: halfUp(qualifying.reduce((sum, each) => sum + doseOf(world, each), 0)),
        lastAt: Math.max(...qualifying.map((each) => each.to)),
        trust: Math.max(...qualifying.map((each) => each.trust)),
        encounters: qualifying
          .filter((each) => each !== witness)
          .map((each) => ({
            venue: each.venue,
            from: each.from,
            to: each.to,
            trust: each.trust,
            dose: halfUp(doseOf(world, each)),
          })),
      },
    ];
  });
}

function carrierWindow({ contact, standing }: World, { person, exposedAt }: Row): [number, number] {
  const never: [number, number] = [0, 0];
  const { timezone, carrier, clearedBy } = contact;
  const known = standing[person] ?? { isolations: [], negatives: [] };
  for (const test of known.negatives) {
    const lateEnough = test.sampledAt >= addDays(exposedAt, clearedBy.notBeforeDays, timezone);
    if (clearedBy.kinds.includes(test.kind) && lateEnough) return never;
  }
  const begin = addDays(exposedAt, carrier.latentDays, timezone);
  const end = addDays(exposedAt, carrier.latentDays + carrier.carryDays, timezone);
  const inForce = known.isolations.filter((isolation) => isolation.to > begin).sort((a, b) => a.from - b.from);
  const first = inForce[0];
  return [begin, first ? Math.min(end, first.from) : end];
}

function deeper(world: World, level: number, overlaps: Overlap[]): Row[] {
  const witness = bestWitness(qualifyingAlone(world, overlaps));
  return witness ? [rowOf(world, level, witness)] : [];
}

function bestWitness(qualifying: Overlap[]): Overlap | undefined {
  return qualifying
    .filter((each) => each.exposedAt !== null)
    .sort(
      (a, b) =>
        a.exposedAt! - b.exposedAt! ||
        codeUnits(a.via, b.via) ||
        codeUnits(a.venue, b.venue) ||
        b.to - b.from - (a.to - a.from) ||
        b.trust - a.trust,
    )[0];
}

function rowOf(world: World, level: number, witness: Overlap): Row {
  return {
    case: world.case.id,
    person: witness.person,
    level,
    exposedAt: witness.exposedAt!,
    via: witness.via,
    venue: witness.venue,
    from: witness.from,
    to: witness.to,
    minutes: Math.floor((witness.to - witness.from) / minute),
    dose: '',
    lastAt: witness.to,
    trust: witness.trust,
    encounters: [],
  };
}

function doseOf({ contact, settings, case: traced }: World, overlap: Overlap): number {
  const minutes = (overlap.to - overlap.from) / minute;
  const known = overlap.direct ? undefined : settings[overlap.venue];
  const setting = known ? contact.settings[known] : 1;
  const midnights =
    Date.parse(dateOf(overlap.from, contact.timezone)) -
    Date.parse(dateOf(traced.onset ?? traced.sampledAt!, contact.timezone));
  const day = contact.infectiousness.find((each) => each.day === midnights / 86_400_000);
  const infectiousness = contact.infectiousness.length === 0 ? 1 : (day?.weight ?? 0);
  const zone = overlap.otherZone ? (contact.otherZone as number) : 1;
  return minutes * setting * infectiousness * zone * overlap.trust;
}
