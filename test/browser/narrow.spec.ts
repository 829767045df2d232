import { describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { ask, type System } from '../system.js';
import { meetCase, openCard } from './citizens.js';
import { faultsIn, openAs, type Look } from './look.js';
import { openDesk } from './officers.js';
import { onStage } from './scene.js';
import { openGate } from './stage.js';

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
onStage((opened) => ({ system, browser } = opened));

/** What is wrong with the sheets that these buttons of a page open. */
async function faultsInSheets(page: Page, name: string, openers: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const opener of openers) {
    await page.locator(opener).first().click();
    await page.locator('dialog').waitFor();
    found.push(...(await faultsIn(page, `${name}, ${opener}`)));
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
  }
  return found;
}

/** What is found in each look, in all of them at once: every look waits most of its time for the page. */
async function inEach(find: (as: Look) => Promise<string[]>): Promise<string[]> {
  const found = await Promise.all(narrow.map(async (as) => (await find(as)).map((fault) => `${as.look}: ${fault}`)));
  return found.flat();
}

describe('on a screen of 320 px', () => {
  it('each page and sheet of a citizen fits, with a long name and a red card', async () => {
    expect(await inEach(citizen)).toEqual([]);
  }, 120_000);

  it('each page and sheet of an officer fits, with a long name in them', async () => {
    expect(await inEach(officer)).toEqual([]);
  }, 120_000);

  it('a gate with many zones fits', async () => {
    expect(await inEach(gate)).toEqual([]);
  }, 120_000);
});

async function citizen(as: Look): Promise<string[]> {
  const { page, context, faults } = await openAs(browser, system, as);
  const person = await openCard(system, page, { name: longName });
  await meetCase(system, person, longPlace);
  await page.locator('.colour.red').waitFor();
  const found: string[] = [];
  for (const [name, ready, ...sheets] of [
    ['card', '.pass-card img', '.members .button:last-child', '.colour .button'],
    ['why', '.entry', 'main > .card > .button'],
    ['places', '.stays li', 'main > .row .button.main', 'main > .row .button:not(.main)'],
    ['records', 'main .card', 'main > .row .button'],
    ['privacy', '.button.danger', '.button.danger'],
  ] as const) {
    await page.goto(`/citizen#/${name}`);
    await page.locator(ready).first().waitFor();
    found.push(...(await faultsIn(page, name)), ...(await faultsInSheets(page, name, sheets)));
  }
  await context.close();
  return [...found, ...faults];
}

async function officer(as: Look): Promise<string[]> {
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
  for (const [name, ready, ...sheets] of [
    ['board', '.figures'],
    ['confirm', 'form[role=search]', 'form[role=search] .button[type=button]'],
    ['calls', 'main tr[data-person]', 'main tr[data-person] button'],
    ['people', 'form[role=search]'],
    ['holds', 'main .card, main table'],
    ['doubts', 'main .card, main table'],
    ['repairs', '.compare'],
    ['policies', '.sentences', '.sentences + .row .button'],
    [`case/${id}`, '.grid-body .grid-row', '.case-head .button:not(.danger)', '.case-head .button.danger'],
    [`person/${met}`, '.events li'],
  ] as const) {
    await page.goto(`/officer#/${name}`);
    await page.locator(ready).first().waitFor();
    found.push(...(await faultsIn(page, name)), ...(await faultsInSheets(page, name, sheets)));
  }
  await page.goto(`/officer#/case/${id}`);
  await page.locator('.grid-body .grid-row').first().click();
  await page.locator('.panel').waitFor();
  await page.locator('.contacts [role=group] > .choice').last().click();
  await page.locator('.graph-box canvas').first().waitFor();
  found.push(...(await faultsIn(page, 'graph')));
  await context.close();
  return [...found, ...faults];
}

async function gate(as: Look): Promise<string[]> {
  const window = await openAs(browser, system, as);
  await openGate(system, window, { name: longPlace, zones: ['Tầng trệt', 'Sân thượng', `Khu ${longName}`] });
  const found = await faultsIn(window.page, 'gate');
  await window.context.close();
  return [...found, ...window.faults];
}
