import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { newId } from '../../config/ids.js';
import { Graph } from '../../graph/graph.js';
import type { TracingState } from '../../src/tracing/tracing.controller.js';
import { vetxanh } from '../system.js';
import { until } from '../until.js';
import { file, Whole } from '../whole.js';

const minute = 60_000;
const dataDir = join(process.env['TEST_SOLO_DIR']!, 'app');

let whole: Whole;
/** Lets the tracer go on with reading stays out of the graph. */
let goOn: () => void;

beforeAll(async () => {
  rmSync(join(dataDir, 'stays.snapshot'), { force: true });
  const released = new Promise<void>((resolve) => (goOn = resolve));
  const { read } = Graph.prototype;
  jest.spyOn(Graph.prototype, 'read').mockImplementation(async function (this: Graph, name, params) {
    if (name === 'stays/days_after') await released;
    return read.call(this, name, params) as never;
  });
  whole = await Whole.open();
});
afterAll(async () => {
  goOn();
  await whole.close();
  jest.restoreAllMocks();
});

const state = async () => await whole.call<TracingState>('GET', 'tracing');

/** What the command line says of it. */
async function status(): Promise<string> {
  Object.assign(process.env, { VETXANH_URL: whole.url, VETXANH_TOKEN: await whole.token() });
  const { stdout, stderr, code } = await vetxanh({ dataDir }, 'status');
  expect({ code, stderr }).toMatchObject({ code: 0 });
  return stdout;
}

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${whole.url}/metrics`)).text();
  return Number(new RegExp(`^${name}\\{[^}]*reader="memory"[^}]*\\} (\\d+)$`, 'm').exec(text)?.[1]);
}

describe('while a tracer reads the stays of its graph', () => {
  it('cases are traced over the graph, and everybody is told how far it is', async () => {
    const [sick, contact, shop, from] = [newId(), newId(), newId(), Date.now() - 3 * 86_400_000];
    const rows = [sick, contact].map((person) => [person, shop, '', from, from + 60 * minute]);
    await whole.call('POST', 'imports/stays', file(['person', 'venue', 'zone', 'in', 'out'], ...rows));
    const { id } = await whole.call<{ id: string }>('POST', 'cases', {
      person: sick,
      onset: new Date(from).toISOString(),
    });
    await until('its contact is found', async () => (await whole.graph.read('cases/exposed', { id })).length === 1);
    expect(await state()).toMatchObject({ answers: 'graph', readers: [{ reader: 'memory', ready: false, stays: 0 }] });
    expect(await metric('vetxanh_stay_reader_ready')).toBe(0);
    expect(await status()).toMatch(/being read into memory from the graph.*the graph answers meanwhile/);

    goOn();
    const ready = await until('it is ready', async () => {
      const now = await state();
      return now.answers === 'memory' && now;
    });
    expect(ready.readers[0]!.stays).toBeGreaterThanOrEqual(2);
    expect(await metric('vetxanh_stay_reader_ready')).toBe(1);
    expect(await metric('vetxanh_stay_reader_stays')).toBe(await metric('vetxanh_stay_reader_expected_stays'));
    expect(await status()).toMatch(/\d in memory, read from the graph/);
    await whole.call('POST', `cases/${id}/retract`, { reason: 'test' });
  });
});
