import { describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { System } from '../system.js';
import { until } from '../until.js';
import { aPlace, invite, openCard, wasAt } from './citizens.js';
import { openDesk, pick } from './officers.js';
import { onStage } from './scene.js';
import { openGate, openWindow, wedge } from './stage.js';

let system: System;
let browser: Browser;
onStage((opened) => ({ system, browser } = opened));

describe('a door, a phone and a desk', () => {
  it('tell one story: a scan, a case, a card that turns with its reason, and green again', async () => {
    const [door, phone, desk] = await Promise.all([
      openWindow(browser, system),
      openWindow(browser, system),
      openWindow(browser, system, { viewport: { width: 1440, height: 900 } }),
    ]);
    await Promise.all([openGate(system, door, { name: 'Chợ Tân Định' }), openDesk(system, desk.page)]);
    const person = await openCard(system, phone.page, { name: 'Nguyễn Thị Lan' });
    const colour = () => phone.page.locator('.colour h1').textContent();
    const answer = door.page.locator('.answer');
    // A phone hears of its colour a moment before doors do: whoever is answered as before shows the card again.
    const scanned = (tone: string) =>
      until(`the door says ${tone}`, async () => {
        await wedge(door.page, (await phone.page.locator('.pass-card img').getAttribute('data-code'))!);
        const said = await answer.getAttribute('class');
        await answer.waitFor({ state: 'detached' });
        return said?.split(' ').includes(tone);
      });
    await until('the card is green', async () => (await colour()) === 'Được đi lại');
    await scanned('green');

    const sick = await invite(system, { name: 'Hoàng Văn Phúc' });
    const venue = await aPlace(system, 'Quán phở Thìn');
    await Promise.all([wasAt(system, person, venue), wasAt(system, sick.id, venue)]);
    await desk.page.goto('/officer#/confirm');
    await pick(desk.page, 'hoang van phuc');
    await desk.page.locator('.preview .level.l1:has-text("1")').waitFor();
    await desk.page.locator('form.card .button.main').click();
    await phone.page.locator('.change:has-text("từ “Được đi lại” sang “Ở tại nhà”")').waitFor();
    await phone.page.locator('.change a').click();
    await phone.page.locator('text=/ở gần một ca bệnh tại nơi kín khoảng 4[45] phút/').waitFor();
    await desk.page.locator('.grid-body .grid-row:has-text("Nguyễn Thị Lan"):has-text("Ở tại nhà")').waitFor();

    await phone.page.goto('/citizen#/card');
    await phone.page.locator('.pass-card img').waitFor();
    await scanned('red');
    await desk.page.locator('.case-head .button.danger').click();
    await desk.page.locator('dialog .changes li:has-text("Được đi lại")').waitFor();
    await desk.page.locator('dialog .input').fill('Nhầm mẫu.');
    await desk.page.locator('dialog .button.main').click();
    await until('the card is green again', async () => (await colour()) === 'Được đi lại');
    await scanned('green');
    await desk.page.goto('/officer#/board');
    await desk.page.locator('[aria-labelledby=red-cards] .events:has-text("Chợ Tân Định")').waitFor();

    const faults = [door, phone, desk].flatMap((window) => window.faults);
    await Promise.all([door, phone, desk].map(({ context }) => context.close()));
    expect(faults).toEqual([]);
  }, 180_000);
});
