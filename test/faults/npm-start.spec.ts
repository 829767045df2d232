import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isReady } from '../system.js';
import { Started } from './started.js';

let dataDir: string;
let last: Started | undefined;

beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'vetxanh-start-'));
});
afterAll(async () => {
  await last?.interrupt();
  rmSync(dataDir, { recursive: true, force: true });
});

const secrets = () => readFileSync(join(dataDir, 'secrets.json'), 'utf8');

async function logsIn(api: string, login: object): Promise<number> {
  const headers = { 'content-type': 'application/json' };
  const { status } = await fetch(`${api}/auth/login`, { method: 'POST', headers, body: JSON.stringify(login) });
  return status;
}

describe('npm start', () => {
  it('prints links that work, leaves no process behind after Ctrl-C, and finds its data again', async () => {
    const first = (last = new Started(dataDir));
    const links = await first.links();
    for (const name of [
      'a place of yours',
      'DEMO gate',
      'DEMO citizen',
      'DEMO officer',
      'officers',
      'its documentation',
    ]) {
      expect({ name, status: (await fetch(links[name]!)).status }).toEqual({ name, status: 200 });
    }
    expect(await logsIn(links['API']!, first.logins[0]!)).toBe(200);
    // npm, the command itself, Redis, the API, the worker, and the city.
    expect(first.alive().length).toBeGreaterThanOrEqual(6);
    const kept = secrets();
    await first.interrupt();
    expect(first.alive()).toEqual([]);

    const second = (last = new Started(dataDir));
    const again = await second.links();
    expect(await isReady(new URL(again['API']!).origin)).toBe(true);
    expect(second.logins).toEqual(first.logins);
    expect(await logsIn(again['API']!, first.logins[0]!)).toBe(200);
    expect(secrets()).toBe(kept);
    await second.interrupt();
    expect(second.alive()).toEqual([]);
  }, 300_000);
});
