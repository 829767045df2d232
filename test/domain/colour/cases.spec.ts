import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from '@jest/globals';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { loadPolicies } from '../../../config/policy.js';
import { candidatesOf } from '../../../src/domain/colour/changes.js';
import { colourAt, colourOf } from '../../../src/domain/colour/colour.js';
import { evidenceFact, type Evidence } from '../../../src/domain/colour/evidence.js';
import { prepared } from '../../../src/domain/colour/prepared.js';
import { PolicyBook } from '../../../src/domain/policy/book.js';
import { inForce, type Policy } from '../../../src/domain/policy/policy.js';

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

const shipped = loadPolicies();
const tables = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((file) => {
    const { success, data, error } = table.safeParse(JSON.parse(readFileSync(new URL(file, folder), 'utf8')));
    if (!success) throw new Error(`test/cases/${file}:\n${z.prettifyError(error)}`);
    return { file, ...data, policy: shipped.find(({ id, version }) => `${id} ${version}` === data.policy)! };
  });
type Row = z.output<typeof aCase>;

const instant = (text: string, zone: string): number => {
  const read = DateTime.fromISO(text, { zone });
  if (!read.isValid) throw new Error(`${text} is no time of ${zone}`);
  return read.toMillis();
};

/** A row in epoch milliseconds, with the versions that may speak for its place: of other areas' policies, none. */
function read({ place, policy }: { place: string[]; policy: Policy }, row: Row) {
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
  const mine = shipped.filter(({ id }) => id === policy.id).map((one) => ({ ...one, timezone: zone }));
  const versions = new PolicyBook(mine.filter(({ version }) => !version.endsWith('-demo'))).of(place);
  const next = row.nextChangeAt === null ? null : ms(row.nextChangeAt);
  return { subject: { verified: row.verified, evidence }, versions, at: ms(row.at), next };
}

it.each(
  shipped
    .filter(({ version }) => !version.endsWith('-demo'))
    .map((policy) => [`${policy.id} ${policy.version}`, policy] as const),
)('%s has a table of cases', (_, policy) => expect(tables.some((one) => one.policy === policy)).toBe(true));

describe.each(tables.map((one) => [one.file, one] as const))('%s', (_, one) => {
  it.each(one.cases.map((row) => [row.name, row] as const))('%s', (_name, row) => {
    const { subject, versions, at, next } = read(one, row);
    expect(colourOf(subject, versions, at)).toMatchObject({ colour: row.colour, rule: row.rule, nextChangeAt: next });
    if (next === null) return;
    const verdictAt = (ms: number) => colourAt(subject, inForce(versions, ms), ms);
    expect(verdictAt(next - 1)).toMatchObject({ colour: row.colour, rule: row.rule });
    const [colour, rule] = row.then ?? [];
    if (colour) expect(verdictAt(next)).toMatchObject({ colour, rule });
  });

  it('has a case for every rule', () => {
    const said = new Set(one.cases.flatMap(({ rule, then }) => [rule, ...(then ? [then[1]] : [])]));
    expect(one.policy.colours.map(({ Identifier }) => Identifier).filter((rule) => !said.has(rule))).toEqual([]);
  });

  it('has a case that changes at every number of days and hours', () => {
    const { shifts, calendar } = prepared(one.policy);
    const none = { days: [], instants: [], today: [0], nowMs: [0], dates: [] };
    const single = [
      ...shifts.days
        .filter(({ unit, amount }) => unit === 'day' && amount > 0)
        .map((shift) => ({ ...none, days: [shift] })),
      ...shifts.instants
        .filter(({ unit, amount }) => unit === 'hour' && amount > 0)
        .map((shift) => ({ ...none, instants: [shift] })),
    ];
    const reads = one.cases.filter(({ timezone }) => !timezone).map((row) => read(one, row));
    const missing = single.filter(
      (shift) =>
        !reads.some(({ subject, next }) =>
          subject.evidence.some((fact) =>
            [fact.at, 'lastAt' in fact ? fact.lastAt : fact.at].some((ms) =>
              candidatesOf(ms, shift, calendar).includes(next!),
            ),
          ),
        ),
    );
    expect(missing.map(({ days, instants }) => [...days, ...instants])).toEqual([]);
  });
});

afterAll(() => {
  const total = tables.reduce((sum, { cases }) => sum + cases.length, 0);
  process.stdout.write(`tables of cases: ${total} cases in ${tables.length} files\n`);
});
