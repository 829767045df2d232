import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Cards } from '../../config/cards.js';
import { newId } from '../../config/ids.js';
import { Graph } from '../../graph/graph.js';
import type { DoubtShown, ScanReply } from '../../src/events.js';
import { connect, connectGate, type GateSocket, type OfficerSocket } from '../sockets.js';
import { until } from '../until.js';
import { Whole } from '../whole.js';

jest.setTimeout(120_000);

const minute = 60_000;
const day = 1_440 * minute;
const hoanKiem = { lat: 21.0287, lon: 105.8523 };
const haiPhong = { lat: 20.8449, lon: 106.6881 };

let whole: Whole;
let owner: Owner;
let screen: OfficerSocket;
const heard: DoubtShown[] = [];

beforeAll(async () => {
  whole = await Whole.open();
  owner = await logIn();
  screen = await connect<OfficerSocket>(whole.url, '/officer', await whole.token());
  screen.on('doubt', (doubt) => heard.push(doubt));
  await screen.emitWithAck('watch', {});
});
afterAll(async () => {
  screen.disconnect();
  sockets.forEach((socket) => socket.disconnect());
  await whole.close();
});

const sockets: GateSocket[] = [];

interface Owner {
  id: string;
  kind: 'citizen';
  roles: ('citizen' | 'owner')[];
}
/** Somebody with a phone number of their own. */
async function logIn(): Promise<Owner> {
  const someone: Owner = { id: newId(), kind: 'citizen', roles: ['citizen', 'owner'] };
  const account = { id: someone.id, phoneKey: newId(), roles: someone.roles, atMs: Date.now() };
  await whole.app.get(Graph).write('accounts/ensure_phone', account);
  return someone;
}

/** A gate of the owner's. */
async function openGate(more: { kind?: string; point?: object } = {}) {
  const body = { name: 'Quán Hoa Sen', kind: 'market', setting: 'closed', ...more };
  const { id: venue } = await whole.call<{ id: string }>('POST', 'venues', body, owner);
  const made = await whole.call<{ gateId: string; token: string }>('POST', `venues/${venue}/gates`, {}, owner);
  const socket = await connectGate(whole.url, made.token);
  sockets.push(socket);
  const scan = (code: string, at = Date.now(), scanId = newId()) =>
    socket.emitWithAck('scan', { scanId, code, direction: 'in', scannedAt: at }) as Promise<ScanReply>;
  return { venue, gate: made.gateId, socket, scan };
}

/** Somebody verified, so green, with a code of the kind asked for. */
async function somebody(kind: 'printed' | 'rotating' = 'printed') {
  const identifiers = [{ system: 'import', value: newId() }];
  const { id } = await whole.call<{ id: string }>('POST', 'people', { identifiers, name: 'Nguyễn Văn An' });
  const card = await whole.call<{ cardId: string; code: string }>('POST', `people/${id}/cards`, { kind });
  return { id, ...card };
}

interface Listed {
  items: { kind: string; person?: string | null; gate: string; times: number; code?: { start: string } }[];
}
/** The entries of a place's log, as its owner reads them, once there are so many. */
const logOf = (venue: string, entries = 1) =>
  until('the log of the gate', async () => {
    const { items } = await whole.call<Listed>('GET', `venues/${venue}/log`, undefined, owner);
    return items.length >= entries && items;
  });
const doubtsOf = async (person: string) => {
  const { items } = await whole.call<Listed>('GET', 'doubts');
  return items.filter((doubt) => doubt.person === person);
};
const hear = (person: string, kind: string) =>
  until(`officers hear of ${kind}`, () => heard.find((doubt) => doubt.person === person && doubt.kind === kind));

interface Stay {
  venue: { id: string };
  trust: number;
}
const trustsOf = async (person: string) =>
  (await whole.call<{ items: Stay[] }>('GET', `people/${person}/stays`)).items.map(({ trust }) => trust);
const colourOf = async (person: string) =>
  (await whole.call<{ colour: string }>('GET', `people/${person}/status`)).colour;

describe('a printed card in two far places within minutes', () => {
  it('is told to owner and officers, weighs less, and colours nobody', async () => {
    const [here, there] = [await openGate({ point: hoanKiem }), await openGate({ point: haiPhong })];
    const { id, code } = await somebody();
    expect(await here.scan(code, Date.now() - 4 * minute)).toMatchObject({ ok: true });
    expect(await there.scan(code)).toMatchObject({ ok: true, data: { decision: 'allow' } });

    expect(await hear(id, 'two-places')).toMatchObject({ venue: there.venue, gate: there.gate });
    const [doubt] = await doubtsOf(id);
    expect(doubt).toMatchObject({ kind: 'two-places', other: { venue: here.venue } });
    expect(await logOf(there.venue)).toEqual([
      { kind: 'two-places', gate: there.gate, at: expect.any(String), times: 1 },
    ]);
    expect(await trustsOf(id)).toEqual([0.25, 0.25]); // both ends are assumed as well
    expect(await colourOf(id)).toBe('green');
    expect((await whole.audit()).differences).toEqual([]);
  });

  it('is forgotten when the scan is taken back', async () => {
    const [here, there] = [await openGate({ point: hoanKiem }), await openGate({ point: haiPhong })];
    const { id, code } = await somebody();
    await here.scan(code, Date.now() - 4 * minute);
    const scanId = newId();
    await there.scan(code, Date.now(), scanId);
    await hear(id, 'two-places');
    await there.socket.emitWithAck('undo', { scanId });
    await until('the doubt is gone', async () => (await doubtsOf(id)).length === 0);
    expect(await trustsOf(id)).toEqual([0.5]);
  });

  it('is found when the first place uploads last', async () => {
    const [here, there] = [await openGate({ point: hoanKiem }), await openGate({ point: haiPhong })];
    const { id, code } = await somebody();
    await there.scan(code);
    await here.scan(code, Date.now() - 4 * minute);
    expect(await hear(id, 'two-places')).toMatchObject({ venue: there.venue });
  });
});

