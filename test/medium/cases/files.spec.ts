import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../../config/ids.js';
import { step } from '../../../graph/graph.js';
import { directVenueId } from '../../../graph/stays/direct-venue.js';
import { StayTable } from '../../../graph/stays/stay-table.js';
import { ContactRule } from '../../../src/domain/exposure/contact-rule.js';
import { doseText, inFileOrder } from '../../../src/domain/exposure/exposure.js';
import { trace } from '../../../src/domain/exposure/trace.js';
import { neutralZonedContact } from '../../../src/domain/policy/contact.js';
import { CaseBench } from './bench.js';

const minute = 60_000;
const day = 1_440 * minute;

let bench: CaseBench;
beforeAll(async () => {
  bench = await CaseBench.open();
});
afterAll(() => bench.close());

const iso = (ms: number) => new Date(ms).toISOString();
const importCases = (rows: string[]) =>
  bench.call('POST', 'imports/cases', {
    roles: ['admin'],
    body: ['case,person,onset,sampledAt,isolatedAt', ...rows, ''].join('\n'),
  });
const exported = async (what: string) => {
  const { text } = await bench.call('GET', `exports/${what}`, { roles: ['auditor'], purpose: 'operation' });
  return text.split('\r\n').filter(Boolean).slice(1);
};

it('pages of cases go on after the longest id that a file may give', async () => {
  const tag = newId();
  const ids = ['a', 'b'].map((end) => `zz-${tag}`.padEnd(255, '-') + end);
  const onset = iso(Date.now() - day);
  expect((await importCases(ids.map((id) => `${id},${tag},${onset},,`))).text).toContain('"accepted":2');
  const asked = `cases?limit=500&after=${encodeURIComponent(ids[0]!)}`;
  const { status, data } = await bench.call('GET', asked, { purpose: 'operation' });
  expect({ status, data }).toMatchObject({ status: 200 });
  expect((data['items'] as { id: string }[]).map(({ id }) => id)).toContain(ids[1]);
  for (const id of ids)
    await bench.call('POST', `cases/${encodeURIComponent(id)}/retract`, { body: { reason: 'test' } });
});

it('whoever has the longest id that a file may give is found by it, gets a card and becomes a case', async () => {
  const name = newId().padEnd(256, '-');
  const [id] = [...(await bench.people([name])).values()];
  const text = `import:${name}`;
  const asked = `people?identifier=${encodeURIComponent(text)}`;
  const found = await bench.call('GET', asked, { purpose: 'operation' });
  expect(found).toMatchObject({ status: 200, data: { items: [{ id }] } });
  const cards = await bench.call('POST', 'cards', { roles: ['admin'], body: { people: [text] } });
  expect(cards).toMatchObject({ status: 201 });
  const confirmed = await bench.call('POST', 'cases', { body: { person: text, onset: iso(Date.now() - day) } });
  expect(confirmed).toMatchObject({ status: 201 });
  await bench.call('POST', `cases/${String(confirmed.data['id'])}/retract`, { body: { reason: 'test' } });
});

/** Forty people who wander between five places for some days, a few of them at home together. */
async function town() {
  const tag = newId().slice(0, 8);
  const names = Array.from({ length: 40 }, (_, each) => `${tag}-${each}`);
  const idOf = await bench.people(names);
  const start = Math.floor((Date.now() - 9 * day) / minute) * minute;
  const stays = names.flatMap((person, each) =>
    Array.from({ length: 12 }, (_, at) => {
      const from = start + at * 700 * minute + ((each * 37 + at * 11) % 200) * minute;
      const venue = `${tag}-v${(each * 7 + at * 3) % 5}`;
      return { person, venue, zone: '', in: from, out: from + (20 + ((each * at) % 90)) * minute, trust: 1 };
    }),
  );
  // A minute that no earlier run of this file has used, for its people cannot be read any more.
  const atHome = start + day + Math.floor(Math.random() * 2 * day);
  const homes = [0, 2, 4].map((each) => {
    const [personA, personB] = [names[each]!, names[each + 1]!];
    return { kind: 'household' as const, personA, personB, from: atHome, to: atHome + minute };
  });
  await settle(stays, homes, idOf);
  return { tag, names, stays, homes, start };
}

