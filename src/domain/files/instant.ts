import { DateTime } from 'luxon';
import { startOfDay } from '../exposure/local-days.js';

const epoch = /^-?\d{1,15}$/;
const date = /^\d{4}-\d{2}-\d{2}$/;
const usual = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;
const offset = /T.*(Z|[+-]\d\d(:?\d\d)?)$/;

/** The years 1 to 9999: what ISO 8601 writes with four digits. */
const earliest = Date.parse('0001-01-01T00:00:00Z');
const latest = Date.parse('9999-12-31T23:59:59.999Z');

/** What a cell with an instant must hold. */
export const instantExpected = 'an instant (ISO 8601 with an offset, or whole epoch milliseconds) or a date';

/**
 * An instant of a file in milliseconds UTC (SPEC 12): ISO 8601 with an offset, or whole epoch milliseconds; a date is
 * the start of that local day (SPEC section 5). Undefined for anything else: a time without an offset is no instant.
 */
export function readInstant(text: string, timezone: string): number | undefined {
  const ms = epoch.test(text) ? Number(text) : date.test(text) ? startOf(text, timezone) : fromIso(text);
  return ms >= earliest && ms <= latest ? ms : undefined;
}

function startOf(text: string, zone: string): number {
  const day = DateTime.fromISO(text, { zone });
  return day.isValid ? startOfDay(day) : NaN;
}

/** The usual shape is read by the engine, which takes 30 February for 2 March: so late days are looked up. */
function fromIso(text: string): number {
  if (usual.test(text)) return isInCalendar(text) ? Date.parse(text) : NaN;
  return offset.test(text) ? DateTime.fromISO(text).toMillis() : NaN;
}

function isInCalendar(text: string): boolean {
  const day = Number(text.slice(8, 10));
  return day <= 28 || new Date(`${text.slice(0, 10)}T00:00:00Z`).getUTCDate() === day;
}
