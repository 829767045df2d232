import { newsOf } from '../domain/colour/told.js';
import type { CitizenNotice, CitizenStatus } from '../events.js';

/** What a screen was told last. */
export interface Told {
  version: number;
  /** ISO 8601, UTC: in the order of time as text, too. */
  at: string;
  colour: string;
  news: string;
  reasons: string[];
}

/** What a screen knows with this; undefined when it is older than what it knows already. */
export function noteTold(before: Told | undefined, status: CitizenStatus): Told | undefined {
  const { version, at, colour } = status;
  if (before && (version < before.version || (version === before.version && at < before.at))) return undefined;
  return { version, at, colour, news: newsOf(status), reasons: status.reasons.map((each) => JSON.stringify(each)) };
}

/** Whether a screen was told something since, and something else. */
export const isOvertaken = (told: Told | undefined, now: CitizenStatus): boolean =>
  told !== undefined && noteTold(told, now) === undefined && told.news !== newsOf(now);

/** A notice when the colour stays and a reason is new: a second exposure tells again (SPEC section 7). */
export function noticeOf(before: Told, { colour, reasons, at }: CitizenStatus): CitizenNotice | undefined {
  const fresh = reasons.filter((each) => !before.reasons.includes(JSON.stringify(each)));
  if (before.colour !== colour || fresh.length === 0) return undefined;
  return { kind: 'another-reason', colour, reasons: fresh, at };
}
