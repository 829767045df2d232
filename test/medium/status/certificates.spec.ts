import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../../config/ids.js';
import { DemoIssuer } from '../../../demo/issuer/issuer.js';
import type { Linked, Shown } from '../../../src/evidence/certificates.service.js';
import type { ScanReply } from '../../../src/events.js';
import { askOver, scanOf } from '../gate/house.js';
import { openTown, type Town } from './town.js';

const dayMs = 86_400_000;
const issuer = new DemoIssuer({ fromMs: Date.now() - 400 * dayMs });
let town: Town;

/** Put in place whole, as an administrator would. */
function install(text: string): void {
  const file = join(process.env['DATA_DIR']!, 'dcc-trust-list.json');
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}
const trustOf = (...issuers: DemoIssuer[]) => JSON.stringify(issuers.map(({ trust }) => trust));

beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());

const daysAgo = (days: number) => new Date(Date.now() - days * dayMs).toISOString().slice(0, 10);
const somebody = { name: 'Nguyễn Văn An', birthDate: '1990-01-02' };
const validity = { issuedAt: Date.now() - 30 * dayMs, expiresAt: Date.now() + 300 * dayMs };

function certificate(more: object = {}, by = issuer): string {
  const dose = { tg: '840539006', vp: '1119349007', mp: 'EU/1/20/1528', ma: 'ORG-100030215', dn: 2, sd: 2, dt: daysAgo(60), co: 'VN', is: 'Bộ Y tế', ci: `URN:UVCI:01:VN:${newId()}` }; // prettier-ignore
  const nam = { fn: 'Nguyễn', gn: 'Văn An', fnt: 'NGUYEN', gnt: 'VAN<AN' };
  return by.issue({ ver: '1.3.0', nam, dob: '1990-01-02', v: [dose], ...more }, validity);
}

interface Refused {
  type: string;
  errors?: { got: string }[];
  match?: unknown;
}

const atDesk = <T>(person: string, path: string, code: string) =>
  town.ask<T>('POST', `/people/${person}/certificates${path}`, { body: { code } });
const asOneself = <T>(person: string, path: string, code: string) =>
  town.ask<T>('POST', `/me/certificates${path}`, { role: 'citizen', person, body: { code } });

