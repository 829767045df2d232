import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Browser, Page, Route } from 'playwright-core';
import { newId } from '../../config/ids.js';
import { ask, type System } from '../system.js';
import { until } from '../until.js';
import { aPlace, invite, meetCase, wasAt } from './citizens.js';
import { employ, logInAs, openDesk, pick } from './officers.js';
import { eachInWindow } from './scene.js';
import { aGuest, endSession, openGate, openWindow, seriousFaults, wedge } from './stage.js';

let system: System;
let browser: Browser;
let page: Page;
eachInWindow((scene) => ({ system, browser, page } = scene), { viewport: { width: 1440, height: 900 } });

const contactRows = () => page.locator('.grid-body .grid-row');

/** Two people who met, whose names nobody else has. */
async function aMeeting() {
  const mark = newId().replace(/\d/g, 'x').slice(0, 8);
  const [sick, met] = await Promise.all([
    invite(system, { name: `Trần Bình ${mark}` }),
    invite(system, { name: `Lê Cúc ${mark}` }),
  ]);
  const venue = await aPlace(system, `Quán ${mark}`);
  await Promise.all([wasAt(system, sick.id, venue), wasAt(system, met.id, venue)]);
  return { mark, sick, met, venue };
}

describe('logging in', () => {
  it('by name and password shows the board; a wrong password is told', async () => {
    const { username, password } = await employ(system);
    await page.goto('/officer');
    await logInAs(page, { username, password: 'wrong' });
    await page.locator('[role=alert]:has-text("không đúng")').waitFor();
    await logInAs(page, { username, password });
    await page.locator('.link.online').waitFor();
    await page.locator('.figure').first().waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('by the link of a demo works once', async () => {
    const { username } = await employ(system);
    const { url } = (await ask(system, 'POST /demo/links', { body: { officer: username } })).body as { url: string };
    await page.goto(url);
    await page.locator('.figures').waitFor();
    expect(new URL(page.url()).hash).toBe('');
    const other = await openWindow(browser, system);
    await other.page.goto(url);
    await other.page.locator('text=Liên kết này đã dùng rồi').waitFor();
    await other.context.close();
  });
});

describe('a session that ends', () => {
  it('leaves a case half told as it was for the officer who logs in again, and for no other', async () => {
    const { mark } = await aMeeting();
    const [mine, other] = await Promise.all([employ(system), employ(system)]);
    const day = new Date().toISOString().slice(0, 10);
    await page.goto('/officer#/confirm');
    await logInAs(page, mine);
    await pick(page, `binh ${mark}`);
    await page.locator('input[name=onset]').fill(day);
    const confirmInVain = async () => {
      await page.locator('.preview .level.l1').waitFor();
      await endSession(page, '**/api/v1/cases');
      await page.locator('form.card .button.main').click();
      await page.locator('text=Phiên làm việc đã hết').waitFor();
      expect(await page.locator('.picked').isVisible()).toBe(false);
    };
    await confirmInVain();
    await logInAs(page, mine);
    await page.locator(`.picked:has-text("Trần Bình ${mark}")`).waitFor();
    expect(await page.locator('input[name=onset]').inputValue()).toBe(day);
    await confirmInVain();
    await logInAs(page, other);
    await page.locator('form[role=search]').waitFor();
    expect(await page.locator('.picked').count()).toBe(0);
  });
});

describe('the board', () => {
  it('lists a case the moment it is confirmed, and a red card the moment a door sees it', async () => {
    await openDesk(system, page);
    const guest = await aGuest(system, 'Phạm Văn Dũng');
    const id = await meetCase(system, guest.id);
    await page.locator(`a[href="#/case/${id}"]`).waitFor();
    const row = page.locator(`tr:has(a[href="#/case/${id}"])`);
    await row.locator('text=Đã truy vết').waitFor();
    await row.locator('.level.l1:has-text("1")').waitFor();
    const door = await openWindow(browser, system);
    await openGate(system, door, { name: 'Cổng chợ Xanh' });
    await wedge(door.page, guest.code);
    await door.page.locator('.answer.red').waitFor();
    await page.locator('[aria-labelledby=red-cards] .events:has-text("Cổng chợ Xanh")').waitFor();
    expect(await page.locator('main').innerText()).not.toContain('Dũng');
    await door.context.close();
  });

  it('says that it is cut off while the API is away, and goes on by itself', async () => {
    await openDesk(system, page);
    await system.api.kill9();
    await page.locator('.link.offline').waitFor();
    await system.api.start();
    await page.locator('.link.online').waitFor({ timeout: 30_000 });
  });
});

describe('a case', () => {
  it('is confirmed by keyboard alone, previewed before, and its contacts fill in with their reasons', async () => {
    const { mark } = await aMeeting();
    await openDesk(system, page);
    await page.keyboard.press('Alt+Shift+Digit2');
    await page.locator('form[role=search] input').waitFor();
    await page.keyboard.type(`binh ${mark}`);
    await page.keyboard.press('Enter');
    await page.locator('.found button').waitFor();
    for (const _ of ['find', 'scan a code', 'the first who is found']) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('.preview .level.l1:has-text("1")').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.locator('input[name=onset]').focus();
    await page.keyboard.press('Enter');
    await page.locator('.case-head .state.traced').waitFor();
    await contactRows()
      .filter({ hasText: `Lê Cúc ${mark}` })
      .waitFor();
    await page.locator('.stay').first().waitFor();
    await page.locator('.grid').focus();
    await page.keyboard.press('Enter');
    await page.locator(`.panel:has-text("Lê Cúc ${mark}")`).waitFor();
    await page.locator(`.meetings:has-text("Quán ${mark}")`).waitFor();
    // The two of them came a moment after each other: 44 whole minutes, or 45.
    expect(await page.locator('.panel').innerText()).toMatch(/tổng cộng 4[45] phút/);
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('whose answer is lost is one case, also when the button is pressed again', async () => {
    const { mark, met } = await aMeeting();
    await openDesk(system, page);
    await page.goto('/officer#/confirm');
    await pick(page, `binh ${mark}`);
    await page.locator('.preview .level.l1').waitFor();
    const lose = async (route: Route) => {
      await route.fetch();
      await route.abort('connectionreset');
    };
    await page.route('**/api/v1/cases', lose, { times: 1 });
    await page.locator('form.card .button.main').click();
    await page.locator('form.card .message.alarm').waitFor();
    await page.locator('form.card .button.main').click();
    await page.locator('.case-head .state.traced').waitFor();
    const { body } = await ask(system, `GET /people/${met.id}/exposures`, { headers: { purpose: 'care' } });
    expect((body as { items: unknown[] }).items).toHaveLength(1);
  });

  it('is taken back after a look at whose colour turns, and amended after another', async () => {
    const { mark, met } = await aMeeting();
    await openDesk(system, page);
    await page.goto('/officer#/confirm');
    await pick(page, `binh ${mark}`);
    await page.locator('.preview .level.l1').waitFor();
    await page.locator('form .button.main').last().click();
    await page.locator('.case-head .state.traced').waitFor();
    const colourOf = async () =>
      ((await ask(system, `GET /people/${met.id}/status`, { headers: { purpose: 'care' } })).body as { colour: string })
        .colour;
    await until('the contact is red', async () => (await colourOf()) === 'red');
    await page.locator('.case-head .button').first().click();
    await page.locator('dialog input[name=onset]').fill('2020-01-01');
    await page.locator(`dialog li:has-text("Lê Cúc ${mark}")`).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.case-head .button.danger').click();
    await page.locator('dialog .changes li:has-text("Ở tại nhà")').first().waitFor();
    await page.locator(`dialog li:has-text("Lê Cúc ${mark}")`).waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.locator('dialog .input').fill('Nhầm mẫu.');
    await page.keyboard.press('Enter');
    await page.locator('.case-head .state.retracted').waitFor();
    await until('the contact is green again', async () => (await colourOf()) === 'green');
    await until('nobody is a contact', async () => (await contactRows().count()) === 0);
    await page.locator('.contacts:has-text("Chưa có người tiếp xúc nào.")').waitFor();
  });

  it('gives its contacts as CSV and as a spreadsheet', async () => {
    const { met, mark } = await aMeeting();
    const id = await meetCase(system, met.id);
    await openDesk(system, page);
    await page.goto(`/officer#/case/${id}`);
    await contactRows().filter({ hasText: mark }).waitFor();
    const files = [];
    for (const name of ['CSV', 'XLSX']) {
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.locator(`.contacts .button:has-text("${name}")`).click(),
      ]);
      files.push(readFileSync(await file.path()));
    }
    expect(files[0]!.toString()).toContain(`Lê Cúc ${mark}`);
    expect(files[1]!.subarray(0, 2).toString()).toBe('PK');
  });
});
