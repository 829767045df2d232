import { readdirSync, readFileSync } from 'node:fs';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { loadPolicies } from '../../../config/policy.js';
import { evidenceFact, type Evidence } from '../../../src/domain/colour/evidence.js';
import { PolicyBook } from '../../../src/domain/policy/book.js';

/** The tables of `test/cases`: rules as people of the field read them and add to them (docs/policies.md). */
const folder = new URL('../../cases/', import.meta.url);

const local = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?$/, 'expected a local time of the policy’s zone');
const aCase = z.strictObject({
  name: z.string().min(1),
  evidence: z.array(z.looseObject({ kind: z.string(), at: local })),
  verified: z.boolean().default(true),
  /** Another zone than the policy's. */
  timezone: z.string().optional(),
  at: local,
  colour: z.string(),
  rule: z.string(),
  nextChangeAt: local.nullable(),
  /** Colour and rule from `nextChangeAt` on. */
  then: z.tuple([z.string(), z.string()]).optional(),
  note: z.string().optional(),
});
const table = z.strictObject({
  policy: z.string(),
  about: z.string(),
  place: z.array(z.string()),
  cases: z.array(aCase).min(1),
});

/** What an exposure has beside what a case tells of it. */
const exposure = { case: 'c', minutes: 45, setting: 'closed' };

export const shipped = loadPolicies();
export const tables = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((file) => {
    const { success, data, error } = table.safeParse(JSON.parse(readFileSync(new URL(file, folder), 'utf8')));
    if (!success) throw new Error(`test/cases/${file}:\n${z.prettifyError(error)}`);
    return { file, ...data, policy: shipped.find(({ id, version }) => `${id} ${version}` === data.policy)! };
  });
export type Row = z.output<typeof aCase>;
export type Table = (typeof tables)[number];

const instant = (text: string, zone: string): number => {
  const read = DateTime.fromISO(text, { zone });
  if (!read.isValid) throw new Error(`${text} is no time of ${zone}`);
  return read.toMillis();
};

/** A row in epoch milliseconds, with the versions that may speak for its place: of other areas' policies, none. */
export function read({ place, policy }: Pick<Table, 'place' | 'policy'>, row: Row) {
  const zone = row.timezone ?? policy.timezone;
  const ms = (text: string) => instant(text, zone);
  const evidence = row.evidence.map((given, index): Evidence => {
    const times = Object.entries(given).map(([key, value]) =>
      /^(at|.*At|until)$/.test(key) ? [key, ms(value as string)] : [key, value],
    );
    const more =
      given.kind === 'exposure'
        ? { ...exposure, case: `c${index}` }
        : given.kind === 'case'
          ? { case: `own${index}` }
          : { id: `e${index}` };
    return evidenceFact.parse({ ...more, ...Object.fromEntries(times) });
  });
  const others = shipped.filter(({ id, version }) => id === policy.id && version !== policy.version);
  const mine = [policy, ...others].map((one) => ({ ...one, timezone: zone }));
  const versions = new PolicyBook(mine.filter(({ version }) => !version.endsWith('-demo'))).of(place);
  const next = row.nextChangeAt === null ? null : ms(row.nextChangeAt);
  return { subject: { verified: row.verified, evidence }, versions, at: ms(row.at), next };
}
