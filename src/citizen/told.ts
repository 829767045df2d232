import { newsOf, tellReason } from '../domain/colour/told.js';
import type { CitizenNotice } from '../events.js';
import type { PersonStatus } from '../told-statuses.js';

/** What a screen was told last. */
export interface Told {
  version: number;
  atMs: number;
  colour: string;
  news: string;
  reasons: string[];
}

/** What a screen knows with this; undefined when it is older than what it knows already. */
export function noteTold(before: Told | undefined, { version, atMs, status }: PersonStatus): Told | undefined {
  if (before && (version < before.version || (version === before.version && atMs < before.atMs))) return undefined;
  return { version, atMs, colour: status.colour, news: newsOf(status), reasons: reasonsOf(status) };
}

/** Whether a screen was told something since, and something else. */
export const isOvertaken = (told: Told | undefined, now: PersonStatus): boolean =>
  told !== undefined && noteTold(told, now) === undefined && told.news !== newsOf(now.status);

/** A notice when the colour stays and a reason is new: a second exposure tells again (SPEC section 7). */
export function noticeOf(before: Told, { atMs, status }: PersonStatus): CitizenNotice | undefined {
  const fresh = status.reasons.filter((fact) => !before.reasons.includes(JSON.stringify(tellReason(fact))));
  if (before.colour !== status.colour || fresh.length === 0) return undefined;
  const { colour } = status;
  return { kind: 'another-reason', colour, reasons: fresh.map(tellReason), at: new Date(atMs).toISOString() };
}

const reasonsOf = ({ reasons }: PersonStatus['status']): string[] =>
  reasons.map((fact) => JSON.stringify(tellReason(fact)));
