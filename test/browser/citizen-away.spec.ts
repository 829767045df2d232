import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { Relay } from '../relay.js';
import { soloServers, type System } from '../system.js';
import { until } from '../until.js';
import { openBrowser } from './chrome.js';
import { aPlace, meetCase, openCard } from './citizens.js';
import { aPhone, endSession, logIn, openStage, openWindow, seriousFaults, type Window } from './stage.js';

let system: System;
let browser: Browser;
let redis: Relay;
let neo4j: Relay;
let window: Window;
let page: Page;
beforeAll(async () => {
  const servers = soloServers();
  const [toRedis, toNeo4j] = await Promise.all([Relay.open(servers.REDIS_URL), Relay.open(servers.NEO4J_URI)]);
  [redis, neo4j] = [toRedis.relay, toNeo4j.relay];
  const env = { REDIS_URL: toRedis.url, NEO4J_URI: toNeo4j.url };
  [system, browser] = await Promise.all([openStage(env), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
  redis?.close();
  neo4j?.close();
});
beforeEach(async () => {
  window = await openWindow(browser, system);
  page = window.page;
});
afterEach(async () => {
  redis.mend();
  neo4j.mend();
  if (!system.api.runs) await system.api.start();
  const { faults } = window;
  await window.context.close();
  expect(faults.filter((fault) => !/status of 50\d/.test(fault))).toEqual([]);
});

const asOf = () => page.locator('text=/Đây là màu lúc/');

describe('a citizen', () => {
  it('sees the last colour and its time while the API is gone, and what was missed once it is back', async () => {
    const person = await openCard(system, page);
    await page.locator('.colour.green').waitFor();
    await system.api.stop();
    await asOf().waitFor();
    expect(await page.locator('.colour h1').textContent()).toBe('Được đi lại');
    await system.api.start();
    await asOf().waitFor({ state: 'detached' });
    await meetCase(system, person);
    await page.locator('.change:has-text("sang “Ở tại nhà”")').waitFor();
  });

  it('keeps what was written while the graph is gone, and sends it once it is back', async () => {
    await openCard(system, page);
    await page.locator('.tabs a', { hasText: 'Vì sao' }).click();
    await page.getByRole('button', { name: 'Điều này sai' }).click();
    await page.locator('dialog textarea').fill('Hôm đó tôi ở nhà.');
    neo4j.cut();
    await page.getByRole('button', { name: 'Gửi khiếu nại' }).click();
    await page.locator('dialog [role=alert]').waitFor({ timeout: 60_000 });
    expect(await page.locator('dialog [role=alert]').textContent()).toMatch(/đang bận|chưa trả lời/);
    expect(await page.locator('dialog textarea').inputValue()).toBe('Hôm đó tôi ở nhà.');
    neo4j.mend();
    await until(
      'it is sent',
      async () => {
        if (await page.locator('.big-number').isVisible()) return true;
        const ready = page.locator('dialog .button.main:enabled');
        if (await ready.isVisible()) await ready.click({ timeout: 1_000 }).catch(() => undefined);
        return false;
      },
      60_000,
    );
  }, 150_000);

  it('finds what was typed before the session ended once logged in again, and nobody else finds it', async () => {
    const [phone, words] = [aPhone(), 'Hôm đó tôi ở nhà cả ngày.'];
    await page.goto('/citizen#/why');
    await logIn(system, page, phone);
    await page.getByRole('button', { name: 'Điều này sai' }).click();
    await page.locator('dialog textarea').fill(words);
    const sendInVain = async () => {
      await endSession(page, '**/api/v1/me/appeals');
      await page.getByRole('button', { name: 'Gửi khiếu nại' }).click();
      await page.locator('text=Phiên đăng nhập trên máy này đã hết').waitFor();
      expect(await page.locator('dialog').isVisible()).toBe(false);
    };
    await sendInVain();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('tel');
    expect(await seriousFaults(page)).toEqual([]);
    await logIn(system, page, phone);
    await page.locator('dialog textarea').waitFor();
    expect(await page.locator('dialog textarea').inputValue()).toBe(words);
    expect(await page.locator('dialog [role=alert]').count()).toBe(0);
    await sendInVain();
    await logIn(system, page, aPhone());
    await page.getByRole('button', { name: 'Điều này sai' }).click();
    expect(await page.locator('dialog textarea').inputValue()).toBe('');
  });

  it('sees card and colour while Redis is gone, and is told calmly what cannot be done now', async () => {
    const venue = await aPlace(system, 'Chợ Bến Thành');
    expect(venue).toBeTruthy();
    await openCard(system, page);
    await page.locator('.colour.green').waitFor();
    redis.cut();
    await page.reload();
    await page.locator('.colour.green').waitFor();
    await page.locator('.pass-card img').waitFor();
    redis.mend();
    await asOf().waitFor({ state: 'detached' });
  }, 120_000);
});
