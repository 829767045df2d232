import type { Redis } from 'ioredis';
import { newId } from '../../config/ids.js';
import { packScan } from '../../src/domain/stay/packed.js';
import { bodyField, factStream, packFacts } from '../../src/streams.js';
import type { Chances } from '../chances.js';
import { neutralRules as neutral } from '../office.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const iso = (ms: number) => new Date(ms).toISOString();
export interface Answer {
  status: number;
  body: Record<string, unknown>;
}

/** One request to the API, by an operator whose account is `as`, of a unit. */
export type Call = (
  method: string,
  path: string,
  body?: unknown,
  by?: { as?: string; unit?: string },
) => Promise<Answer>;

/** What a history has made so far, and how it goes on. */
export interface Town {
  call: Call;
  redis: Redis;
  areas: string[];
  people: { name: string; id: string }[];
  venues: string[];
  cases: string[];
  facts: { person: string; id: string }[];
}

/**
 * One thing that happens. All it chooses is chosen before it waits, and what it adds to the town is added by what it
 * resolves to, so that a seed gives the same history again however many steps are under way.
 */
export type Step = (town: Town, by: Chances) => Promise<(() => void) | undefined>;

const nothing = async (): Promise<undefined> => undefined;

/** An instant of some past days. */
const ago = (by: Chances, days: number) => Date.now() - by.below(days * 24 * 60) * minuteMs - minuteMs;

const importsStays: Step = async (town, by) => {
  const rows = Array.from({ length: 1 + by.below(8) }, () => {
    const from = ago(by, 8);
    return `${by.one(town.people).name},${by.one(town.venues)},,${from},${from + (5 + by.below(120)) * minuteMs}`;
  });
  await town.call('POST', 'imports/stays', ['person,venue,zone,in,out', ...rows].join('\n'));
  return undefined;
};

/** Somebody was scanned, as a gate makes it durable: some of it days ago, at a gate that was offline. */
const scans: Step = async ({ redis, people, venues }, by) => {
  const facts = Array.from({ length: 1 + by.below(4) }, () => {
    const { id: person } = by.one(people);
    const at = by.below(2) ? Date.now() - by.below(60) * minuteMs : ago(by, 6);
    const direction = by.one(['in', 'in', 'out', 'auto'] as const);
    const place = { gate: 'history', venue: by.one(venues), kind: 'other' as const, unit: null, zone: '' };
    const scan = {
      ...place,
      scanId: newId(),
      direction,
      at,
      receivedAt: Date.now(),
      trust: 1,
      decision: 'allow' as const,
    };
    return { person, line: packScan(scan) };
  });
  await redis.xadd(factStream(0), '*', bodyField, packFacts(facts));
  return undefined;
};

/** A tracer corrects one of somebody's stays, or takes it back. */
const correctsStay: Step = async ({ call, people }, by) => {
  const [{ id: person }, which, voids, minutes] = [by.one(people), by.below(100), by.below(2) === 0, by.below(90) + 1];
  const { body } = await call('GET', `people/${person}/stays`);
  const stays = body['items'] as { id: string; in: string }[];
  const stay = stays[which % Math.max(stays.length, 1)];
  if (!stay) return undefined;
  const path = `people/${person}/stays/${encodeURIComponent(stay.id)}`;
  if (voids) await call('DELETE', path);
  else await call('PATCH', path, { out: iso(Date.parse(stay.in) + minutes * minuteMs) });
  return undefined;
};

const confirms: Step = async ({ call, people, cases }, by) => {
  const dates = { sampledAt: iso(ago(by, 5)), ...(by.below(3) === 0 && { isolatedAt: iso(ago(by, 3)) }) };
  const { body } = await call('POST', 'cases', { person: by.one(people).id, ...dates });
  return () => void (body['id'] && cases.push(body['id'] as string));
};

const amends: Step = async ({ call, cases }, by) => {
  if (cases.length === 0) return nothing();
  const change = by.below(2) ? { onset: iso(ago(by, 7)) } : { isolatedAt: by.below(3) ? iso(ago(by, 4)) : null };
  await call('PATCH', `cases/${by.one(cases)}`, change);
  return undefined;
};

const retracts: Step = async ({ call, cases }, by) => {
  if (cases.length > 0) await call('POST', `cases/${by.one(cases)}/retract`, { reason: 'by chance' });
  return undefined;
};

/** Tells a fact about somebody. */
async function tell({ call, people, facts }: Town, by: Chances, body: object) {
  const { id: person } = by.one(people);
  const { status, body: told } = await call('POST', `people/${person}/evidence`, body);
  if (status !== 201) throw new Error(`a fact was refused: ${status} ${JSON.stringify(told)}`);
  const fact = { person, id: told['id'] as string };
  return { fact, adds: () => void facts.push(fact) };
}

