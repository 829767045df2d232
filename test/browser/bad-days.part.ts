import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { startPair } from '../../scripts/services/pair.mjs';
import { ask, type System } from '../system.js';
import { until } from '../until.js';
import { eachInWindow } from './scene.js';
import { aGuest, isWhole, openGate, phoneCard, somebody, takeNetwork, wedge, type Window } from './stage.js';

let system: System;
let window: Window;
let page: Page;
eachInWindow((scene) => ({ system, window, page } = scene));

const answer = () => page.locator('.answer');
const inside = async (venue: string) =>
  ((await ask(system, `GET /venues/${venue}/inside`)).body as { inside: number }).inside;
const everybodyIn = () => page.locator('.switch label').first().click();
const unplug = () => takeNetwork(window);
/** A gate whose page needs no server to be there. */
const openWhole = async () => {
  const gate = await openGate(system, window);
  await isWhole(page);
  return gate;
};
const waiting = (count: number) => page.locator(`.bars:has-text("${count} lượt chờ gửi")`).waitFor();

describe('a server that fails', () => {
  it('is waited for while the API is killed: scans go on, and arrive when it is back', async () => {
    const person = await somebody(system);
    const { venue } = await openWhole();
    await everybodyIn();
    await system.api.kill9();
    await wedge(page, phoneCard(system, person));
    await answer().waitFor();
    expect(await answer().getAttribute('class')).toContain('green');
    await system.api.start();
    await page.locator('.link.online').waitFor();
    await until('the person is inside', async () => (await inside(venue)) === 1);
  });

  it('is waited for while Redis is killed: the gate decides by itself, says so, and sends everything later', async () => {
    const people = [await somebody(system), await somebody(system)];
    const { venue } = await openWhole();
    await everybodyIn();
    const dir = process.env['TEST_SOLO_DIR']!;
    await (await startPair(dir)).redis!.kill();
    for (const person of people) {
      await wedge(page, phoneCard(system, person));
      await page.locator('.answer.green:has-text("Mời vào")').waitFor();
      expect(await answer().innerText()).toContain('mất mạng');
      await page.keyboard.press('Escape');
    }
    await waiting(people.length);
    await startPair(dir);
    await page.locator('.link.online').waitFor();
    await until('both are inside', async () => (await inside(venue)) === people.length);
    await page.locator('.recent li:has-text("đã gửi")').nth(people.length - 1).waitFor(); // prettier-ignore
    expect(await page.locator('.recent li:has-text("chờ gửi")').count()).toBe(0);
  });
});

describe('a device', () => {
  it.each([
    ['ahead', 3_600_000],
    ['behind', -3_600_000],
  ])('whose clock is an hour %s is told so, and its scans carry the right time', async (_, wrongMs) => {
    const guest = await aGuest(system);
    await page.addInitScript((byMs) => {
      const real = Date.now;
      Date.now = () => real() + byMs;
    }, wrongMs);
    const { venue } = await openGate(system, window);
    await page.locator('.bars:has-text("60 phút")').waitFor();
    await everybodyIn();
    await unplug();
    // A card of this minute: by the clock of the device it would have expired, or be one of the future.
    await wedge(page, phoneCard(system, guest.id));
    await page.locator('.answer.green').waitFor();
    await window.context.setOffline(false);
    await until('the person is inside', async () => (await inside(venue)) === 1);
    const [stay] = await until('the stay is known', async () => {
      const { items } = (await ask(system, `GET /people/${guest.id}/stays`, { headers: { purpose: 'operation' } })).body as { items: { in: string }[] }; // prettier-ignore
      return items.length > 0 && items;
    });
    expect(Math.abs(Date.parse(stay!.in) - Date.now())).toBeLessThan(120_000);
  });

  it('that has no room left says so, keeps the scans in memory, and sends them', async () => {
    const person = await somebody(system);
    const { venue } = await openGate(system, window);
    await page.evaluate(() => {
      const full = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
      IDBObjectStore.prototype.add = full;
      Storage.prototype.setItem = full;
    });
    await unplug();
    await everybodyIn();
    await wedge(page, phoneCard(system, person));
    await page.locator('.bars:has-text("hết chỗ lưu")').waitFor();
    await window.context.setOffline(false);
    await until('the person is inside', async () => (await inside(venue)) === 1);
    await page.locator('.bars:has-text("hết chỗ lưu")').waitFor({ state: 'detached' });
  });

  it('that was removed with scans on it sends them when it is paired again at the same place', async () => {
    const person = await somebody(system);
    const { venue, gateId } = await openWhole();
    await everybodyIn();
    await unplug();
    await wedge(page, phoneCard(system, person));
    await waiting(1);
    await ask(system, `DELETE /venues/${venue}/gates/${gateId}`);
    await window.context.setOffline(false);
    await page.locator('text=Còn 1 lượt quét ở đây chờ gửi').waitFor();
    const { body } = await ask(system, `POST /venues/${venue}/gates`, { body: { name: 'Cửa trước' } });
    await page.goto((body as { pairingUrl: string }).pairingUrl);
    await until('the person is inside', async () => (await inside(venue)) === 1);
    await page.locator('.bars:has-text("lần ghép nối trước")').waitFor({ state: 'detached' });
  });

  it('of an earlier pairing: what it left behind is told, and can be thrown away', async () => {
    const person = await somebody(system);
    await openGate(system, window);
    await unplug();
    await wedge(page, phoneCard(system, person));
    await waiting(1);
    // API and page go first, so that nothing is sent in between.
    await system.api.stop();
    await window.context.setOffline(false);
    await page.evaluate(() => localStorage.removeItem('vetxanh.gate'));
    await page.goto('about:blank');
    await system.api.start();
    await openGate(system, window, { name: 'Nơi khác' });
    await page.locator('.bars:has-text("lần ghép nối trước")').waitFor();
    await page.getByRole('button', { name: 'Xóa các lượt này' }).click();
    await page.locator('.bars:has-text("lần ghép nối trước")').waitFor({ state: 'detached' });
  });
});

describe('a guard', () => {
  it('who presses back in the middle comes forward to the same gate, and nothing is lost', async () => {
    const people = [await somebody(system), await somebody(system), await somebody(system)];
    await page.goto('about:blank');
    const { venue } = await openGate(system, window);
    await everybodyIn();
    await unplug();
    for (const person of people) await wedge(page, phoneCard(system, person));
    await waiting(people.length);
    await page.goBack();
    expect(page.url()).toBe('about:blank');
    await page.goForward();
    await waiting(people.length);
    expect(await page.locator('.recent li:has-text("chờ gửi")').count()).toBe(people.length);
    await window.context.setOffline(false);
    await until('all are inside', async () => (await inside(venue)) === people.length);
    await page.locator('.recent li:has-text("đã gửi")').nth(people.length - 1).waitFor(); // prettier-ignore
  });

  it('finds the screen on, however long nobody comes', async () => {
    await page.addInitScript(() => {
      const locks: string[] = [];
      Object.assign(globalThis, { locks });
      Object.defineProperty(navigator, 'wakeLock', {
        value: { request: async (kind: string) => (locks.push(kind), { release: async () => undefined }) },
      });
    });
    await openGate(system, window);
    const locks = () => page.evaluate(() => (globalThis as unknown as { locks: string[] }).locks.length);
    await until('the screen is kept on', async () => (await locks()) > 0);
    const before = await locks();
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await until('it is kept on again', async () => (await locks()) > before);
  });
});
