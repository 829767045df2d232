import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId } from '../../config/ids.js';
import { chances, type Chances } from '../chances.js';
import { idOf, neutralRules, officer, publish, well } from '../office.js';
import { ask, startSystem, type System } from '../system.js';

/** `VETXANH_RULES_STEPS=1000` makes it a long one; so many of them are on their way at once. */
const steps = Number(process.env['VETXANH_RULES_STEPS'] ?? 60);
const inFlight = Number(process.env['VETXANH_RULES_FLIGHTS'] ?? 8);
const seed = Number(process.env['VETXANH_RULES_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

const minuteMs = 60_000;
const dayMs = 1_440 * minuteMs;
const iso = (ms: number) => new Date(ms).toISOString();

let system: System;
const officers: Record<string, string> = {};
beforeAll(async () => {
  system = await startSystem();
  for (const id of ['first', 'second', 'third']) officers[id] = await officer(system, id);
}, 120_000);
afterAll(() => system?.stop());

/** Two provinces, two districts that move between them, and what happened to their people so far. */
interface Land {
  provinces: string[];
  districts: string[];
  people: { name: string; id: string }[];
  venues: string[];
  cases: string[];
  facts: { person: string; id: string }[];
}

type Step = (land: Land, by: Chances) => Promise<unknown>;

/** Whoever loses a race is told so (409, 404); anything the server cannot answer is a fault. */
async function call(request: string, sent: Parameters<typeof ask>[2] = {}): Promise<Record<string, unknown>> {
  const headers = { purpose: 'operation' };
  const { status, body } = await ask(system, request, { token: officers['first']!, headers, ...sent });
  const isExpected = status < 300 || status === 404 || status === 409;
  if (!isExpected) throw new Error(`${request}: ${status} ${JSON.stringify(body)}`);
  return (typeof body === 'object' ? body : {}) as Record<string, unknown>;
}

const ago = (by: Chances, days: number) => Date.now() - minuteMs - by.below(days * 1_440) * minuteMs;
const someTime = (by: Chances) => ({
  from: iso(ago(by, 6)),
  ...(by.below(3) > 0 && { until: iso(Date.now() + by.below(3 * 1_440) * minuteMs + 1_000) }),
});

/** Every kind of evidence as a body; an override ends within the run as often as after it. */
function bodyOf(by: Chances): Record<string, unknown> & { kind: string } {
  const kind = by.one([
    'test',
    'test',
    'dose',
    'recovery',
    'quarantine',
    'isolation',
    'declaration',
    'override',
  ] as const);
  switch (kind) {
    case 'test':
      return {
        kind,
        test: by.one(['pcr', 'antigen']),
        result: by.one(['negative', 'positive']),
        sampledAt: iso(ago(by, 8)),
      };
    case 'dose':
      return { kind, number: 1 + by.below(3), at: iso(ago(by, 200)) };
    case 'recovery':
      return { kind, at: iso(ago(by, 8)) };
    case 'quarantine':
    case 'isolation':
    case 'declaration':
      return { kind, ...someTime(by) };
    case 'override':
      return {
        kind,
        colour: by.one(['green', 'yellow', 'red']),
        reason: 'by chance',
        until: iso(Date.now() + 2_000 + by.below(40_000)),
      };
  }
}

const tell: Step = async ({ people, facts }, by) => {
  const { id: person } = by.one(people);
  const body = bodyOf(by);
  const { id } = await call(`POST /people/${person}/evidence`, { body });
  facts.push({ person, id: id as string });
  if (body.kind !== 'override' || by.below(4) === 0) return;
  // Two second officers at once: one of them is too late.
  const agree = (as: string) => call(`POST /people/${person}/evidence/${String(id)}/agree`, { token: officers[as]! });
  await Promise.all([agree('second'), agree('third')]);
};

const takeBack: Step = async ({ facts }, by) => {
  const [fact] = facts.splice(by.below(facts.length), 1);
  if (!fact) return;
  const remove = () => call(`DELETE /people/${fact.person}/evidence/${fact.id}`);
  await (by.below(2) === 0 ? remove() : Promise.all([remove(), remove()]));
};

/** A laboratory's file; the same rows come again as often as not, some with another content under their id. */
const file: Step = async ({ people }, by) => {
  const rows = Array.from({ length: 1 + by.below(6) }, () => {
    const result = by.one(['negative', 'positive']);
    return `lab-${by.below(40)},test,${ago(by, 8)},pcr,${result},${by.one(people).name}`;
  });
  const csv = ['id,kind,at,test,result,person', ...rows].join('\n');
  await Promise.all(Array.from({ length: 1 + by.below(2) }, () => call('POST /imports/evidence?source=lab', { csv })));
};

const rules: Step = async ({ provinces, districts }, by) => {
  const area = by.one([...provinces, ...districts]);
  const f1 = by.one(['red', 'yellow', 'green']);
  const risky = {
    ...neutralRules.colours.at(-1)!,
    Identifier: 'risky',
    colour: 'yellow',
    Logic: { '>=': [{ var: 'area.level' }, 2] },
  };
  const colours = neutralRules.colours.map((rule) => (rule.Identifier === 'F1' ? { ...rule, colour: f1 } : rule));
  const guard = by.below(2) === 0 ? { bulkChangeGuard: { share: 0.2, withinMinutes: 1, minPeople: 1 } } : {};
  const dated = { id: `rules-${area}`, version: newId(), area, validFrom: iso(Date.now() + 8_000) };
  const policy = { ...neutralRules, ...guard, ...dated, colours: by.below(2) === 0 ? [risky, ...colours] : colours };
  if (by.below(4) > 0) return publish(system, policy).catch(tooLate);
  // A draft that is changed between its officers starts over.
  const { id } = await call('POST /policies/drafts', { body: policy });
  await call(`POST /policies/drafts/${String(id)}/simulate`, { body: {} });
  await Promise.all([
    call(`POST /policies/drafts/${String(id)}/approve`, { token: officers['second']! }),
    call('POST /policies/drafts', { body: { ...policy, minTrustForRed: 0.6 } }),
    call(`POST /policies/drafts/${String(id)}/approve`, { token: officers['third']! }),
  ]);
};

/** A slow machine may let the instant pass before the second officer comes: then nothing was published. */
function tooLate(error: Error): void {
  if (!/valid-from-past|published too late/.test(error.message)) throw error;
}

const decide: Step = async (_, by) => {
  const { items } = (await call('GET /holds')) as { items: { id: string; state: string }[] };
  const held = items.filter(({ state }) => state === 'held');
  if (held.length === 0) return;
  const { id } = by.one(held);
  const as = (name: string) => call(`POST /holds/${id}/${by.one(['release', 'drop'])}`, { token: officers[name]! });
  await Promise.all([as('second'), as('third')]);
};

const move: Step = ({ provinces, districts }, by) => {
  const [district, province] = [by.one(districts), by.one(provinces)];
  const tomorrow = iso(Date.now() + dayMs).slice(0, 10);
  const ends = by.below(4) === 0 ? `${tomorrow},${by.one(provinces)}` : ',';
  const csv = `code,name,parent,validTo,mergedInto\n${district},${district},${province},${ends}`;
  return call('POST /imports/units', { csv });
};

const figures = {
  ...{ oxygen: 0, deaths: 0, fullDosePeople: 0.8, fullDoseAtRisk: 0.95, careReady: 1, freeBeds: 60, intensiveBeds: 6 },
};
const assess: Step = ({ provinces, districts }, by) => {
  const body = { population: 100_000, cases: by.one([0, 10, 500, 700]), figures };
  return call(`POST /units/${by.one([...provinces, ...districts])}/risk`, { body });
};

const stays: Step = ({ people, venues }, by) => {
  const rows = Array.from({ length: 2 + by.below(6) }, () => {
    const from = ago(by, 8);
    return `${by.one(people).name},${by.one(venues)},,${from},${from + (10 + by.below(110)) * minuteMs}`;
  });
  return call('POST /imports/stays', { csv: ['person,venue,zone,in,out', ...rows].join('\n') });
};

const confirm: Step = async ({ people, cases }, by) => {
  if (cases.length > 0 && by.below(3) === 0)
    return call(`POST /cases/${by.one(cases)}/retract`, { body: { reason: 'by chance' } });
  const { id } = await call('POST /cases', { body: { person: by.one(people).id, sampledAt: iso(ago(by, 5)) } });
  if (id) cases.push(id as string);
};

const weighted: [weight: number, step: Step][] = [
  [10, tell],
  [4, takeBack],
  [4, file],
  [2, rules],
  [2, decide],
  [2, move],
  [2, assess],
  [3, stays],
  [3, confirm],
];

async function openLand(): Promise<Land> {
  const [provinces, districts] = ['p', 'd'].map((kind) => [1, 2].map((at) => `${kind}${at}-${newId()}`)) as [
    string[],
    string[],
  ];
  const units = [
    ...provinces.map((code) => `${code},${code},`),
    ...districts.map((code, at) => `${code},${code},${provinces[at]!}`),
  ];
  await call('POST /imports/units', { csv: ['code,name,parent', ...units].join('\n') });
  const people: Land['people'] = [];
  for (const unit of [...districts, provinces[0]!]) {
    const names = Array.from({ length: 8 }, () => newId());
    const token = await officer(system, 'registrar', unit);
    await well(system, 'POST /imports/people', { csv: ['person', ...names].join('\n'), token });
    for (const name of names) people.push({ name, id: await idOf(system, name) });
  }
  return { provinces, districts, people, venues: Array.from({ length: 4 }, () => newId()), cases: [], facts: [] };
}

async function audit(): Promise<{ differences: number; text: string }> {
  const { body } = await ask(system, 'POST /audit', { body: { withinMs: 120_000 }, headers: { purpose: 'audit' } });
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const { report } = JSON.parse(text.trim().split('\n').at(-1)!) as { report: { differences: number } };
  return { ...report, text };
}

it(
  `${steps} steps by chance, ${inFlight} at once, leave nothing that a fresh computation would give otherwise (seed ${seed})`,
  async () => {
    process.stdout.write(`rules history: seed ${seed}, ${steps} steps, ${inFlight} at once\n`);
    const by = chances(seed);
    const land = await openLand();
    const all = weighted.flatMap(([weight, step]) => Array.from({ length: weight }, () => step));
    let left = steps;
    const lane = async () => {
      while (left-- > 0) await by.one(all)(land, by);
    };
    await Promise.all(Array.from({ length: inFlight }, lane));
    const { differences, text } = await audit();
    if (differences > 0) process.stdout.write(text);
    expect(differences).toBe(0);
  },
  120_000 + steps * 2_000,
);
