import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { ask, type System } from '../system.js';
import { until } from '../until.js';
import { openBrowser } from './chrome.js';
import { fps, writeFilm } from './film.js';
import { look, looks, openAs } from './look.js';
import { aGuest, aPhone, logIn, makeGate, openGate, openStage, openWindow, phoneCard, seenAs, wedge } from './stage.js';

let system: System;
let browser: Browser;
beforeAll(async () => {
  const room = join(mkdtempSync(join(tmpdir(), 'vetxanh-tour-')), 'room.y4m');
  writeFilm(room, [{ code: undefined, frames: fps }]);
  [system, browser] = await Promise.all([openStage(), openBrowser(room)]);
  const wards = '79,Thành phố Hồ Chí Minh,\n26743,Phường Bến Thành,79\n26740,Phường Sài Gòn,79\n';
  await ask(system, 'POST /imports/units', { csv: `code,name,parent\n${wards}` });
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

describe.each(looks)('$look', (as) => {
  it('the gate', async () => {
    const { page, context, faults } = await openAs(browser, system, as);
    const found: string[] = [];
    const see = async (state: string) => void found.push(...(await look(page, as, state)));
    await page.goto('/gate');
    await page.locator('.viewfinder.on').waitFor();
    await see('gate-pair');
    const guests = [await aGuest(system), await aGuest(system, 'Lê Thị Mai'), await aGuest(system, 'Phạm Quốc Dũng')];
    const sick = await aGuest(system, 'Trần Thanh Bình');
    await ask(system, 'POST /cases', { body: { person: sick.id, sampledAt: new Date().toISOString() } });
    await seenAs(system, sick.code, 'red');
    const gate = await openGate(system, { page, context, faults }, { capacity: 4, zones: ['Tầng trệt', 'Sân thượng'] });
    await page.locator('.viewfinder.on').waitFor();
    await see('gate-empty');
    await page.locator('.zones label').nth(1).click();
    await page.locator('.switch label').first().click();
    for (const { code } of guests) await wedge(page, code);
    await page.locator('.answer.green').waitFor();
    await see('gate-green');
    await wedge(page, sick.code);
    await page.locator('.answer.red').waitFor();
    await see('gate-red');
    await wedge(page, 'nothing of ours');
    await page.locator('.answer.trouble').waitFor();
    await see('gate-unknown');
    await page.locator('.answer').waitFor({ state: 'detached' });
    await until('three are inside', async () => (await page.locator('.headcount .big').textContent()) === '3');
    await see('gate-scans');
    await page.locator('.ways .button').first().click();
    for (const { code } of guests) await wedge(page, code);
    await see('gate-group');
    await page.locator('.group .button.main').click();
    await page.locator('.group-answer').waitFor();
    await see('gate-group-answer');
    await page.locator('.group-answer .button').click();
    await page.locator('.ways .button').last().click();
    await see('gate-no-phone');
    await page.keyboard.press('Escape');
    await page.locator('.gate-head .button').last().click();
    await see('gate-settings');
    await page.keyboard.press('Escape');
    await context.setOffline(true);
    await page.locator('.link.offline').waitFor();
    for (const colour of ['grey', 'yellow'] as const) {
      await wedge(page, phoneCard(system, guests[0]!.id, { colour }));
      await page.locator(`.answer.${colour}`).waitFor();
      await see(`gate-${colour}`);
    }
    await page.locator('.answer').waitFor({ state: 'detached' });
    await see('gate-offline');
    await context.setOffline(false);
    await page.locator('.link.online').waitFor();
    await ask(system, `DELETE /venues/${gate.venue}/gates/${gate.gateId}`);
    await page.locator('.narrow .button.main').waitFor();
    await see('gate-removed');
    await context.close();
    expect([...found, ...faults]).toEqual([]);
  });

  it('the owner’s pages', async () => {
    const { page, context, faults } = await openAs(browser, system, as);
    const found: string[] = [];
    const see = async (state: string) => void found.push(...(await look(page, as, state, state.endsWith('venue'))));
    await page.goto('/owner');
    await page.locator('input[type=tel]').waitFor();
    await see('owner-log-in');
    await logIn(system, page, aPhone());
    await page.locator('.venue-form').waitFor();
    await see('owner-first');
    await page.locator('.venue-form input').first().fill('Quán cơm Hoa Sen');
    await page.locator('.venue-form input[type=number]').fill('40');
    await page.locator('.venue-form textarea').fill('Tầng trệt\nSân thượng');
    await page.locator('.unit-search').fill('ben thanh');
    await page.locator('.units button').first().waitFor();
    await see('owner-ward');
    await page.locator('.units button').first().click();
    await page.locator('.venue-form .button.main').click();
    await page.locator('.board').waitFor();
    await page.locator('.gates').locator('xpath=..').locator('.button.small').first().click();
    await see('owner-add-device');
    await page.locator('dialog .button.main').click();
    await page.locator('.pairing img').waitFor();
    await see('owner-pairing');
    const link = await page.locator('[data-link]').getAttribute('data-link');
    await page.keyboard.press('Escape');
    await fill(link!);
    await page.reload();
    await until('the numbers are there', async () => (await page.locator('.inside .big').textContent()) === '5');
    await page.locator('.chart').waitFor();
    await see('owner-venue');
    await page.locator('a[href$="/screen"]').click();
    await page.locator('.door-screen img').waitFor();
    await see('owner-screen');
    await page.goto('/owner');
    await page.locator('.venues li').waitFor();
    await see('owner-list');
    await context.close();
    expect([...found, ...faults]).toEqual([]);
  });

  it('one’s own check-in', async () => {
    const { page, context, faults } = await openAs(browser, system, as);
    const found: string[] = [];
    const see = async (state: string) => void found.push(...(await look(page, as, state)));
    await page.goto('/v/2222222222');
    await page.locator('main h1').waitFor();
    await see('check-in-unknown');
    const { venue } = await makeGate(system);
    const { url } = (await ask(system, `GET /venues/${venue}`)).body as { url: string };
    await page.goto(url);
    await page.locator('input[type=tel]').waitFor();
    await see('check-in-log-in');
    const number = aPhone();
    await page.locator('input[type=tel]').fill(number);
    await page.locator('form .button.main').click();
    await page.locator('.input.code').waitFor();
    await see('check-in-code');
    await page.reload();
    await logIn(system, page, number);
    await page.locator('.pass').waitFor();
    await see('check-in');
    await page.locator('.pass .button.main').click();
    await page.locator('.noted').waitFor();
    await see('check-in-done');
    await context.close();
    expect([...found, ...faults]).toEqual([]);
  });
});

/** Lets people come into a venue by a gate that is paired with a link. */
async function fill(link: string): Promise<void> {
  const window = await openWindow(browser, system);
  await window.page.goto(link);
  await window.page.locator('.link.online').waitFor();
  await window.page.locator('.switch label').first().click();
  for (let at = 0; at < 5; at++) {
    if (at > 0)
      await window.page
        .locator('.zones label')
        .nth(at > 2 ? 2 : 1)
        .click();
    await wedge(window.page, (await aGuest(system)).code);
    await window.page.locator('.recent li').nth(at).waitFor();
    await window.page.keyboard.press('Escape');
  }
  await until('all are counted', async () => (await window.page.locator('.headcount .big').textContent()) === '5');
  await window.context.close();
}
