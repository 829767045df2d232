const fillers = /[\s.()\u00ad\u2010-\u2015-]/g;

/** A number of the international plan: a country and 7 to 14 more digits (ITU-T E.164: 15 digits at most). */
const international = /^\+[1-9]\d{7,14}$/;

/**
 * A phone number as it is kept and compared, `+84912345678`; undefined when it is none. A number without a country is
 * Vietnamese: `0912 345 678`, `84912345678`, `+84 (0) 912.345.678` and `0084912345678` are one.
 */
export function normalisePhone(text: string): string | undefined {
  const bare = text.replace(fillers, '').replace(/^00/, '+');
  const full = bare
    .replace(/^0(?=[1-9]\d{8,9}$)/, '+84')
    .replace(/^84(?=[1-9]\d{8,9}$)/, '+84')
    .replace(/^\+840/, '+84');
  return international.test(full) ? full : undefined;
}
