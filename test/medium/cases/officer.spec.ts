import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Socket } from 'socket.io-client';
import { newId } from '../../../config/ids.js';
import { Tokens } from '../../../src/auth/tokens.js';
import type { Board, CaseShown, ExposuresShown } from '../../../src/events.js';
import { connect } from '../../sockets.js';
import { until } from '../gate/house.js';
import { CaseBench } from './bench.js';

const hour = 3_600_000;

let bench: CaseBench;
const sockets: Socket[] = [];
beforeAll(async () => {
  bench = await CaseBench.open();
});
afterAll(async () => {
  for (const socket of sockets) socket.disconnect();
  await bench.close();
});

async function officer(unit?: string) {
  const caller = { id: newId(), kind: 'operator' as const, roles: ['tracer' as const], ...(unit && { unit }) };
  const socket = await connect(bench.url, '/officer', await bench.app.get(Tokens).sign(caller, 600));
  sockets.push(socket);
  const heard = { cases: [] as CaseShown[], exposures: [] as ExposuresShown[], boards: [] as Board[] };
  socket.on('case', (now: CaseShown) => heard.cases.push(now));
  socket.on('exposures', (news: ExposuresShown) => heard.exposures.push(news));
  socket.on('board', (now: Board) => heard.boards.push(now));
  const watch = (body: object) => socket.emitWithAck('watch', body) as Promise<Record<string, unknown>>;
  return { heard, watch };
}

describe('an officer’s screen', () => {
  it('hears a case of its unit, its contacts as they are found, and its retraction; another unit’s does not', async () => {
    const [here, there] = [`u${newId().slice(0, 8)}`, `u${newId().slice(0, 8)}`];
    const [own, other] = [await officer(here), await officer(there)];
    expect(await own.watch({})).toMatchObject({ ok: true, data: { board: { open: expect.any(Number) } } });
    expect(await other.watch({ units: [there] })).toMatchObject({ ok: true });
    expect(await other.watch({ units: [here] })).toMatchObject({ ok: false, error: 'forbidden' });
    expect(await own.watch({ units: 7 })).toMatchObject({ ok: false, error: 'bad-request' });
    await own.watch({});

    const people = await bench.people([newId(), newId()], here);
    const [sick, contact] = [...people.values()] as [string, string];
    const start = Date.now() - 48 * hour;
    const stay = { venue: newId(), zone: '', in: start, out: start + hour, trust: 1 };
    await bench.stay([sick, contact].map((person) => ({ ...stay, person })));
    const body = { person: sick, onset: new Date(start).toISOString() };
    const id = String((await bench.call('POST', 'cases', { body })).data['id']);

    await until(() => own.heard.cases.some((now) => now.id === id && now.state === 'traced'));
    const found = own.heard.exposures.filter((news) => news.case === id);
    expect(found.flatMap(({ changed }) => changed)).toMatchObject([{ person: contact, level: 1, minutes: 60 }]);
    await bench.call('POST', `cases/${id}/retract`, { body: { reason: 'mistaken' } });
    await until(() => own.heard.cases.some((now) => now.id === id && now.state === 'retracted'));
    expect(own.heard.exposures.at(-1)).toEqual({ case: id, changed: [], removed: [contact] });
    await until(() => own.heard.boards.length > 0);
    expect(other.heard.cases.filter((now) => now.id === id)).toEqual([]);
    expect(other.heard.exposures.filter((news) => news.case === id)).toEqual([]);
  });
});
