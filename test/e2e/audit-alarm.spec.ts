import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Socket } from 'socket.io-client';
import { newId } from '../../config/ids.js';
import { connectRedisBlocking } from '../../config/redis.js';
import type { AuditAlarm } from '../../src/events.js';
import { auditJob, openQueue, type Jobs } from '../../src/jobs.js';
import { TraceNews } from '../../src/trace-news.js';
import { connect } from '../sockets.js';
import { until } from '../until.js';
import { file, Whole } from '../whole.js';

const minute = 60_000;
const day = 1_440 * minute;

let whole: Whole;
let redis: Redis;
let audits: Queue<Jobs['audit']>;
let traces: Queue<Jobs['trace']>;
let officer: Socket;
const heard: AuditAlarm[] = [];

beforeAll(async () => {
  whole = await Whole.open();
  redis = connectRedisBlocking(process.env['REDIS_URL']!);
  [audits, traces] = [openQueue('audit', redis), openQueue('trace', redis)];
  officer = await connect(whole.url, '/officer', await whole.token());
  officer.on('alarm', (now: AuditAlarm) => heard.push(now));
  await watch();
  await audit(); // what earlier files have left is mended by now
  heard.splice(0);
}, 120_000);
afterAll(async () => {
  officer.disconnect();
  await Promise.all([audits.close(), traces.close()]);
  redis.disconnect();
  await whole.close();
});

const watch = () => officer.emitWithAck('watch', {}) as Promise<{ ok: boolean; data: { alarm: AuditAlarm | null } }>;

/** Everybody and every case is looked at, as the job of each minute looks at some. */
async function audit(): Promise<void> {
  const { name, data, opts } = auditJob({ sample: 100_000 });
  const { id } = await audits.add(name, data, opts);
  await until('the audit ends', async () => (await audits.getJob(id!)) === undefined, 120_000);
}

/** What the metrics say of one check. */
async function differences(check: string): Promise<number> {
  const text = await (await fetch(`${whole.url}/metrics`)).text();
  const [, figure] = new RegExp(`^vetxanh_audit_differences\\{check="${check}"\\} (\\d+)$`, 'm').exec(text) ?? [];
  return Number(figure);
}

/** A case of somebody who sat beside three others, traced; and one of those. */
async function traced(): Promise<{ id: string; contact: string }> {
  const tag = newId().slice(0, 8);
  const [names, from] = [['an', 'binh', 'chi', 'dung'].map((name) => `${tag}-${name}`), Date.now() - 3 * day];
  const rows = names.map((person) => [person, `${tag}-cafe`, '', from, from + 60 * minute]);
  await whole.call('POST', 'imports/stays', file(['person', 'venue', 'zone', 'in', 'out'], ...rows));
  const head = ['case', 'person', 'onset', 'sampledAt', 'isolatedAt'];
  const row = [`${tag}-case`, names[0]!, new Date(from).toISOString(), '', ''];
  await whole.call('POST', 'imports/cases', file(head, row));
  const id = `${tag}-case`;
  const found = await until('its contacts are found', async () => {
    const rows = await whole.graph.read('cases/exposed', { id });
    return rows.length === 3 && rows;
  });
  return { id, contact: found[0]!.person };
}

const versionsOf = async (id: string) => {
  const [{ version, tracedVersion } = { version: 0, tracedVersion: 0 }] = await whole.graph.read('cases/by_ids', {
    ids: [id],
  });
  return { version, tracedVersion };
};

describe('the audit of all day', () => {
  it('tells nobody of anything while all is as it should be', async () => {
    await traced();
    await audit();
    expect(await differences('exposures')).toBe(0);
    expect(await differences('statuses')).toBe(0);
    expect(await differences('stays')).toBe(0);
    expect(heard).toEqual([]);
    expect((await watch()).data.alarm).toBeNull();
  });

  it('raises a metric and an alarm when something differs, and ends both when it is mended', async () => {
    const { id, contact } = await traced();
    await whole.graph.write('cases/unexpose', { id, people: [contact] });
    await audit();
    expect(await differences('exposures')).toBe(1);
    expect(heard.at(-1)).toMatchObject({ since: expect.any(String), checks: { exposures: 1 } });
    expect((await watch()).data.alarm).toMatchObject({ checks: { exposures: 1 } });

    await whole.call('PATCH', `cases/${id}`, { isolatedAt: null });
    await until('the case is traced anew', async () => (await whole.graph.read('cases/exposed', { id })).length === 3);
    await audit();
    expect(await differences('exposures')).toBe(0);
    expect(heard.at(-1)).toMatchObject({ differences: 0, checks: {}, since: null });
    expect((await watch()).data.alarm).toBeNull();
  });

  it('says nothing of a case whose work is not done', async () => {
    const { id, contact } = await traced();
    const told = heard.length;
    await whole.graph.write('cases/touch', { ids: [id], atMs: Date.now() });
    await whole.graph.write('cases/unexpose', { id, people: [contact] });
    await audit();
    expect(await differences('exposures')).toBe(0);
    expect(heard.slice(told).filter(({ checks }) => checks['exposures'])).toEqual([]);
    await whole.call('PATCH', `cases/${id}`, { isolatedAt: null });
    await until('the case is traced anew', async () => (await whole.graph.read('cases/exposed', { id })).length === 3);
  });

  it('waits for its turn until every case is traced', async () => {
    const { id } = await traced();
    const asked = jest.spyOn(whole.worker.get(TraceNews), 'isBusy');
    await traces.pause();
    await whole.call('PATCH', `cases/${id}`, { isolatedAt: null });
    const ended = audit().then(() => versionsOf(id));
    await until('the audit has asked for its turn a few times', () => asked.mock.calls.length > 3);
    expect(await versionsOf(id)).not.toMatchObject({ tracedVersion: (await versionsOf(id)).version });
    await traces.resume();
    const { version, tracedVersion } = await ended;
    expect(tracedVersion).toBe(version);
    asked.mockRestore();
  });
});
