import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadEnv } from '../../../config/env.js';
import { newId } from '../../../config/ids.js';
import { Tokens } from '../../../src/auth/tokens.js';
import type { CaseShown, Reply, Watched } from '../../../src/events.js';
import { whileHeld } from '../../held.js';
import { connect } from '../../sockets.js';
import { until } from '../../until.js';
import { CaseBench } from './bench.js';

const hour = 3_600_000;
const day = 24 * hour;

let bench: CaseBench;
beforeAll(async () => {
  bench = await CaseBench.open();
});
afterAll(() => bench.close());

/** A case who met one person, who met another two days later. */
async function chain() {
  const people = [...(await bench.people([newId(), newId(), newId()])).values()];
  const [sick, first, second] = people as [string, string, string];
  const [start, shop, office] = [Date.now() - 6 * day, newId(), newId()];
  const stay = (person: string, venue: string, from: number) => {
    return { person, venue, zone: '', in: from, out: from + hour, trust: 1 };
  };
  await bench.stay([
    stay(sick, shop, start),
    stay(first, shop, start),
    stay(first, office, start + 2 * day),
    stay(second, office, start + 2 * day),
  ]);
  return { sick, first, second, onset: new Date(start).toISOString() };
}

async function watched(id: string): Promise<CaseShown | undefined> {
  const caller = { id: newId(), kind: 'operator' as const, roles: ['tracer' as const] };
  const socket = await connect(bench.url, '/officer', await bench.app.get(Tokens).sign(caller, 600));
  try {
    const reply = (await socket.emitWithAck('watch', { cases: [id] })) as Reply<Watched, string>;
    return reply.ok ? reply.data.cases.find((one) => one.id === id) : undefined;
  } finally {
    socket.disconnect();
  }
}

/** Whom a case exposed, as a tracer may read it now. */
async function exposed(id: string): Promise<{ person: string; level: number }[]> {
  const { data } = await bench.call('GET', `cases/${id}/exposures`, { purpose: `tracing; case=${id}` });
  const items = data['items'] as { person: string; level: number }[];
  return items.map(({ person, level }) => ({ person, level })).sort((a, b) => a.level - b.level);
}

describe('a case that is being traced', () => {
  it('shows how far it is and whom it has found, to those who ask and to those who begin to watch', async () => {
    const { sick, first, second, onset } = await chain();
    let id = '';
    await whileHeld(loadEnv(process.env), second, async () => {
      id = String((await bench.call('POST', 'cases', { body: { person: sick, onset } })).data['id']);
      const halfway = await until('the first level is done', async () => {
        const { data } = await bench.call('GET', `cases/${id}`);
        return Object.keys(data['counts'] as object).length ? data : undefined;
      });
      expect(halfway).toMatchObject({ state: 'tracing', counts: { 1: 1 }, tracedAt: null });
      expect(halfway['progress']).toBeGreaterThan(0);
      expect(halfway['progress']).toBeLessThan(1);
      expect(await watched(id)).toMatchObject({ state: 'tracing', progress: halfway['progress'], counts: { 1: 1 } });
      const { data } = await bench.call('GET', 'cases?limit=500', { purpose: `tracing; case=${id}` });
      const listed = (data['items'] as { id: string }[]).find((one) => one.id === id);
      expect(listed).toMatchObject({ progress: halfway['progress'], counts: { 1: 1 } });
      expect(await exposed(id)).toEqual([{ person: first, level: 1 }]);
    });
    expect(await bench.traced(id)).toMatchObject({ state: 'traced', progress: 1, counts: { 1: 1, 2: 1 } });
    expect(await exposed(id)).toEqual([
      { person: first, level: 1 },
      { person: second, level: 2 },
    ]);
    expect(await watched(id)).toMatchObject({ state: 'traced', progress: 1, counts: { 1: 1, 2: 1 } });
  });

  it('begins at nothing again when its dates change', async () => {
    const { sick, second, onset } = await chain();
    const id = String((await bench.call('POST', 'cases', { body: { person: sick, onset } })).data['id']);
    await bench.traced(id);
    await whileHeld(loadEnv(process.env), second, async () => {
      const body = { isolatedAt: onset };
      expect((await bench.call('PATCH', `cases/${id}`, { body })).data).toMatchObject({
        state: 'tracing',
        progress: 0,
      });
      expect((await bench.call('GET', `cases/${id}`)).data).toMatchObject({ state: 'tracing', progress: 0 });
    });
    expect(await bench.traced(id)).toMatchObject({ progress: 1, counts: {} });
  });
});