async function settle(
  stays: Awaited<ReturnType<typeof town>>['stays'],
  homes: Awaited<ReturnType<typeof town>>['homes'],
  idOf: Map<string, string>,
) {
  const direct = homes.flatMap(({ kind, personA, personB, from, to }) => {
    const people = [idOf.get(personA)!, idOf.get(personB)!] as const;
    const venue = directVenueId({ kind, people, from });
    return people.map((person) => ({ person, venue, zone: '', in: from, out: to, trust: 1 }));
  });
  const rows = direct.map(({ venue }) => ({ id: venue, direct: 'household' as const }));
  await bench.graph.writeAll([step('cases/ensure_direct', { rows, atMs: 0 })]);
  await bench.stay([...stays.map((stay) => ({ ...stay, person: idOf.get(stay.person)! })), ...direct]);
}

/** What `vetxanh trace` gives over the same files. */
async function overFiles(
  { stays, homes }: Awaited<ReturnType<typeof town>>,
  cases: { id: string; person: string; onset: number }[],
) {
  const table = new StayTable();
  for (const stay of stays) table.add(stay);
  for (const home of homes) table.addDirect(home);
  const reads = { stays: table.build(), standing: () => new Map() };
  const rows = [];
  for (const each of cases) {
    const traced = { ...each, sampledAt: null, isolatedAt: null };
    for await (const level of trace(traced, new ContactRule(neutralZonedContact), reads)) rows.push(...level.rows());
  }
  return rows
    .sort(inFileOrder)
    .map((row) =>
      [row.case, row.person, row.level, iso(row.exposedAt), row.via, row.venue, row.minutes, doseText(row.dose)].join(),
    );
}

describe('files of cases', () => {
  it('are traced to the rows that the same files give without any system, and amended by a second import', async () => {
    const given = await town();
    const cases = [0, 7, 23].map((each, at) => {
      return { id: `${given.tag}-c${at}`, person: given.names[each]!, onset: given.start + (2 + at) * day };
    });
    const rows = cases.map(({ id, person, onset }) => [id, person, iso(onset), '', ''].join());
    const counts = { read: 3, accepted: 3, merged: 0, queued: 0, rejected: 0 };
    expect((await importCases(rows)).data).toMatchObject(counts);
    const exposures = async () => (await Promise.all(cases.map(({ id }) => exported(`exposures?case=${id}`)))).flat();
    const found = await exposures();
    expect(found.length).toBeGreaterThan(20);
    expect(found).toEqual(await overFiles(given, cases));

    expect((await importCases(rows)).data).toMatchObject({ accepted: 0, merged: 3 });
    const later = cases.map((each, at) => (at === 1 ? { ...each, onset: each.onset + 3 * day } : each));
    const changed = [[later[1]!.id, later[1]!.person, iso(later[1]!.onset), '', ''].join()];
    expect((await importCases(changed)).data).toMatchObject({ merged: 1 });
    expect(await exposures()).toEqual(await overFiles(given, later));

    const [from, to] = [given.homes[0]!.from, given.homes[0]!.to];
    const homes = await exported(`encounters?from=${from}&to=${to}`);
    expect(homes).toEqual(
      given.homes.map(({ personA, personB, from, to }) => ['household', personA, personB, iso(from), iso(to)].join()),
    );
    for (const { id } of cases) await bench.call('POST', `cases/${id}/retract`, { body: { reason: 'test' } });
    for (const { id } of cases) await bench.traced(id);
    expect(await exposures()).toEqual([]);
    for (const { id } of cases) expect(await bench.graph.read('cases/exposed', { id })).toEqual([]);
  });

  it('have no exposures to export of a case that nobody knows: that is refused', async () => {
    const unknown = { roles: ['auditor' as const], purpose: 'operation' };
    const answer = await bench.call('GET', `exports/exposures?case=${newId()}`, unknown);
    expect(answer).toMatchObject({ status: 404, data: { type: 'not-found', detail: 'There is no such case.' } });
  });

  it('that contradict what is known, or themselves, are told apart row by row', async () => {
    const tag = newId().slice(0, 8);
    const rows = [
      `${tag}-1,${tag}-a,2026-11-20,,`,
      `${tag}-1,${tag}-b,2026-11-20,,`,
      `${tag}-2,${tag}-b,,,`,
      `${tag}-3,${tag}-b,2999-01-01,,`,
      `${tag}-1,${tag}-a,2026-11-21,,`,
    ];
    const { data } = await importCases(rows);
    expect(data).toMatchObject({ read: 5, accepted: 1, merged: 1, rejected: 3 });
    const { rejects } = data as { rejects: { row: number; reason: string }[] };
    expect(rejects.map(({ row, reason }) => [row, reason])).toEqual([
      [3, 'contradiction'],
      [4, 'bad-value'],
      [5, 'in-future'],
    ]);
  });
});
