import { systemClock } from '../config/clock.js';
import { newId } from '../config/ids.js';
import { Vault } from '../config/vault.js';
import { step } from '../graph/graph.js';
import { People } from '../src/people/people.service.js';
import { Names } from '../src/people/names.service.js';
import { knownBy, sealFields } from '../src/people/sealed.js';
import type { Line } from './benches.js';
import { fiveApps } from './five-apps.js';
import type { Stage } from './stage.js';

/** People among whom one is looked up; the target is told of a million (VETXANH_BENCH_LOOKUP=1000000). */
const people = Number(process.env['VETXANH_BENCH_LOOKUP'] ?? 50_000);
const lookUps = 1_000;
const batch = 5_000;

/** One person by an identifier and by a full name, as officers look them up, among all that there are. */
export async function lookup({ world }: Stage): Promise<Line[]> {
  const vault = new Vault(world.secrets);
  const found = await fill(world, vault);
  const every = new People(world.graph, vault);
  const names = new Names(world.graph, vault, every);
  const some = Array.from({ length: lookUps }, (_, at) => found[(at * 7_919) % found.length]!);
  const byNumber = await p99(some, async ({ cccd }) => (await every.find(`cccd:${cccd}`)).length === 1);
  const asked = { units: null, limit: 20, after: '' };
  const byName = await p99(some, async ({ name }) => (await names.find(name, asked)).items.length > 0);
  const line = (question: string, ms: number): Line => ({
    question: `${question} among ${people.toLocaleString('en')} people, p99`,
    against: 'the clock',
    target: '≤ 20 ms',
    measured: `${ms.toFixed(1)} ms`,
    met: ms <= 20,
  });
  return [line('a person by an identifier', byNumber), line('people by a name', byName)];
}

interface Filled {
  name: string;
  cccd: string;
}

async function fill({ graph }: Stage['world'], vault: Vault): Promise<Filled[]> {
  const filled: Filled[] = [];
  const tag = Math.floor(systemClock() / 1_000) % 9_600;
  let rows: { id: string; fields: { name: string; identifiers: { system: 'cccd'; value: string }[] } }[] = [];
  const write = async () => {
    const made = rows.map(({ id, fields }) => ({ id, key: vault.newPersonKey(), fields }));
    const created = made.map(({ id, key, fields }) => ({
      id,
      key,
      ...sealFields(vault, key, fields),
      verified: true,
      unit: null,
    }));
    const known = made.flatMap(({ id, fields }) => knownBy(vault, { id, version: 1, verified: true, fields }));
    await graph.writeAll([
      step('people/create', { rows: created, atMs: systemClock() }),
      step('people/know', { rows: known }),
    ]);
    rows = [];
  };
  for (const { source, cells } of fiveApps(people * 2, tag)) {
    if (source !== 'ncovi' || cells['soGiayTo'] === undefined) continue;
    const [name, cccd] = [`${cells['hoTen']} ${filled.length % 997}`, cells['soGiayTo']];
    filled.push({ name, cccd });
    rows.push({ id: newId(), fields: { name, identifiers: [{ system: 'cccd', value: cccd }] } });
    if (rows.length === batch) await write();
    if (filled.length === people) break;
  }
  await write();
  return filled;
}

/** The time that 99 of 100 take, one after the other; every answer must be there. */
async function p99(some: Filled[], find: (one: Filled) => Promise<boolean>): Promise<number> {
  for (const one of some.slice(0, 50)) await find(one);
  const times: number[] = [];
  for (const one of some) {
    const begun = performance.now();
    if (!(await find(one))) throw new Error('somebody was not found');
    times.push(performance.now() - begun);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length * 0.99)]!;
}
