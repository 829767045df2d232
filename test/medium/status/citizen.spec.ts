import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { io } from 'socket.io-client';
import { Tokens } from '../../../src/auth/tokens.js';
import type { CitizenNotice, CitizenStatus, Reply, Resumed } from '../../../src/events.js';
import { until } from '../gate/house.js';
import { openTown, type CitizenSocket, type Town } from './town.js';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());

/** A screen that keeps what it was told. */
async function screen(person: string) {
  const socket = await town.citizen(person);
  const heard: CitizenStatus[] = [];
  const notices: CitizenNotice[] = [];
  socket.on('status', (now) => heard.push(now));
  socket.on('notice', (news) => notices.push(news));
  return { socket, heard, notices };
}

const resume = async (socket: CitizenSocket, version: unknown) =>
  (await socket.timeout(8_000).emitWithAck('resume', { version })) as Reply<Resumed, string>;

describe('a citizen’s screen', () => {
  it('shows green, turns red when a case is confirmed, and green again when it is retracted', async () => {
    const person = await town.house.person();
    const { socket, heard } = await screen(person);
    expect(await resume(socket, 0)).toMatchObject({
      ok: true,
      data: {
        version: 1,
        changed: true,
        status: { colour: 'green', rule: 'otherwise', reasons: [], nextChangeAt: null },
      },
    });
    const at = Date.now() - 3_600_000;
    const caseId = await town.expose(person, { at });
    await until(() => heard.length === 1);
    expect(heard[0]).toMatchObject({
      colour: 'red',
      rule: 'F1',
      version: 2,
      reasons: [{ kind: 'exposure', level: 1, minutes: 45, at: new Date(at).toISOString() }],
      text: { vi: expect.any(String), en: expect.any(String) },
      nextChangeAt: expect.stringMatching(/T17:00:00\.000Z$/),
    });
    expect(JSON.stringify(heard)).not.toContain(caseId);
    await town.retract(caseId);
    await until(() => heard.length === 2);
    expect(heard[1]).toMatchObject({ colour: 'green', version: 3, reasons: [] });
  });

  it('tells a second exposure again while already red, and each news once', async () => {
    const person = await town.house.person();
    const { socket, heard, notices } = await screen(person);
    await resume(socket, 0);
    await town.expose(person);
    await until(() => heard.length === 1);
    await town.expose(person, { minutes: 20 });
    await until(() => notices.length === 1);
    expect(notices[0]).toMatchObject({ kind: 'another-reason', colour: 'red', reasons: [{ minutes: 20 }] });
    expect(heard.map(({ reasons }) => reasons.length)).toEqual([1, 2]);
    expect(await resume(socket, 3)).toMatchObject({ ok: true, data: { changed: false, status: { version: 3 } } });
    expect(heard).toHaveLength(2);
  });

  it('that was away hears on resume what it missed', async () => {
    const person = await town.house.person();
    const { socket, heard } = await screen(person);
    await resume(socket, 0);
    socket.disconnect();
    await town.expose(person, { level: 2 });
    socket.connect();
    const back = await until(async () => {
      const reply = await resume(socket, 1);
      return reply.ok && reply.data.version === 2 ? reply.data : undefined;
    });
    expect(back).toMatchObject({ changed: true, status: { colour: 'yellow', rule: 'F2' } });
    expect(heard.filter(({ colour }) => colour === 'yellow').length).toBeLessThanOrEqual(1);
  });

  it('turns at the instant at which an exposure that lay ahead begins', async () => {
    const person = await town.house.person();
    const { socket, heard } = await screen(person);
    await resume(socket, 0);
    const at = Date.now() + 1_500;
    await town.expose(person, { at });
    await until(() => heard.length === 1);
    expect(heard[0]).toMatchObject({ colour: 'red', version: 2 });
    expect(Date.parse(heard[0]!.at)).toBeGreaterThanOrEqual(at);
    expect(Date.parse(heard[0]!.at)).toBeLessThan(at + 2_000);
  });

  it('that comes only after the exposure was written wakes the system as well', async () => {
    const person = await town.house.person();
    const at = Date.now() + 4_000;
    await town.expose(person, { at });
    await until(
      async () => (await town.cypher('MATCH (:Person {id: $person})-[:WAS]->(s) RETURN s', { person })).length,
    );
    const { socket, heard } = await screen(person);
    expect(await resume(socket, 0)).toMatchObject({ ok: true, data: { status: { colour: 'green' } } });
    await until(() => heard.length === 1);
    expect(heard[0]).toMatchObject({ colour: 'red' });
  });

  it('hears nothing of others', async () => {
    const [mine, other] = [await town.house.person(), await town.house.person()];
    const [my, their] = [await screen(mine), await screen(other)];
    await Promise.all([resume(my.socket, 0), resume(their.socket, 0)]);
    await town.expose(other);
    await until(() => their.heard.length === 1);
    expect(my.heard).toEqual([]);
  });

  it('is answered when it asks wrongly', async () => {
    const { socket } = await screen(await town.house.person());
    expect(await resume(socket, 'one')).toMatchObject({ ok: false, error: 'bad-request' });
  });

  it.each([
    ['unauthorized', 'nonsense'],
    ['forbidden', undefined],
  ])('is refused as %s without a citizen’s token', async (code, given) => {
    const token = given ?? (await town.house.app.get(Tokens).sign({ id: 'g', kind: 'gate', roles: ['gate'] }, 60));
    const socket = io(`${town.house.url}/citizen`, { transports: ['websocket'], auth: { token }, forceNew: true });
    const error = await new Promise<Error & { data?: { code: string } }>((resolve) =>
      socket.once('connect_error', resolve),
    );
    socket.disconnect();
    expect(error.data?.code).toBe(code);
  });
});
