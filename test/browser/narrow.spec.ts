import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { ask, type System } from '../system.js';
import { openBrowser } from './chrome.js';
import { meetCase, openCard } from './citizens.js';
import { faultsIn, openAs, type Look } from './look.js';
import { openDesk } from './officers.js';
import { openGate, openStage } from './stage.js';

/** The smallest screen there is (WCAG 1.4.10), which is also a page that is enlarged four times. */
const viewport = { width: 320, height: 640 };
const narrow: Look[] = [
  { look: 'light, vi', viewport, colorScheme: 'light', lang: 'vi' },
  { look: 'dark, en', viewport, colorScheme: 'dark', lang: 'en' },
];

const longName = 'Công Tằng Tôn Nữ Nguyễn Thị Hoàng Ngọc Phương Quỳnh';
const longPlace = 'Trung tâm Văn hóa Thể thao Phường Phú Nhuận Thành phố Hồ Chí Minh';

let system: System;
let browser: Browser;
beforeAll(async () => {
  [system, browser] = await Promise.all([openStage(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

describe.each(narrow)('on a screen of 320 px ($look)', (as) => {
  it('each page of a citizen fits, with a long name and a red card', async () => {
    const { page, context, faults } = await openAs(browser, system, as);
    const person = await openCard(system, page, { name: longName });
    await meetCase(system, person, longPlace);
    await page.locator('.colour.red').waitFor();
    const found: string[] = [];
    for (const [name, ready] of [
      ['card', '.pass-card img'],
      ['why', '.entry'],
      ['places', '.stays li'],
      ['records', 'main .card'],
      ['privacy', '.button.danger'],
    ] as const) {
      await page.goto(`/citizen#/${name}`);
      await page.locator(ready).first().waitFor();
      found.push(...(await faultsIn(page, name)));
    }
    await context.close();
    expect([...found, ...faults]).toEqual([]);
  });

  it('each page of an officer fits, with a long name in them', async () => {
    const { page, context, faults } = await openAs(browser, system, as);
    const guest = await openAs(browser, system, as);
    const met = await openCard(system, guest.page, { name: longName });
    await guest.context.close();
    const id = await meetCase(system, met, longPlace);
    const identifiers = [{ system: 'cccd', value: `0791${String(Date.now()).slice(-8)}` }];
    for (const [name, birthDate] of [
      [longName, '1990-05-01'],
      [`Bùi ${longName}`, '1972-11-30'],
    ])
      await ask(system, 'POST /people', { body: { identifiers, name, birthDate } });
    await openDesk(system, page);
    const found: string[] = [];
    for (const [name, ready] of [
      ['board', '.figures'],
      ['confirm', 'form[role=search]'],
      ['calls', 'main tr[data-person]'],
      ['people', 'form[role=search]'],
      ['holds', 'main .card, main table'],
      ['doubts', 'main .card, main table'],
      ['repairs', '.compare'],
      ['policies', '.sentences'],
      [`case/${id}`, '.grid-body .grid-row'],
      [`person/${met}`, '.events li'],
    ] as const) {
      await page.goto(`/officer#/${name}`);
      await page.locator(ready).first().waitFor();
      found.push(...(await faultsIn(page, name)));
    }
    await context.close();
    expect([...found, ...faults]).toEqual([]);
  });

  it('a gate with many zones fits', async () => {
    const window = await openAs(browser, system, as);
    await openGate(system, window, { name: longPlace, zones: ['Tầng trệt', 'Sân thượng', `Khu ${longName}`] });
    const found = await faultsIn(window.page, 'gate');
    await window.context.close();
    expect([...found, ...window.faults]).toEqual([]);
  });
});
