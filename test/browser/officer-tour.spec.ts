import { beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { newId } from '../../config/ids.js';
import { ask, type System } from '../system.js';
import { aPlace, invite, wasAt } from './citizens.js';
import { openGuardedWard, showRevoked, tellQuarantine } from './desk-work.js';
import { eachLook, look, openAs } from './look.js';
import { openDesk, pick } from './officers.js';
import { onStage } from './scene.js';
import { aGuest } from './stage.js';

const names = ['Nguyễn Văn An', 'Trần Thị Bình', 'Lê Minh Châu', 'Phạm Thu Hà', 'Hoàng Gia Huy', 'Vũ Ngọc Lan'];
const places = ['Quán cơm Hoa Sen', 'Chợ Bến Thành', 'Thư viện Khoa học Tổng hợp'];

/** In Saigon, a street further for each. */
const aStreetOff = (at: number) => ({ lat: 10.772 + at * 0.004, lon: 106.698 + at * 0.006 });

/** One place after the other. */
const hoursAgo = (place: number) => 6 - place;

let system: System;
let browser: Browser;
let sick: { id: string };
onStage((opened) => ({ system, browser } = opened));
beforeAll(async () => {
  const venues = await Promise.all(places.map((name, at) => aPlace(system, name, { point: aStreetOff(at) })));
  sick = await invite(system, { name: 'Đỗ Quang Vinh' });
  for (const [at, venue] of venues.entries())
    await wasAt(system, sick.id, venue, { minutes: 30, hoursAgo: hoursAgo(at) });
  for (const [at, name] of names.entries()) {
    const { id } = await invite(system, { name, birthDate: `198${at}-0${at + 1}-15` });
    const place = at % venues.length;
    await wasAt(system, id, venues[place]!, { minutes: 20 + at * 5, hoursAgo: hoursAgo(place) });
  }
  // Somebody else by the same paper: it waits for a decision.
  const identifiers = [{ system: 'cccd', value: '079190000123' }];
  await ask(system, 'POST /people', {
    body: { identifiers, name: 'Bùi Thị Mai', birthDate: '1990-05-01', gender: 'female' },
  });
  await ask(system, 'POST /people', {
    body: { identifiers, name: 'Cao Văn Sơn', birthDate: '1972-11-30', gender: 'male' },
  });
  await showRevoked(system, places[1]!);
  const { people } = await openGuardedWard(system, 'Phường Bến Thành');
  await tellQuarantine(system, people.slice(0, 6));
  await aGuest(system);
}, 120_000);

eachLook('$look, with SCREENS=on', (as) => {
  it('the officer’s pages', async () => {
    const { page, context, faults } = await openAs(browser, system, as);
    const found: string[] = [];
    const see = async (state: string, whole = true) =>
      void found.push(...(await look(page, as, `officer-${state}`, whole)));
    await page.goto('/officer');
    await page.locator('input[type=password]').waitFor();
    await see('log-in');
    await openDesk(system, page);
    await page.goto('/officer#/confirm');
    await pick(page, 'do quang vinh');
    await page.locator('.preview .level').first().waitFor();
    await see('confirm');
    await page.locator('form.card .button.main').click();
    await page.locator('.case-head .state.traced').waitFor();
    await page
      .locator('.grid-body .grid-row:has-text("Ở tại nhà"), .grid-body .grid-row:has-text("Stay home")')
      .first()
      .waitFor();
    await page.locator('.grid-body .grid-row').first().click();
    await page.locator('.panel').waitFor();
    await page.locator('.stay').first().waitFor();
    await page.locator('.map-box[data-ready=true] .map-pin').first().click();
    await see('case');
    await page.locator('.contacts .choice', { hasText: /Đồ thị|Graph/ }).click();
    await page.locator('.graph-box canvas').first().waitFor();
    await page.locator('.graph').scrollIntoViewIfNeeded();
    await see('graph', false);
    await page.locator('.graph .choice').click();
    await see('graph-places', false);
    await page.locator('.case-head .button.danger').click();
    await page.locator(`dialog li:has-text("${names[0]}")`).waitFor();
    await see('retract', false);
    await page.keyboard.press('Escape');
    const url = page.url();
    await page.goto('/officer#/board');
    await page.locator('.figures').waitFor();
    await see('board');
    await page.goto(`/officer#/person/${sick.id}`);
    await page.locator('.events li').first().waitFor();
    await page.locator('.card .colour-word.red').waitFor();
    await page.locator('.board-grid p.soft').nth(2).waitFor();
    await see('person');
    await page.goto('/officer#/holds');
    await page.locator('tr[data-hold]:has-text("Phường Bến Thành")').waitFor();
    await see('holds');
    await page.goto('/officer#/calls');
    await page.locator(`main tr[data-person]:has-text("${names[2]}") button`).first().click();
    await page.locator('dialog .choice').first().click();
    await see('call', false);
    await page.keyboard.press('Escape');
    await see('calls');
    await page.goto('/officer#/doubts');
    await page.locator(`main tbody tr:has-text("${places[1]}")`).first().waitFor();
    await see('doubts');
    await page.goto('/officer#/repairs');
    await page.locator('.compare').waitFor();
    await see('repairs');
    await page.goto('/officer#/policies');
    await page.locator('.sentences').waitFor();
    await see('policies');
    // The rule of people without a unit, whom this test has.
    await page.locator('.found button:has-text("neutral 1")').first().click();
    await page.locator('.sentences').waitFor();
    await page.locator('.sentences + .row .button, .card > .row > .button').first().click();
    await page.locator('dialog input[name=version]').fill(`thu-${newId().slice(0, 6)}`);
    await page.locator('dialog input[name=minMinutes]').fill('10');
    await see('draft-edit', false);
    await page.locator('dialog .button.main').click();
    await page.locator('.draft').waitFor();
    await page.locator('.draft .button').first().click();
    await page.locator('.draft .flow').waitFor();
    await see('draft');
    await page.goto(url);
    await page.locator('.case-head .button.danger').click();
    await page.locator('dialog .input').fill('Thử.');
    await page.keyboard.press('Enter');
    await page.locator('.case-head .state.retracted').waitFor();
    await see('case-retracted');
    await context.close();
    expect([...found, ...faults]).toEqual([]);
  }, 240_000);
});
