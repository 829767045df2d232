import { beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { ask, type System } from '../system.js';
import { until } from '../until.js';
import { aPlace, meetCase, openCard, wasAt } from './citizens.js';
import { eachLook, look, openAs } from './look.js';
import { onStage } from './scene.js';
import { aPhone, logIn } from './stage.js';

const dayMs = 86_400_000;

const market = { lat: 10.7725, lon: 106.698 };
const library = { lat: 10.7751, lon: 106.6987 };

let system: System;
let browser: Browser;
onStage((opened) => ({ system, browser } = opened));
beforeAll(async () => {
  const wards = '79,Thành phố Hồ Chí Minh,\n26743,Phường Bến Thành,79\n26740,Phường Sài Gòn,79\n';
  await ask(system, 'POST /imports/units', { csv: `code,name,parent\n${wards}` });
});

eachLook('$look, with SCREENS=on', (as) => {
  it('the citizen’s pages', async () => {
    const { page, context, faults } = await openAs(browser, system, as);
    const found: string[] = [];
    const see = async (state: string, whole = false) =>
      void found.push(...(await look(page, as, `citizen-${state}`, whole)));
    await page.goto('/citizen');
    await page.locator('input[type=tel]').waitFor();
    await see('log-in');
    await logIn(system, page, aPhone());
    await page.locator('.colour.grey h1').waitFor();
    await page.locator('.pass-card img').waitFor();
    await see('card-grey');
    await page.evaluate(() => localStorage.clear());
    const person = await openCard(system, page);
    await page.locator('.colour.green').waitFor();
    await see('card-green', true);
    await page.locator('.members .button').last().click();
    await page.locator('dialog').waitFor();
    await see('family');
    await page.keyboard.press('Escape');
    await page.locator('.colour .button').first().click();
    await page.locator('dialog .choices li').nth(1).waitFor();
    await see('place');
    await page.keyboard.press('Escape');
    await page.locator('.tabs a').nth(2).click();
    await page.locator('main > .card').waitFor();
    await see('places-none');
    await wasAt(system, person, await aPlace(system, 'Chợ Bến Thành', { point: market }), { minutes: 20, hoursAgo: 5 });
    const venue = await aPlace(system, 'Thư viện Khoa học Tổng hợp', { point: library });
    const { code } = (await ask(system, `GET /venues/${venue}`)).body as { code: string };
    await meetCase(system, person);
    await page.locator('.change').waitFor();
    await until('the stays are there', async () => (await page.locator('.stays li').count()) === 2);
    await page.locator('main > .row .button').last().click();
    await page.locator('dialog form').waitFor();
    await see('by-hand');
    await page.keyboard.press('Escape');
    await page.locator('main > .row .button').first().click();
    await page.locator('dialog .viewfinder.on').waitFor();
    await see('check-in-scan');
    await page.locator('dialog .input').fill(code);
    await page.locator('dialog .button.main').click();
    await page.locator('.pass .button.main').click();
    await page.locator('.noted').waitFor();
    await page.goto('/citizen#/places');
    await page.locator('.chip.here').waitFor();
    await page.locator('.places-map summary').click();
    await page.locator('.map-box[data-ready=true]').waitFor();
    await see('places', true);
    await page.locator('.tabs a').first().click();
    await page.locator('.change').waitFor();
    await page.locator('.pass-card img').waitFor();
    await see('card-red', true);
    await page.locator('.change a').click();
    await page.locator('.entry').first().waitFor();
    await see('why', true);
    await page.locator('main > .card > .button').click();
    await page.locator('dialog textarea').fill('Hôm đó tôi ở nhà cả ngày. I was at home.');
    await see('appeal');
    await page.locator('dialog .button.main').click();
    await page.locator('.big-number').waitFor();
    await see('appeal-sent');
    await page.keyboard.press('Escape');
    for (const body of [
      { kind: 'dose', number: 2, at: new Date(Date.now() - 60 * dayMs).toISOString() },
      { kind: 'test', test: 'pcr', result: 'negative', sampledAt: new Date(Date.now() - dayMs).toISOString() },
    ]) {
      await ask(system, `POST /people/${person}/evidence`, { body });
    }
    await page.locator('.tabs a').nth(3).click();
    await until('both are there', async () => (await page.locator('main li.card').count()) === 2);
    await see('records', true);
    await page.locator('main > .row .button').click();
    await page.locator('dialog .viewfinder.on').waitFor();
    await see('certificate');
    await page.keyboard.press('Escape');
    await ask(system, `GET /people/${person}`, { headers: { purpose: 'care' } });
    await page.locator('.tabs a').nth(4).click();
    await until('the read is there', async () => {
      await page.reload();
      return page.locator('main .lines li').first().isVisible();
    });
    await see('privacy', true);
    await page.locator('.button.danger').click();
    await page.locator('dialog').waitFor();
    await see('erase');
    await page.keyboard.press('Escape');
    await page.locator('.tabs a').first().click();
    await page.locator('.pass-card img').waitFor();
    await context.setOffline(true);
    await page.evaluate(() => dispatchEvent(new Event('offline')));
    await page.locator('.colour p').nth(1).waitFor({ timeout: 60_000 });
    await see('card-offline');
    await context.close();
    expect([...found, ...faults]).toEqual([]);
  }, 240_000);
});
