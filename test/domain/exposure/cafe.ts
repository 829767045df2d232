import { neutralContact, type ZonedContact } from '../../../src/domain/policy/contact.js';
import type { Exposure } from '../../../src/domain/exposure/exposure.js';
import type { World, WorldStay } from '../../reference/world.js';
import { exposuresOf } from './ask.js';

export const minute = 60_000;
const day = 1_440 * minute;

/** An instant of Monday 4 October 2021, or of a day so many later, in Viet Nam. */
export function at(clock: string, days = 0): number {
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number);
  return Date.UTC(2021, 9, 4 + days, hours - 7, minutes, seconds);
}

export function stay(person: string, from: number, to: number, more: Partial<WorldStay> = {}): WorldStay {
  return { person, venue: 'cafe', zone: '', in: from, out: to, trust: 1, ...more };
}

/** People in one place for the same time. */
export const together = (venue: string, people: string[], from: number, to: number): WorldStay[] =>
  people.map((person) => stay(person, from, to, { venue }));

/** An is the case and was in the café from nine to ten. */
export const an = stay('an', at('09:00'), at('10:00'));

/** Bình came at half past nine: half an hour together. */
export const binh = stay('bình', at('09:30'), at('10:20'));

/** What is otherwise than in the neutral policy, with a case whose onset was at the beginning of Monday. */
export interface Given {
  contact?: Partial<ZonedContact>;
  case?: Partial<World['case']>;
  standing?: World['standing'];
  encounters?: World['encounters'];
  settings?: World['settings'];
}

/** The exposures of a world in which An was in the café and all these stays were. */
export async function rowsOf(stays: WorldStay[], given: Given): Promise<Exposure[]> {
  const known = { id: 'case', person: 'an', onset: at('00:00'), sampledAt: null, isolatedAt: null };
  return exposuresOf({
    contact: { ...neutralContact, timezone: 'Asia/Ho_Chi_Minh', ...given.contact },
    stays: [an, ...stays],
    encounters: given.encounters ?? [],
    settings: given.settings ?? {},
    standing: given.standing ?? {},
    case: { ...known, ...given.case },
  });
}

/** The clock in Viet Nam, with the days from Monday on where they are not none: `09:45`, `10:45 +1`, `00:15 -2`. */
export function clockOf(instant: number): string {
  const days = Math.floor((instant - at('00:00')) / day);
  const clock = new Date(instant + 7 * 60 * minute).toISOString().slice(11, 16);
  return days === 0 ? clock : `${clock} ${days > 0 ? '+' : ''}${days}`;
}

/** Who is exposed at which level from when on: `bình 1 09:45`. */
export async function found(stays: WorldStay[], given: Given): Promise<string[]> {
  const rows = await rowsOf(stays, given);
  return rows.map(({ person, level, exposedAt }) => `${person} ${level} ${clockOf(exposedAt)}`).sort();
}