describe('a certificate', () => {
  it('cannot be taken before there is a trust list, and can once the file is there', async () => {
    const person = await town.house.person(somebody);
    const code = certificate();
    expect((await atDesk<Refused>(person, '', code)).status).toBe(503);
    install(trustOf(issuer));
    expect((await atDesk<Linked>(person, '', code)).status).toBe(201);
  });

  it('is shown first, and linked once its holder says so: it makes a dose', async () => {
    const person = await town.house.person(somebody);
    const code = certificate();
    const { body: shown } = await asOneself<Shown>(person, '/preview', code);
    expect(shown).toMatchObject({
      state: 'to-confirm',
      match: { name: 'matched', birthDate: 'matched' },
      certificate: { entry: 'vaccination', dose: '2/2', name: 'Nguyễn Văn An' },
    });
    expect((await town.ask<{ version: number }>('GET', `/people/${person}/status`)).body.version).toBe(1);
    expect(await asOneself<Linked>(person, '', code)).toMatchObject({ status: 201, body: { state: 'linked', kind: 'dose', version: 2 } }); // prettier-ignore
    expect((await asOneself<Shown>(person, '/preview', code)).body.state).toBe('linked-already');
  });

  it('shortens quarantine as doses told by hand do', async () => {
    const person = await town.house.person(somebody);
    await town.expose(person, { at: Date.now() - 9 * dayMs });
    const colour = async () => (await town.ask<{ colour: string }>('GET', `/people/${person}/status?area=79`)).body.colour; // prettier-ignore
    expect(await colour()).toBe('red');
    await atDesk(person, '', certificate({ v: null, r: [{ tg: '840539006', fr: daysAgo(90), df: daysAgo(80), du: daysAgo(-90), co: 'VN', is: 'Bộ Y tế', ci: `URN:${newId()}` }] })); // prettier-ignore
    expect(await colour()).toBe('green');
  });

  it('is taken once, and for one person', async () => {
    const [person, twin] = [await town.house.person(somebody), await town.house.person(somebody)];
    const code = certificate();
    await atDesk(person, '', code);
    expect(await atDesk<Refused>(person, '', code)).toMatchObject({ status: 409, body: { type: 'linked-already' } });
    expect(await atDesk<Refused>(twin, '', code)).toMatchObject({ status: 409, body: { type: 'certificate-of-another' } }); // prettier-ignore
    const { body } = await town.ask<{ items: { id: string }[] }>('GET', `/people/${person}/evidence`);
    await town.ask('DELETE', `/people/${person}/evidence/${body.items[0]!.id}`);
    expect(await atDesk<Refused>(person, '', code)).toMatchObject({ status: 409, body: { type: 'taken-back' } });
  });

  it.each([
    ['of another name', { ...somebody, name: 'Trần Thị Bình' }, 409, 409],
    ['of another birth date', { ...somebody, birthDate: '1991-01-02' }, 409, 409],
    ['of whom no birth date is known', { name: somebody.name }, 409, 201],
    ['of whom only the year of birth is known', { ...somebody, birthDate: '1990' }, 201, 201],
  ])('for somebody %s is taken or not: by oneself, and at a desk', async (_who, fields, own, desk) => {
    const person = await town.house.person(fields);
    expect((await asOneself(person, '', certificate())).status).toBe(own);
    expect((await atDesk(person, '', certificate())).status).toBe(desk);
  });

  it.each([
    ['signed by nobody in the list', () => certificate({}, new DemoIssuer({ fromMs: 0 })), 'unknown-signer'],
    ['run out', () => issuer.issue({ ver: '1.3.0' }, { issuedAt: 0, expiresAt: 1 }), 'expired'],
    ['of no kind that proves anything', () => certificate({ dob: 'spring' }), 'bad-schema'],
    ['that is an ID card', () => '001093029317||Nguyễn Văn An|18011993|Nam|Hà Nội|01012022', 'wrong-prefix'],
  ])('%s is refused with the step that failed', async (_what, code, error) => {
    const { status, body } = await atDesk<Refused>(await town.house.person(somebody), '', code());
    expect([status, body.errors?.map(({ got }) => got)]).toEqual([422, expect.arrayContaining([error])]);
  });
});

describe('the trust list', () => {
  it('is read again when its file is replaced, and a damaged file leaves the old one in force', async () => {
    const other = new DemoIssuer({ fromMs: Date.now() - dayMs });
    const person = await town.house.person(somebody);
    const status = async (by: DemoIssuer) => (await atDesk(person, '/preview', certificate({}, by))).status;
    install(trustOf(issuer));
    expect([await status(issuer), await status(other)]).toEqual([200, 422]);
    install(trustOf(issuer, other));
    expect([await status(issuer), await status(other)]).toEqual([200, 200]);
    install('{"half": ');
    expect([await status(issuer), await status(other)]).toEqual([200, 200]);
    install(trustOf(other));
    expect([await status(issuer), await status(other)]).toEqual([422, 200]);
    install(trustOf(issuer));
  });
});

describe('a certificate at a gate', () => {
  it('is its holder’s once it was linked, and nobody’s before', async () => {
    install(trustOf(issuer));
    const person = await town.house.person(somebody);
    const code = certificate();
    const gate = town.house.connect((await town.house.gate('shop')).token);
    const scan = () => askOver<ScanReply>(gate, 'scan', scanOf(code));
    expect(await scan()).toMatchObject({ ok: false, error: 'unknown-code' });
    expect((await atDesk<Linked>(person, '', code)).status).toBe(201);
    const scanned = await scan();
    expect(scanned).toMatchObject({ ok: true, data: { displayName: 'N. V. An', birthYear: 1990 } });
    const forged = certificate({}, new DemoIssuer({ fromMs: Date.now() - 400 * dayMs }));
    expect(await askOver<ScanReply>(gate, 'scan', scanOf(forged))).toMatchObject({ ok: false, error: 'unknown-code' });
  });
});