describe('a code that was photographed', () => {
  it('is doubted at the second place within its minute, wherever that is', async () => {
    const [here, there] = [await openGate(), await openGate()];
    const { id, code } = await somebody('rotating');
    await here.scan(code);
    await there.scan(code, Date.now() + 1);
    expect(await hear(id, 'copied-code')).toMatchObject({ venue: there.venue });
    expect(await colourOf(id)).toBe('green');
  });

  it('is refused after its minute, and noted', async () => {
    const here = await openGate();
    const { id } = await somebody();
    const issuedAt = Date.now() - 5 * minute;
    const card = { person: id, card: newId(), kind: 'rotating' as const, issuedAt, expiresAt: issuedAt + minute };
    const code = whole.app.get(Cards).issue(card);
    expect(await here.scan(code)).toMatchObject({ ok: false, error: 'expired-code' });
    expect(await hear(id, 'old-code')).toMatchObject({ venue: here.venue });
    expect(await logOf(here.venue)).toMatchObject([{ kind: 'old-code', times: 1 }]);
  });

  it('is refused and noted when it is of a card that was revoked', async () => {
    const here = await openGate();
    const { id, code, cardId } = await somebody();
    await whole.call('DELETE', `cards/${cardId}`);
    await until('the gate knows', async () => {
      const reply = await here.scan(code);
      return !reply.ok && reply.error === 'revoked-code';
    });
    expect(await hear(id, 'revoked-card')).toMatchObject({ venue: here.venue });
  });
});

describe('a gate that cannot be right', () => {
  it('is noted when its clock is ahead, also where its scans are refused for it', async () => {
    const [here, far] = [await openGate(), await openGate()];
    const { id, code } = await somebody();
    expect(await here.scan(code, Date.now() + 3 * minute)).toMatchObject({ ok: true });
    await hear(id, 'wrong-clock');
    expect(await trustsOf(id)).toEqual([0.25]);
    expect(await far.scan(code, Date.now() + 20 * minute)).toMatchObject({ ok: false, error: 'in-future' });
    expect(await logOf(far.venue)).toMatchObject([{ kind: 'wrong-clock', gate: far.gate }]);
  });

  it('is noted when it scans in an office at four in the morning', async () => {
    const here = await openGate({ kind: 'office' });
    const { id, code } = await somebody();
    const fourInVietnam = Math.floor((Date.now() - day) / day) * day - 3 * 60 * minute;
    await here.scan(code, fourInVietnam);
    expect(await logOf(here.venue)).toMatchObject([{ kind: 'night' }]);
    expect(await doubtsOf(id)).toMatchObject([{ kind: 'night', other: null }]);
    expect(await trustsOf(id)).toEqual([0.4]);
  });

  it('shows its owner what it could not read, but not the code', async () => {
    const here = await openGate();
    const code = '001090123456 NGUYEN VAN AN';
    for (let times = 0; times < 2; times++) await here.scan(code);
    const [entry] = await until('both are counted', async () => {
      const items = await logOf(here.venue);
      return items[0]!.times === 2 && items;
    });
    expect(entry).toMatchObject({
      kind: 'unread',
      gate: here.gate,
      code: { kind: 'unknown-code', length: code.length },
    });
    expect(JSON.stringify(entry)).not.toContain('00109012');
    expect(heard.filter(({ venue }) => venue === here.venue)).toEqual([]);
  });
});

it('lists page by page, newest first, to those whose place it is', async () => {
  const here = await openGate();
  for (const text of ['one unknown', 'two unknown', 'three unknown']) await here.scan(text);
  const all = await logOf(here.venue, 3);
  const page = (after: string) =>
    whole.call<Listed & { next: string | null }>(
      'GET',
      `venues/${here.venue}/log?limit=2&after=${encodeURIComponent(after)}`,
      undefined,
      owner,
    );
  const first = await page('');
  const second = await page(first.next!);
  expect([...first.items, ...second.items]).toEqual(all);
  expect(second.next).toBeNull();
  const stranger = await logIn();
  await expect(whole.call('GET', `venues/${here.venue}/log`, undefined, stranger)).rejects.toThrow('404');
});
