import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { arrivedSince, endOfFacts } from '../../bench/pages/arrived.js';
import { newId } from '../../config/ids.js';
import { connectRedisBlocking } from '../../config/redis.js';
import { ask, type System } from '../system.js';
import { until } from '../until.js';
import { eachInWindow } from './scene.js';
import { aGuest, inPage, openGate, phoneCard, somebody, takeNetwork, wedge, type Window } from './stage.js';

let system: System;
let window: Window;
let page: Page;
eachInWindow((scene) => ({ system, window, page } = scene));

const answer = () => page.locator('.answer');
const inside = async (venue: string) =>
  ((await ask(system, `GET /venues/${venue}/inside`)).body as { inside: number }).inside;

/** The card of somebody whom no gate has seen yet: a pass before the queue is sent would end what the queue opens. */
async function aPrintedCard(): Promise<string> {
  const person = await somebody(system);
  const { body } = await ask(system, `POST /people/${person}/cards`, { body: { kind: 'printed' } });
  return (body as { code: string }).code;
}

const unplug = () => takeNetwork(window);

describe('without a network', () => {
  it.each([
    ['green', 'Mời vào'],
    ['yellow', 'Đo thân nhiệt'],
    ['red', 'Không vào được'],
  ] as const)('a card that says %s is answered from its signature', async (colour, words) => {
    const person = await somebody(system);
    await openGate(system, window);
    await unplug();
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
    await unplug();
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
    await unplug();
    await wedge(page, guest.code);
    await page.locator('.answer:has-text("Thẻ đã bị hủy")').waitFor();
  });

  it('200 people are scanned, the page is opened again in the middle, and all of them arrive once', async () => {
    const people = await Promise.all(Array.from({ length: 8 }, () => somebody(system)));
    const { venue } = await openGate(system, window, { capacity: 500 });
    await page.locator('.switch label').first().click();
    await unplug();
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

  it('50,000 people are scanned: all are kept through a reload, and sent in order with progress, none twice', async () => {
    const count = 50_000;
    const codes = await Promise.all(Array.from({ length: 10 }, () => aPrintedCard()));
    await page.addInitScript({ path: inPage });
    const { gateId, venue } = await openGate(system, window);
    await unplug();
    const prefix = newId();
    const left = { gate: gateId, codes, count, prefix, fromMs: Date.now() - count - 60_000 };
    await page.evaluate((queue) => look.fillQueue(queue), left);
    await page.reload();
    await page.locator(`.bars:has-text("${count} lượt chờ gửi")`).waitFor();
    const redis = connectRedisBlocking(system.servers.REDIS_URL);
    try {
      const before = await endOfFacts(redis);
      await page.evaluate(() => look.watchUpload());
      await window.context.setOffline(false);
      await page.locator('.link.online:not(:has-text("chờ gửi"))').waitFor({ timeout: 150_000 });
      expect(await arrivedSince(redis, before, prefix)).toEqual(Array.from({ length: count }, (_, at) => at));
    } finally {
      redis.disconnect();
    }
    const steps = await page.evaluate(() => look.uploads.map(([, arrived]) => arrived));
    expect(steps.length).toBeGreaterThan(10);
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
    await until('everybody is inside once', async () => (await inside(venue)) === codes.length, 60_000);
  }, 300_000);

  it('a scan that waits is taken back on the device', async () => {
    const person = await somebody(system);
    const { venue } = await openGate(system, window);
    await unplug();
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
