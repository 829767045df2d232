import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { About } from '../../../src/health/about.controller.js';
import { PushService } from '../../push-service.js';
import { until } from '../../until.js';
import { openTown, type Town } from './town.js';

const service = new PushService();
let town: Town;
beforeAll(async () => {
  await service.open();
  process.env['PUSH_SERVICES'] = service.origin;
  town = await openTown();
});
afterAll(async () => {
  await town.close();
  service.close();
});
afterEach(() => {
  service.answer = 201;
});

/** Somebody with an account and a phone that takes messages. */
async function withPhone() {
  const person = await town.house.person();
  (await town.citizen(person)).disconnect();
  const phone = service.subscribe();
  const ask = <T>(method: string, path: string, body?: unknown) =>
    town.ask<T>(method, path, { role: 'citizen', as: `citizen-${person}`, person, body });
  const { status, body } = await ask<{ id: string }>('POST', '/me/devices', phone);
  expect(status).toBe(201);
  const told = () => service.messages.filter(({ endpoint }) => endpoint === phone.endpoint);
  return { person, phone, ask, told, id: body.id };
}

describe('a phone whose page is closed', () => {
  it('is told that there is news, and nothing else, signed by the key that the page was given', async () => {
    const { person, told } = await withPhone();
    await town.expose(person);
    await until('the phone is told', () => told().length > 0);
    const about = (await (await fetch(`${town.house.url}/api/v1/about`)).json()) as About;
    const [message] = told();
    expect(message).toMatchObject({ text: 'open', vapid: { key: about.pushKey }, headers: { urgency: 'high' } });
    expect(JSON.stringify(message)).not.toContain(person);
  });

  it('is told again when its push service was away', async () => {
    service.answer = 503;
    const { person, told } = await withPhone();
    const before = service.tries;
    await town.expose(person);
    await until('the service was asked', () => service.tries > before);
    service.answer = 201;
    await until('the phone is told', () => told().length > 0);
    expect(told().map(({ text }) => text)).toContain('open');
  });

  it('that its push service no longer knows is forgotten', async () => {
    service.answer = 410;
    const { person, ask, id } = await withPhone();
    await town.expose(person);
    const left = () => town.cypher('MATCH (d:Device {id: $id}) RETURN d', { id });
    await until('it is forgotten', async () => (await left()).length === 0);
    expect((await ask('DELETE', `/me/devices/${id}`)).status).toBe(404);
  });

  it('is told no more once it says so, is erased, or is lost', async () => {
    const [off, erased, lost] = [await withPhone(), await withPhone(), await withPhone()];
    expect((await off.ask('DELETE', `/me/devices/${off.id}`)).status).toBe(204);
    expect((await erased.ask('DELETE', '/me')).status).toBe(204);
    expect((await lost.ask('POST', '/me/lost-phone')).status).toBe(200);
    const devices = await town.cypher('MATCH (d:Device) WHERE d.id IN $ids RETURN d', {
      ids: [off.id, erased.id, lost.id],
    });
    expect(devices).toEqual([]);
  });

  it('changes hands: only its last citizen is told on it', async () => {
    const [first, second] = [await withPhone(), await withPhone()];
    await second.ask('POST', '/me/devices', first.phone);
    await town.expose(first.person);
    await town.expose(second.person);
    await until('the second is told', () => second.told().length > 0 && first.told().length > 0);
    expect(first.told()).toHaveLength(1);
  });

  it('says where it is told in no readable way', async () => {
    const { phone, id } = await withPhone();
    const [row] = await town.cypher('MATCH (d:Device {id: $id}) RETURN properties(d) AS kept', { id });
    const kept = JSON.stringify(row);
    expect(kept).toContain(id);
    for (const part of [phone.endpoint, phone.keys.auth, phone.keys.p256dh]) expect(kept).not.toContain(part);
  });

  it.each([
    ['of nobody’s push service', { endpoint: 'https://192.168.1.1/admin' }, 'push-service-unknown'],
    ['that is no address', { endpoint: 'nowhere' }, 'bad-input'],
    ['with a key too short', { keys: { p256dh: 'BAAA', auth: 'AAAA' } }, 'bad-input'],
  ])('%s is refused', async (_, wrong, type) => {
    const { ask, phone } = await withPhone();
    expect(await ask('POST', '/me/devices', { ...phone, ...wrong })).toMatchObject({ status: 422, body: { type } });
  });
});
