import { DateTime } from 'luxon';

/** What an appeal may be about. */
export const appealSubjects = ['colour', 'record', 'place', 'other'] as const;
export type AppealSubject = (typeof appealSubjects)[number];

/** How an appeal ends: what it was about was corrected, or it stays as it is. */
export const appealOutcomes = ['corrected', 'kept'] as const;
export type AppealOutcome = (typeof appealOutcomes)[number];

/** Working days until somebody replies, and days until it is acted on. Source: SPEC section 10, legal clocks. */
const replyWorkingDays = 2;
const actDays = 15;

/** Until when an appeal is replied to and acted on: both instants are the end of a local day, epoch milliseconds. */
export interface AppealClocks {
  replyByMs: number;
  actByMs: number;
}

/**
 * The clocks of an appeal that came at an instant: they run from the day after it. Working days are Monday to Friday;
 * public holidays count as such too, so that an answer is never later than the law wants (assumption).
 */
export function appealClocks(atMs: number, timezone: string): AppealClocks {
  const day = DateTime.fromMillis(atMs, { zone: timezone }).startOf('day');
  let reply = day;
  for (let left = replyWorkingDays; left > 0;) {
    reply = reply.plus({ days: 1 });
    if (reply.weekday <= 5) left--;
  }
  return {
    replyByMs: reply.plus({ days: 1 }).toMillis(),
    actByMs: day.plus({ days: actDays + 1 }).toMillis(),
  };
}
