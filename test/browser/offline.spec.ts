import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { newId } from '../../config/ids.js';
import { ask, type System } from '../system.js';
import { until } from '../until.js';
import { openBrowser } from './chrome.js';
import { aGuest, openGate, openStage, openWindow, phoneCard, somebody, wedge, type Window } from './stage.js';

let system: System;
let browser: Browser;
let window: Window;
let page: Page;
beforeAll(async () => {
  [system, browser] = await Promise.all([openStage(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});
beforeEach(async () => {
  window = await openWindow(browser, system);
  page = window.page;
});
afterEach(async () => {
  if (!system.api.runs) await system.api.start();
  const { faults } = window;
  await window.context.close();
  expect(faults).toEqual([]);
});

const answer = () => page.locator('.answer');
const inside = async (venue: string) =>
  ((await ask(system, `GET /venues/${venue}/inside`)).body as { inside: number }).inside;

/** The page works without a network from the moment its worker has put everything on the shelf. */
const ready = () => page.evaluate(async () => void (await navigator.serviceWorker.ready));

describe('without a network', () => {
  it.each([
    ['green', 'Mời vào'],
    ['yellow', 'Đo thân nhiệt'],
    ['red', 'Không vào được'],
  ] as const)('a card that says %s is answered from its signature', async (colour, words) => {
    const person = await somebody(system);
    await openGate(system, window);
    await window.context.setOffline(true);
    await page.locator('.link.offline').waitFor();
    await page.locator('.switch label').first().click();
    await wedge(page, phoneCard(system, person, { colour }));
    await answer().waitFor();
    expect(await answer().getAttribute('class')).toContain(colour);
    expect(await answer().innerText()).toContain(words);
    expect(await answer().innerText()).toContain('mất mạng');
  });

  it.each([
    ['a screenshot that is too old', () => ({ ageMs: 5 * 60_000 }), 'Mã đã hết hạn'],
    ['a card that nobody signed', () => ({ forged: true }), 'Không đọc được'],
  ])('%s is refused', async (_, of, words) => {
    const person = await somebody(system);
    await openGate(system, window);
    await window.context.setOffline(true);
    await page.locator('.link.offline').waitFor();
    const made = of() as { ageMs?: number; forged?: boolean };
    const card = phoneCard(system, person, made);
    await wedge(page, made.forged ? `${card.slice(0, -10)}AAAAAAAAAA` : card);
    await answer().waitFor();
    expect(await answer().innerText()).toContain(words);
  });

  it('a card that was revoked before is refused', async () => {
    const guest = await aGuest(system);
    const [card] = ((await ask(system, `GET /people/${guest.id}/cards`)).body as { items: { id: string }[] }).items;
    await openGate(system, window);
    await ask(system, `DELETE /cards/${card!.id}`);
    await wedge(page, guest.code);
    await page.locator('.answer:has-text("Thẻ đã bị hủy")').waitFor();
    await answer().waitFor({ state: 'detached' });
    await window.context.setOffline(true);
    await page.locator('.link.offline').waitFor();
    await wedge(page, guest.code);
    await page.locator('.answer:has-text("Thẻ đã bị hủy")').waitFor();
  });

  it('200 people are scanned, the page is opened again in the middle, and all of them arrive once', async () => {
    const people = await Promise.all(Array.from({ length: 8 }, () => somebody(system)));
    const { venue } = await openGate(system, window, { capacity: 500 });
    await ready();
    await page.locator('.switch label').first().click();
    await window.context.setOffline(true);
    await page.locator('.link.offline').waitFor();
    const scan = async (count: number) => {
      for (let at = 0; at < count; at++) await wedge(page, phoneCard(system, people[at % people.length]!));
    };
    await scan(120);
    await page.locator('.bars:has-text("120 lượt chờ gửi")').waitFor();
    await page.reload();
    await page.locator('.bars:has-text("120 lượt chờ gửi")').waitFor();
    await scan(80);
    await page.locator('.bars:has-text("200 lượt chờ gửi")').waitFor();
    await window.context.setOffline(false);
    await page.locator('.link.online').waitFor();
    await until('nothing waits', async () => !(await page.locator('.link').textContent())?.includes('chờ gửi'));
    await until('everybody is inside', async () => (await inside(venue)) === people.length);
  });

  it('a scan that waits is taken back on the device', async () => {
    const person = await somebody(system);
    const { venue } = await openGate(system, window);
    await window.context.setOffline(true);
    await page.locator('.link.offline').waitFor();
    await wedge(page, phoneCard(system, person));
    await answer().waitFor({ state: 'visible' });
    await answer().waitFor({ state: 'detached' });
    await page.locator('.recent button').click();
    await page.locator('.recent .undone').waitFor();
    await window.context.setOffline(false);
    await page.locator('.link.online').waitFor();
    expect(await inside(venue)).toBe(0);
  });
});

describe('an API that is killed', () => {
  it('is waited for: scans go on, and arrive when it is back', async () => {
    const person = await somebody(system);
    const { venue } = await openGate(system, window);
    await page.locator('.switch label').first().click();
    await system.api.kill9();
    await wedge(page, phoneCard(system, person));
    await answer().waitFor();
    expect(await answer().getAttribute('class')).toContain('green');
    await system.api.start();
    await page.locator('.link.online').waitFor();
    await until('the person is inside', async () => (await inside(venue)) === 1);
  });
});

describe('a device', () => {
  it('whose clock is an hour wrong is told so, and its scans carry the right time', async () => {
    const guest = await aGuest(system);
    await page.addInitScript(() => {
      const real = Date.now;
      Date.now = () => real() + 3_600_000;
    });
    await openGate(system, window);
    await page.locator('.bars:has-text("60 phút")').waitFor();
    await wedge(page, guest.code);
    await page.locator('.answer:has-text("N. V. An")').waitFor();
  });

  it('that has no room left says so, keeps the scans in memory, and sends them', async () => {
    const person = await somebody(system);
    const { venue } = await openGate(system, window);
    await page.evaluate(() => {
      IDBObjectStore.prototype.add = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
    });
    await window.context.setOffline(true);
    await page.locator('.link.offline').waitFor();
    await page.locator('.switch label').first().click();
    await wedge(page, phoneCard(system, person));
    await page.locator('.bars:has-text("hết chỗ lưu")').waitFor();
    await window.context.setOffline(false);
    await until('the person is inside', async () => (await inside(venue)) === 1);
    await page.locator('.bars:has-text("hết chỗ lưu")').waitFor({ state: 'detached' });
  });

  it('of an earlier pairing: what it left behind is told, and can be thrown away', async () => {
    const person = await somebody(system);
    await openGate(system, window);
    await window.context.setOffline(true);
    await page.locator('.link.offline').waitFor();
    await wedge(page, phoneCard(system, person, { card: newId() }));
    await page.locator('.bars:has-text("1 lượt chờ gửi")').waitFor();
    // The API goes first, so that nothing is sent in between.
    await system.api.stop();
    await window.context.setOffline(false);
    await page.evaluate(() => localStorage.removeItem('vetxanh.gate'));
    await system.api.start();
    await openGate(system, window, { name: 'Nơi khác' });
    await page.locator('.bars:has-text("lần ghép nối trước")').waitFor();
    await page.getByRole('button', { name: 'Xóa các lượt này' }).click();
    await page.locator('.bars:has-text("lần ghép nối trước")').waitFor({ state: 'detached' });
  });
});
