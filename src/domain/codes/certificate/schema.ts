import { z } from 'zod';

/**
 * The payload of a certificate, schema versions 1.x (1.0.0 to 1.3.x): what all of them ask for, and what 1.3 added.
 * Dates may carry a time, for some issuers write one, and the schema's own validators let it pass.
 */
const text = z.string().max(80);
const day = z.string().regex(/^\d{4}-\d\d-\d\d/, 'expected a date, YYYY-MM-DD');
const birthDate = z.string().regex(/^((19|20)\d\d(-\d\d){0,2}(T.*)?)?$/, 'expected a date, its beginning, or nothing');
const posInt = z.int().min(1);

/** Nothing said is the same as nothing there. */
const maybe = <T extends z.ZodType>(schema: T) => schema.nullish();

const common = {
  tg: z.string(),
  co: z.string().regex(/[A-Z]{1,10}/, 'expected a country in capitals'),
  is: text,
  ci: text,
};

const vaccination = z.looseObject({
  ...common,
  vp: z.string(),
  mp: z.string(),
  ma: z.string(),
  dn: posInt,
  sd: posInt,
  dt: day,
});
const test = z.looseObject({ ...common, tt: z.string(), sc: day, tr: z.string(), tc: maybe(text), nm: maybe(text) });
const recovery = z.looseObject({ ...common, fr: day, df: day, du: day });

const some = <T extends z.ZodType>(schema: T) => maybe(z.array(schema).min(1));

export const certificateSchema = z
  .looseObject({
    ver: z.string().regex(/^1\.\d+\.\d+$/, 'expected a schema version 1.x'),
    nam: z.looseObject({ fn: maybe(text), fnt: maybe(text), gn: maybe(text), gnt: maybe(text) }),
    dob: birthDate,
    v: some(vaccination),
    t: some(test),
    r: some(recovery),
  })
  .superRefine(({ ver, nam, v, t, r }, context) => {
    const lists = [v, t, r].filter((list) => list !== undefined && list !== null);
    if (lists.length !== 1) context.addIssue('expected vaccinations, tests or recoveries, one of the three');
    if (Number(ver.split('.')[1]) < strictSince) return;
    if ((lists[0]?.length ?? 1) > 1) context.addIssue('expected one entry, not several');
    for (const field of ['fnt', 'gnt'] as const)
      if (!/^[A-Z<]*$/.test(nam[field] ?? ''))
        context.addIssue({ code: 'custom', path: ['nam', field], message: 'expected letters A to Z and <' });
  });

/** Schema 1.3 asks for one event and for transliterated names; before it a certificate might hold several of a kind. */
const strictSince = 3;

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
