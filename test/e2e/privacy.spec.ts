import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { connectRedis } from '../../config/redis.js';
import { newId } from '../../config/ids.js';
import { openScreen } from '../clients.js';
import { ask, startSystem, type System } from '../system.js';
import { until } from '../until.js';

jest.setTimeout(240_000);

/** Words and numbers that stand nowhere by chance. */
const tag = Math.floor(Math.random() * 900_000 + 100_000);
const planted = {
  name: 'Quỳnh Đặng Thục Khuyên',
  other: 'Quynh Dang Thuc Khuyen',
  phone: `0987${tag}`,
  cccd: `001099${tag}`,
  bhyt: `DN4790${tag}123`,
};

let system: System;
let keyFile: string;
const newKey = (id: string) => `${id}=${randomBytes(32).toString('base64url')}`;
const [first, second] = [newKey('first'), newKey('second')];

beforeAll(async () => {
  keyFile = join(process.env['TEST_SOLO_DIR']!, 'master-keys');
  writeFileSync(keyFile, `${first}\n`);
  system = await startSystem({ env: { LOG_LEVEL: 'debug', MASTER_KEYS_FILE: keyFile } });
});
afterAll(async () => {
  // Other files share this graph, and know the installation's own key alone.
  writeFileSync(keyFile, `own\n${second}\n`);
  await new Promise((resolve) => setTimeout(resolve, 2_100));
  await ask(system, 'POST /keys/rewrap');
  await system.stop();
});

const by = { headers: { purpose: 'operation' } };
const get = async <T>(path: string) => (await ask(system, `GET ${path}`, by)).body as T;

/** Every file under a folder, but for those that hold programs. */
function* filesOf(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesOf(path);
    else if (entry.isFile() && statSync(path).size > 0) yield path;
  }
}

/** A value as it might lie in a file: as it is, in capitals, in two bytes a letter, as hexadecimal digits, as base64. */
function formsOf(text: string): Buffer[] {
  const bytes = Buffer.from(text);
  return [
    ...[bytes, Buffer.from(text.toUpperCase()), Buffer.from(text, 'utf16le'), Buffer.from(text, 'utf16le').swap16()],
    ...[Buffer.from(bytes.toString('hex')), Buffer.from(bytes.toString('base64').replace(/=+$/, ''))],
  ];
}

const clues = [
  planted.name,
  planted.other,
  'Khuyên',
  'KHUYEN',
  planted.phone,
  planted.phone.slice(1),
  planted.cccd,
  planted.bhyt,
];

describe('what is known of people', () => {
  let person: string;

  it('is found by any of it, in any spelling', async () => {
    const { name, phone, cccd, bhyt } = planted;
    const csv = `maSoSucKhoe,hoTen,ngaySinh,soDienThoai,soCCCD,maTheBHYT\nS${tag},${name},31/12/1990,${phone},${cccd},${bhyt}\n`;
    const imported = await ask(system, 'POST /imports/people?source=sskdt', { csv });
    expect(imported.body).toMatchObject({ read: 1, accepted: 1 });
    const found = await get<{ items: { id: string }[] }>(`/people?identifier=cccd:${cccd}`);
    person = found.items[0]!.id;
    for (const text of [name, 'khuyên QUỲNH', 'Đặng thuc']) {
      await until(`somebody is found by ${text}`, async () => {
        const { items } = await get<{ items: { id: string }[] }>(`/people?name=${encodeURIComponent(text)}`);
        return items.some(({ id }) => id === person);
      });
    }
    const none = await get<{ items: object[] }>(`/people?name=${encodeURIComponent('Khuyên Không')}`);
    expect(none.items).toEqual([]);
    await ask(system, 'POST /auth/otp', { body: { phone }, token: '' });
    await ask(system, `POST /people/${person}/evidence`, {
      body: { kind: 'test', test: 'pcr', result: 'negative', sampledAt: new Date().toISOString() },
    });
    const conflict = { identifiers: [{ system: 'cccd', value: cccd }], name: planted.other, birthDate: '1950-01-01' };
    expect((await ask(system, 'POST /people', { body: conflict })).status).toBe(409);
    const screen = await openScreen(system, person);
    screen.disconnect();
  });

  it('stands in clear neither in Redis, nor in logs, nor in the files of the graph', async () => {
    const redis = connectRedis(system.servers.REDIS_URL);
    await new Promise((resolve) => redis.once('ready', resolve));
    const keys = await redis.keys('*');
    const dumps = await Promise.all(
      keys.map(async (key) => Buffer.concat([Buffer.from(key), (await redis.dumpBuffer(key)) ?? Buffer.alloc(0)])),
    );
    redis.disconnect();
    expect(keys.length).toBeGreaterThan(0);
    const files = [...filesOf(process.env['TEST_SOLO_DIR']!)];
    const names = files.join('\n');
    expect(names).toMatch(/neostore/);
    expect(names).toMatch(/aof/);
    expect(names).toMatch(/app\/logs|app-logs|logs/);
    const forms = clues.flatMap(formsOf);
    const found: string[] = [];
    for (const [where, bytes] of [
      ...dumps.map((dump, at) => [`redis ${keys[at]}`, dump] as const),
      ...files.map((file) => [file, readFileSync(file)] as const),
    ]) {
      for (const form of forms) if (bytes.includes(form)) found.push(`${where}: ${form.toString('latin1')}`);
    }
    expect(found).toEqual([]);
    // The search itself finds what is there: an id that is no secret.
    expect(files.some((file) => readFileSync(file).includes(Buffer.from(person)))).toBe(true);
  });

  it('stays readable while master keys are exchanged, and needs the old one no more afterwards', async () => {
    writeFileSync(keyFile, `${second}\n${first}\n`);
    const during = until(
      'the record opens',
      async () => (await get<{ name: string }>(`/people/${person}`)).name === planted.name,
    );
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    const answer = await ask(system, 'POST /keys/rewrap');
    const lines = String(answer.body).split('\n').filter(Boolean);
    const { report } = JSON.parse(lines.at(-1)!) as {
      report: { rewrapped: number; unreadable: number; master: string };
    };
    expect(report).toMatchObject({ master: 'second' });
    expect(report.rewrapped).toBeGreaterThan(0);
    await during;
    writeFileSync(keyFile, `${second}\n`);
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    expect(await get(`/people/${person}`)).toMatchObject({ name: planted.name });
    const made = await ask(system, 'POST /people', { body: { identifiers: [], name: `Lê ${newId()}` } });
    expect(made.status).toBe(201);
  });

  it('is gone for good once the person is erased, while what others are told stays true', async () => {
    expect((await ask(system, `DELETE /people/${person}`)).status).toBe(204);
    const found = await get<{ items: object[] }>(`/people?identifier=cccd:${planted.cccd}`);
    expect(found.items).toEqual([]);
    const named = await get<{ items: { id: string }[] }>(`/people?name=${encodeURIComponent(planted.name)}`);
    expect(named.items.some(({ id }) => id === person)).toBe(false);
    expect(await get(`/people/${person}`)).toMatchObject({ identifiers: [] });
    expect((await ask(system, `DELETE /people/${person}`)).status).toBe(404);
    const audit = String((await ask(system, 'POST /audit', { body: {} })).body)
      .split('\n')
      .filter(Boolean);
    const { report } = JSON.parse(audit.at(-1)!) as { report: { differences: number } };
    const mine = audit.filter((line) => line.includes(person));
    expect(mine).toEqual([]);
    expect(report.differences).toBe(0);
  });
});
