import { DateTime } from 'luxon';

export const minute = 60_000;

export const codeUnits = (a: string, b: string) => (a === b ? 0 : [a, b].sort()[0] === a ? -1 : 1);

const local = (ms: number, zone: string) => DateTime.fromMillis(ms, { zone });

export const dateOf = (ms: number, zone: string) => local(ms, zone).toISODate()!;

export const addDays = (ms: number, days: number, zone: string) => local(ms, zone).plus({ days }).toMillis();

/** Three decimals of the exact value, digit by digit: 60 places hold any dose that a number can hold here. */
export function halfUp(dose: number): string {
  const [whole, digits] = dose.toFixed(60).split('.') as [string, string];
  const thousandths = BigInt(whole + digits.slice(0, 3)) + (digits[3]! >= '5' ? 1n : 0n);
  const text = thousandths.toString().padStart(4, '0');
  return `${text.slice(0, -3)}.${text.slice(-3)}`;
}
