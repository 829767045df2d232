import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../../config/ids.js';
import { Tokens } from '../../../src/auth/tokens.js';
import type { ShownEvidence } from '../../../src/evidence/shown.js';
import type { StaffStatus } from '../../../src/status/show.js';
import { openTown, type Town } from './town.js';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());

interface Report {
  read: number;
  accepted: number;
  merged: number;
  queued: number;
  rejected: number;
  rejects: { row: number; column: string; reason: string }[];
}

/** Sends a file as `vetxanh import evidence` does. */
async function send(lines: string[], source = 'lab', id = 'importer'): Promise<Report> {
  const token = await town.house.app.get(Tokens).sign({ id, kind: 'operator', roles: ['admin'] }, 600);
  const response = await fetch(`${town.house.url}/api/v1/imports/evidence?source=${source}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv' },
    body: lines.join('\n'),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as Report;
}

const evidenceOf = async (person: string) =>
  (await town.ask<{ items: ShownEvidence[] }>('GET', `/people/${person}/evidence`)).body.items;
const statusOf = async (person: string, query = '') =>
  (await town.ask<StaffStatus>('GET', `/people/${person}/status${query}`)).body;
const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
const cccd = () => String(Math.floor(Math.random() * 1e12)).padStart(12, '0');

/** Somebody who is known by their card, name and birth date. */
async function known() {
  const number = cccd();
  const body = { identifiers: [{ system: 'cccd', value: number }], name: 'Trần Thị Bình', birthDate: '1990-05-17' };
  const { body: made } = await town.ask<{ id: string }>('POST', '/people', { body, role: 'admin' });
  return { number, person: made.id };
}

describe('a file of evidence', () => {
  it('tells facts of every kind, adds up, and changes nothing when it comes again', async () => {
    const { number, person } = await known();
    const lines = [
      'kind,cccd,at,until,test,result,number,course,colour,reason',
      `test,${number},${hoursAgo(5)},,pcr,negative,,,,`,
      `dose,${number},2026-01-05,,,,1,,,`,
      `dose,${number},2026-02-05,,,,2,,,`,
      `recovery,${number},2026-03-05,,,,,,,`,
      `quarantine,${number},2026-03-05,2026-03-12,,,,,,`,
      `isolation,${number},2026-03-01,2026-03-05,,,,,,`,
      `declaration,${number},${hoursAgo(1)},,,,,,,`,
      `override,${number},${hoursAgo(1)},${hoursAgo(-24)},,,,,green,two samples were mixed up`,
      `rumour,${number},${hoursAgo(1)},,,,,,,`,
      `test,${number},${hoursAgo(-5)},,pcr,negative,,,,`,
      `test,,${hoursAgo(5)},,pcr,negative,,,,`,
    ];
    const first = await send(lines);
    expect(first).toMatchObject({ read: 11, accepted: 7, queued: 1, merged: 0, rejected: 3 });
    expect(first.rejects.map(({ row, column, reason }) => [row, column, reason])).toEqual([
      [10, 'kind', 'bad-value'],
      [11, 'at', 'in-future'],
      [12, 'person', 'bad-value'],
    ]);
    const before = await evidenceOf(person);
    expect(before.map(({ kind }) => kind).sort()).toEqual(
      ['declaration', 'dose', 'dose', 'isolation', 'override', 'quarantine', 'recovery', 'test'].sort(),
    );
    expect(before.find(({ kind }) => kind === 'override')).toMatchObject({ waiting: true, officers: ['importer'] });
    const { version } = await statusOf(person);
    expect(await send(lines)).toMatchObject({ read: 11, accepted: 0, queued: 0, merged: 8, rejected: 3 });
    expect(await evidenceOf(person)).toEqual(before);
    expect((await statusOf(person)).version).toBe(version);
  });

  it('takes nobody’s agreement to an override away, whoever sends it again', async () => {
    const { number, person } = await known();
    const until = hoursAgo(-24);
    const lines = [
      'kind,cccd,at,until,colour,reason',
      `override,${number},${hoursAgo(1)},${until},yellow,two samples were mixed up`,
      `override,${number},,${until},yellow,when it begins is not told`,
    ];
    const first = await send(lines);
    expect(first).toMatchObject({ queued: 1, rejected: 1, rejects: [{ row: 3, column: 'at', reason: 'bad-value' }] });
    const [fact] = await evidenceOf(person);
    expect((await town.ask('POST', `/people/${person}/evidence/${fact!.id}/agree`)).status).toBe(200);
    const agreed = await evidenceOf(person);
    expect(agreed).toMatchObject([{ officers: ['importer', expect.any(String)] }]);
    expect(await send(lines, 'lab', 'another-officer')).toMatchObject({ queued: 0, merged: 1, rejected: 1 });
    expect(await evidenceOf(person)).toEqual(agreed);
    expect(await statusOf(person, '?area=VN')).toMatchObject({ colour: 'yellow', rule: 'override' });
  });

  it('with one id for two people tells it of the first, and says so of the second', async () => {
    const [one, other] = [await known(), await known()];
    const record = newId();
    const row = ({ number }: { number: string }) => `recovery,${record},${number},2026-03-05`;
    const lines = ['kind,id,cccd,at', row(one), row(other), row(one)];
    const rejects = [{ row: 3, column: 'id', reason: 'contradiction' }];
    expect(await send(lines)).toMatchObject({ read: 3, accepted: 1, merged: 1, rejected: 1, rejects });
    expect([(await evidenceOf(one.person)).length, (await evidenceOf(other.person)).length]).toEqual([1, 0]);
    expect(await send(lines)).toMatchObject({ read: 3, accepted: 0, merged: 2, rejected: 1, rejects });
  });

  it('does not bring back what was taken back', async () => {
    const { number, person } = await known();
    const lines = ['kind,cccd,at', `recovery,${number},2026-03-05`];
    await send(lines);
    const [fact] = await evidenceOf(person);
    expect((await town.ask('DELETE', `/people/${person}/evidence/${fact!.id}`)).status).toBe(204);
    expect(await send(lines)).toMatchObject({ accepted: 0, merged: 1 });
    expect(await evidenceOf(person)).toEqual([]);
  });

  it('corrects a record of the same source and id, and leaves those of others alone', async () => {
    const { number, person } = await known();
    const [record, source] = [newId(), newId()];
    const row = (result: string) => [
      'kind,id,cccd,at,test,result',
      `test,${record},${number},${hoursAgo(9)},pcr,${result}`,
    ];
    await send(row('negative'), source);
    expect(await send(row('positive'), source)).toMatchObject({ merged: 1 });
    expect(await evidenceOf(person)).toMatchObject([{ kind: 'test', result: 'positive' }]);
    await send(row('negative'), newId());
    expect(await evidenceOf(person)).toHaveLength(2);
    const other = await known();
    const stranger = ['kind,id,cccd,at,test,result', `test,${record},${other.number},${hoursAgo(9)},pcr,negative`];
    expect(await send(stranger, source)).toMatchObject({
      rejected: 1,
      rejects: [{ column: 'id', reason: 'contradiction' }],
    });
  });

  it('of a laboratory turns nobody red unless two identifiers match', async () => {
    const area = '?area=VN';
    const [one, two] = [await known(), await known()];
    const header = 'kind,cccd,name,birthDate,at,test,result';
    const report = await send([
      header,
      `test,${one.number},,,${hoursAgo(5)},pcr,positive`,
      `test,${two.number},TRAN THI BINH,,${hoursAgo(5)},pcr,positive`,
    ]);
    expect(report).toMatchObject({ accepted: 1, queued: 1 });
    expect(await statusOf(one.person, area)).toMatchObject({ colour: 'green' });
    expect(await statusOf(two.person, area)).toMatchObject({ colour: 'red', rule: 'positive' });
    const [fact] = await evidenceOf(one.person);
    expect(fact).toMatchObject({ waiting: true });
    expect(await town.ask('POST', `/people/${one.person}/evidence/${fact!.id}/agree`)).toMatchObject({ status: 200 });
    expect(await statusOf(one.person, area)).toMatchObject({ colour: 'red', rule: 'positive' });
  });

  it('compares a row about somebody new with the row that made them, in one file as in two', async () => {
    const number = cccd();
    const report = await send([
      'kind,cccd,name,birthDate,at,test,result',
      `test,${number},Trần Thị Bình,,${hoursAgo(9)},pcr,negative`,
      `test,${number},,1990-05-17,${hoursAgo(5)},pcr,positive`,
      `test,${number},TRAN THI BINH,,${hoursAgo(4)},pcr,positive`,
    ]);
    expect(report).toMatchObject({ read: 3, accepted: 2, queued: 1 });
  });

  it('whose name is another’s goes to the repair queue and colours nobody', async () => {
    const { number, person } = await known();
    const lines = ['kind,cccd,name,at,test,result', `test,${number},Lê Văn Cường,${hoursAgo(5)},pcr,positive`];
    expect(await send(lines)).toMatchObject({ accepted: 0, queued: 1, merged: 0 });
    expect(await evidenceOf(person)).toEqual([]);
  });

  it('makes people who are not known yet', async () => {
    const person = `lab-${newId()}`;
    expect(await send(['kind,person,at', `recovery,${person},2026-03-05`])).toMatchObject({ accepted: 1 });
    const { body } = await town.ask<{ items: { id: string }[] }>('GET', `/people?identifier=import:${person}`);
    expect(await evidenceOf(body.items[0]!.id)).toMatchObject([{ kind: 'recovery' }]);
  });
});
