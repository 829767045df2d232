import { z } from 'zod';

/**
 * The payload of a certificate, schema versions 1.x (1.0.0 to 1.3.x): what all of them ask for. Dates may carry a time,
 * for some issuers write one, and the schema's own validators let it pass.
 */
const text = z.string().max(80);
const day = z.string().regex(/^\d{4}-\d\d-\d\d(T.*)?$/, 'expected a date, YYYY-MM-DD');
const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d/, 'expected a date and time');
const birthDate = z.string().regex(/^((19|20)\d\d(-\d\d){0,2}(T.*)?)?$/, 'expected a date, its beginning, or nothing');
const transliterated = text.regex(/^[A-Z<]*$/, 'expected letters A to Z and <');
const posInt = z.int().min(1);

/** Nothing said is the same as nothing there. */
const maybe = <T extends z.ZodType>(schema: T) => schema.nullish();

const common = {
  tg: z.string(),
  co: z.string().regex(/[A-Z]{1,10}/, 'expected a country in capitals'),
  is: text,
  ci: text,
};

const vaccination = z.looseObject({ ...common, vp: z.string(), mp: z.string(), ma: z.string(), dn: posInt, sd: posInt, dt: day }); // prettier-ignore
const test = z.looseObject({
  ...common,
  tt: z.string(),
  sc: instant,
  tr: z.string(),
  tc: maybe(text),
  nm: maybe(text),
});
const recovery = z.looseObject({ ...common, fr: day, df: day, du: day });

const one = <T extends z.ZodType>(schema: T) => maybe(z.array(schema).max(1));

export const certificateSchema = z
  .looseObject({
    ver: z.string().regex(/^1\.\d+\.\d+$/, 'expected a schema version 1.x'),
    nam: z.looseObject({ fn: maybe(text), fnt: maybe(transliterated), gn: maybe(text), gnt: maybe(transliterated) }),
    dob: birthDate,
    v: one(vaccination),
    t: one(test),
    r: one(recovery),
  })
  .refine(({ v, t, r }) => (v?.length ?? 0) + (t?.length ?? 0) + (r?.length ?? 0) === 1, {
    message: 'expected exactly one vaccination, test or recovery',
  });

/** A certificate's payload as its issuer wrote it. */
export type CertificateData = z.output<typeof certificateSchema>;

export const entryKinds = ['vaccination', 'test', 'recovery'] as const;
export type EntryKind = (typeof entryKinds)[number];

/** What a payload is of, also when it breaks the schema; empty when it holds nothing. */
export function kindsOf(data: unknown): EntryKind[] {
  const lists = data as { v?: unknown; t?: unknown; r?: unknown } | null;
  const has = (list: unknown) => Array.isArray(list) && list.length > 0;
  return entryKinds.filter((_, at) => has([lists?.v, lists?.t, lists?.r][at]));
}
