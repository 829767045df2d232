import { describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import type { Page } from 'playwright-core';
import { newId } from '../../config/ids.js';
import { bodyField, packPush, pushStream } from '../../src/streams.js';
import { ask, type System } from '../system.js';
import { aPlace, invite, meetCase } from './citizens.js';
import { showRevoked } from './desk-work.js';
import { employ, logInAs, openDesk } from './officers.js';
import { eachInWindow, type Scene } from './scene.js';
import { endSession, openWindow, seriousFaults } from './stage.js';

let system: System;
let page: Page;
let scene: Scene;
eachInWindow(
  (now) => {
    scene = now;
    ({ system, page } = now);
  },
  { viewport: { width: 1440, height: 900 } },
);

/** What the audits tell, as their worker tells it: there is nothing wrong in a test that they could find. */
async function tellAlarm(differences: number): Promise<void> {
  const redis = new Redis(system.servers.REDIS_URL);
  const since = differences > 0 ? Date.now() : null;
  const body = packPush([{ push: 'alarm', differences, checks: { exposures: differences }, since, at: Date.now() }]);
  await redis.xadd(pushStream, '*', bodyField, body);
  redis.disconnect();
}

describe('the desk', () => {
  it('says on every page that the audits found something, for as long as they do', async () => {
    await openDesk(system, page);
    await tellAlarm(2);
    await page.locator('.alarm-bar:has-text("2 hồ sơ")').waitFor();
    await page.goto('/officer#/people');
    await page.locator('form[role=search]').waitFor();
    await page.locator('.alarm-bar:has-text("người tiếp xúc của 2 ca")').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await tellAlarm(0);
    await page.locator('.alarm-bar').waitFor({ state: 'detached' });
  });

  it('shows a doubtful scan the moment a door sees it, and all of them one press away', async () => {
    await openDesk(system, page);
    const place = `Quán ${newId().slice(0, 8)}`;
    expect(await showRevoked(system, place)).toMatchObject({ error: 'revoked-code' });
    const now = page.locator(`section:has(#doubts) li:has-text("${place}")`);
    await now.locator('text=Đưa thẻ đã thu hồi').waitFor();
    await page.locator('a[href="#/doubts"]', { hasText: 'Xem tất cả' }).click();
    await page.locator(`main tr:has-text("${place}"):has-text("Đưa thẻ đã thu hồi")`).waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('shows the risk level of an area that was found anew on its map, and what was told ahead', async () => {
    const code = `P${newId().slice(0, 8)}`;
    await ask(system, 'POST /imports/units', { csv: `code,name,parent,level\n${code},Phường Hoa Sen,,commune\n` });
    await aPlace(system, 'Chợ Hoa Sen', { unit: code, point: { lat: 10.7885, lon: 106.6905 } });
    await openDesk(system, page);
    const shares = { fullDosePeople: 0.8, fullDoseAtRisk: 0.95, careReady: 1 };
    const figures = { oxygen: 0, deaths: 0, freeBeds: 60, intensiveBeds: 6, ...shares };
    const assess = (cases: number) =>
      ask(system, `POST /units/${code}/risk`, { body: { population: 10_000, cases, figures } });
    expect((await assess(0)).status).toBe(201);
    const row = page.locator('section:has(#risks) li:has-text("Phường Hoa Sen")');
    await row.locator('.risk:has-text("Cấp 1")').waitFor();
    expect((await assess(100)).status).toBe(201);
    await row.locator('text=/Cấp 3 từ/').waitFor();
    await page.locator('.map-box[data-ready=true] .map-pin[aria-label$="Phường Hoa Sen"]').click();
    await page.locator('section:has(#risks) li[aria-current=true]:has-text("Phường Hoa Sen")').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  });
});

/** Somebody with a name of their own who met a case. */
async function aContact() {
  const name = `Lê Cúc ${newId().replace(/\d/g, 'x').slice(0, 8)}`;
  const { id } = await invite(system, { name });
  await meetCase(system, id);
  return { id, name };
}

const row = (id: string) => page.locator(`tr[data-person="${id}"]`);

describe('the list of calls', () => {
  it('is one press from the board, says why, and is worked through by keyboard', async () => {
    const { id, name } = await aContact();
    await openDesk(system, page);
    await page.locator('.figure a:has-text("cần gọi")').click();
    await row(id).locator(`text=${name}`).waitFor();
    await row(id).locator('text=/Gặp ca \\w+ tại Quán cơm Hoa Sen, 4[45] phút/').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await row(id).locator('button').focus();
    await page.keyboard.press('Enter');
    await page.locator('dialog .choice').first().waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.locator('dialog .choice:has-text("Chưa gặp được")').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Sau 18 giờ');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await row(id).locator('text=Sau 18 giờ').waitFor();
    await row(id).locator('button').click();
    await page.locator('dialog .choice:has-text("Gặp được")').first().click();
    await page.locator('dialog .button.main').click();
    await row(id).waitFor({ state: 'detached' });
    await page.goto(`/officer#/person/${id}`);
    await page.locator('.events li:has-text("Gặp được")').first().waitFor();
  });

  it('says nothing of people it could not read yet, and reads them once it can', async () => {
    const { id, name } = await aContact();
    await openDesk(system, page);
    const people = /\/people\?ids=/;
    await page.route(people, (route) => route.abort('connectionrefused'));
    const refused = page.waitForEvent('requestfailed', (request) => people.test(request.url()));
    await page.goto('/officer#/calls');
    await row(id).locator('button').click();
    await refused;
    await page.locator('dialog p:text-is("…")').waitFor();
    await page.unroute(people);
    await page.locator(`dialog:has-text("${name}"):has-text("Chưa biết số điện thoại")`).waitFor();
  });

  it('keeps a note half written for the officer whose session ends, and for no other', async () => {
    const { id } = await aContact();
    const [mine, other] = await Promise.all([employ(system), employ(system)]);
    await page.goto('/officer#/calls');
    await logInAs(page, mine);
    await row(id).locator('button').click();
    const [note, outcome] = [page.locator('dialog textarea'), page.locator('dialog .choice:has-text("Chưa gặp được")')];
    const saveInVain = async () => {
      await endSession(page, '**/api/v1/calls');
      await page.locator('dialog .button.main').click();
      await page.locator('text=Phiên làm việc đã hết').waitFor();
      expect(await note.isVisible()).toBe(false);
    };
    await outcome.click();
    await note.fill('Sau 18 giờ');
    await saveInVain();
    await logInAs(page, mine);
    await note.waitFor();
    expect(await note.inputValue()).toBe('Sau 18 giờ');
    expect(await outcome.getAttribute('aria-pressed')).toBe('true');
    await saveInVain();
    await logInAs(page, other);
    await row(id).waitFor();
    expect(await note.count()).toBe(0);
    await row(id).locator('button').click();
    expect(await note.inputValue()).toBe('');
  });

  it('loses whoever another officer has reached', async () => {
    const { id } = await aContact();
    await openDesk(system, page);
    await page.goto('/officer#/calls');
    await row(id).waitFor();
    const other = await openWindow(scene.browser, system);
    await openDesk(system, other.page);
    await other.page.goto('/officer#/calls');
    await other.page.locator(`tr[data-person="${id}"] button`).click();
    await other.page.locator('dialog .choice').first().click();
    await other.page.locator('dialog .button.main').click();
    await row(id).waitFor({ state: 'detached' });
    await other.context.close();
    expect(other.faults).toEqual([]);
  });
});
