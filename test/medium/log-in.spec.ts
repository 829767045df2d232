import { mkdtempSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplication } from '@nestjs/common';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Redis } from 'ioredis';
import { newId } from '../../config/ids.js';
import { REDIS } from '../../config/redis.js';
import { Vault } from '../../config/vault.js';
import { AppModule } from '../../src/app.module.js';
import { Accounts } from '../../src/auth/accounts.service.js';
import { createApi } from '../../src/http/server.js';

/** What API.md allows an account, and what DECISIONS.md allows an address. */
const [ofAccount, ofAddress] = [5, 20];

/** Where every request of this file comes from. */
const address = '127.0.0.1';

let app: INestApplication;
let url: string;

beforeAll(async () => {
  process.env['DATA_DIR'] = mkdtempSync(join(tmpdir(), 'vetxanh-log-in-'));
  process.env['LOG_LEVEL'] ??= 'silent';
  app = await createApi(AppModule);
  const server = (await app.listen(0, address)) as { address: () => AddressInfo };
  url = `http://${address}:${server.address().port}/api/v1/auth/login`;
});
afterAll(() => app.close());
afterEach(async () => {
  jest.restoreAllMocks();
  await timePasses('login-address', address);
});

/** The wait of somebody is over. */
async function timePasses(limit: string, who: string): Promise<void> {
  await app.get<Redis>(REDIS).del(`${limit}:${app.get(Vault).hash(`try\0${who}`)}`);
}

async function somebody(): Promise<{ username: string; password: string }> {
  const username = `officer-${newId()}`;
  const made = await app.get(Accounts).create({ username, roles: ['tracer'] });
  return { username, password: made!.password };
}

async function logIn(username: string, password = 'a guess'): Promise<{ status: number; waitSeconds: number }> {
  const body = JSON.stringify({ username, password });
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  await answer.body?.cancel();
  return { status: answer.status, waitSeconds: Number(answer.headers.get('retry-after')) };
}

const times = <T>(count: number, one: (at: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, at) => one(at)));

describe('logging in', () => {
  it('is slowed for an account after five wrong passwords, for the right one too, until the wait is over', async () => {
    const { username, password } = await somebody();
    for (let at = 0; at < ofAccount; at++) expect((await logIn(username)).status).toBe(401);
    const refused = await logIn(username);
    expect(refused.status).toBe(429);
    expect(refused.waitSeconds).toBeGreaterThan(0);
    expect((await logIn(username, password)).status).toBe(429);
    await timePasses('login-account', username);
    expect((await logIn(username, password)).status).toBe(200);
  });

  it('looks at five of twenty passwords that are guessed at once', async () => {
    const { username } = await somebody();
    const looks = jest.spyOn(app.get(Accounts), 'byPassword');
    const answers = await times(20, () => logIn(username));
    expect(looks).toHaveBeenCalledTimes(ofAccount);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(20 - ofAccount);
  });

  it('is slowed for an address that guesses at many accounts at once, and costs them no tries from then on', async () => {
    const { username, password } = await somebody();
    const looks = jest.spyOn(app.get(Accounts), 'byPassword');
    await times(ofAddress + 10, () => logIn(`nobody-${newId()}`));
    expect(looks).toHaveBeenCalledTimes(ofAddress);
    for (let at = 0; at < ofAccount; at++) expect((await logIn(username)).status).toBe(429);
    await timePasses('login-address', address);
    expect((await logIn(username, password)).status).toBe(200);
  });

  it('forgets the wrong ones of an account with the right one, which costs an address nothing', async () => {
    const { username, password } = await somebody();
    for (let at = 0; at < ofAddress + 2; at++) {
      if (at % 8 === 0) expect((await logIn(username)).status).toBe(401);
      expect((await logIn(username, password)).status).toBe(200);
    }
  });

  it('costs no try while the graph is away', async () => {
    const { username, password } = await somebody();
    const error = Object.assign(new Error('nobody listens'), { code: 'ServiceUnavailable' });
    const away = jest.spyOn(app.get(Accounts), 'byPassword').mockRejectedValue(error);
    for (let at = 0; at < ofAddress + 2; at++) expect((await logIn(username, password)).status).toBe(503);
    away.mockRestore();
    expect((await logIn(username, password)).status).toBe(200);
  });
});