const tests: Step = async (town, by) => {
  const result = by.one(['negative', 'negative', 'positive']);
  return (await tell(town, by, { kind: 'test', test: 'pcr', result, sampledAt: iso(ago(by, 6)) })).adds;
};

const isolates: Step = async (town, by) => {
  const [kind, from] = [by.one(['quarantine', 'isolation']), iso(ago(by, 6))];
  return (await tell(town, by, { kind, from, until: iso(Date.now() + by.below(3) * dayMs + hourMs) })).adds;
};

const recovers: Step = async (town, by) => (await tell(town, by, { kind: 'recovery', at: iso(ago(by, 6)) })).adds;

const isVaccinated: Step = async (town, by) =>
  (await tell(town, by, { kind: 'dose', number: 1 + by.below(2), at: iso(ago(by, 60)) })).adds;

const takesBack: Step = async ({ call, facts }, by) => {
  const [fact] = facts.splice(by.below(facts.length), 1);
  if (fact) await call('DELETE', `people/${fact.person}/evidence/${fact.id}`);
  return undefined;
};

const overrides: Step = async (town, by) => {
  const until = iso(Date.now() + 1_000 + by.below(20_000));
  const body = { kind: 'override', colour: by.one(['green', 'red']), reason: 'by chance', until };
  const { fact, adds } = await tell(town, by, body);
  await town.call('POST', `people/${fact.person}/evidence/${fact.id}/agree`, undefined, { as: 'second' });
  return adds;
};

const publishes: Step = async ({ call, areas }, by) => {
  const [area, f1, minMinutes] = [by.one(areas), by.one(['red', 'yellow', 'green']), by.one([5, 15, 30])];
  const guard = by.below(2) === 0 ? { bulkChangeGuard: { share: 0.2, withinMinutes: 1, minPeople: 1 } } : {};
  const colours = neutral.colours.map((rule) => (rule.Identifier === 'F1' ? { ...rule, colour: f1 } : rule));
  const named = { id: `rules-${area}`, version: newId(), area, validFrom: iso(Date.now() + 4_000) };
  const policy = { ...neutral, ...guard, ...named, colours, contact: { ...neutral.contact, minMinutes } };
  const { body } = await call('POST', 'policies/drafts', policy);
  const draft = `policies/drafts/${String(body['id'])}`;
  await call('POST', `${draft}/simulate`, {});
  await call('POST', `${draft}/approve`, undefined, { as: 'first' });
  const { body: done } = await call('POST', `${draft}/approve`, undefined, { as: 'second' });
  if (done['state'] !== 'published' && !/valid-from-past$/.test(String(done['type'])))
    throw new Error(`not published: ${JSON.stringify(done)}`);
  return undefined;
};

const decides: Step = async ({ call }, by) => {
  const how = by.one(['release', 'drop']);
  const { body } = await call('GET', 'holds');
  const held = (body['items'] as { id: string; state: string }[]).find(({ state }) => state === 'held');
  if (held) await call('POST', `holds/${held.id}/${how}`, undefined, { as: 'third' });
  return undefined;
};

const weighted: [weight: number, step: Step][] = [
  [5, importsStays],
  [6, scans],
  [3, correctsStay],
  [3, confirms],
  [3, amends],
  [2, retracts],
  [4, tests],
  [2, isolates],
  [1, recovers],
  [2, isVaccinated],
  [3, takesBack],
  [1, overrides],
  [1, publishes],
  [1, decides],
];

/** All that may happen, each as often as it weighs. */
export const steps: readonly Step[] = weighted.flatMap(([weight, step]) => Array.from({ length: weight }, () => step));

/** Two areas and nowhere, with eight people each, and a few venues where all of them meet. */
export async function openTown(call: Call, redis: Redis): Promise<Town> {
  const areas = [newId(), newId()].map((id) => `area-${id}`);
  await call('POST', 'imports/units', ['code,name', ...areas.map((area) => `${area},${area}`)].join('\n'));
  const people: Town['people'] = [];
  for (const unit of [...areas, undefined]) {
    const names = Array.from({ length: 8 }, () => newId());
    await call('POST', 'imports/people', ['person', ...names].join('\n'), unit === undefined ? {} : { unit });
    for (const name of names) {
      const { body } = await call('GET', `people?identifier=import:${name}`);
      people.push({ name, id: (body['items'] as { id: string }[])[0]!.id });
    }
  }
  const venues = Array.from({ length: 5 }, () => newId());
  await call(
    'POST',
    'imports/stays',
    ['person,venue,zone,in,out', ...venues.map((venue) => firstStay(people, venue))].join('\n'),
  );
  return { call, redis, areas, people, venues, cases: [], facts: [] };
}

/** A scan needs a venue that is known. */
const firstStay = ([person]: Town['people'], venue: string) =>
  `${person!.name},${venue},,${Date.now() - 9 * dayMs},${Date.now() - 9 * dayMs + hourMs}`;
