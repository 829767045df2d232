import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { well } from '../office.js';
import type { System } from '../system.js';
import { aCrowd, halls } from './crowd.js';
import { openDesk } from './officers.js';
import { onStage } from './scene.js';
import { inPage, openWindow } from './stage.js';

const contacts = 10_000;

let system: System;
let browser: Browser;
let caseId: string;
onStage((opened) => ({ system, browser } = opened));
beforeAll(async () => {
  caseId = await aCrowd((request, sent) => well(system, request, sent), contacts);
}, 300_000);

interface Work {
  formatters: number;
  lookups: number;
}

/** From now on notes in `counted` how many formatters of dates a page makes, and how often it looks something up. */
function countWork(): void {
  const counted: Work = { formatters: 0, lookups: 0 };
  Object.assign(globalThis, { counted });
  const { DateTimeFormat } = Intl;
  Intl.DateTimeFormat = new Proxy(DateTimeFormat, {
    construct: (own, given) => (counted.formatters++, Reflect.construct(own, given) as object),
  });
  const get = Map.prototype.get as (key: unknown) => unknown;
  Map.prototype.get = function (this: Map<unknown, unknown>, key: unknown) {
    counted.lookups++;
    return get.call(this, key);
  };
}

(process.env['VETXANH_MANY'] ? describe : describe.skip)('10,000 contacts (with VETXANH_MANY=on)', () => {
  // How smoothly they scroll is what the bench `desk` measures.
  it('are a list of which only those in view exist, and can be walked to the last', async () => {
    const { page, context, faults } = await openWindow(browser, system, { viewport: { width: 1440, height: 900 } });
    await openDesk(system, page);
    await page.goto(`/officer#/case/${caseId}`);
    await page.locator('.case-head .state.traced').waitFor({ timeout: 120_000 });
    await page.locator(`.grid[aria-rowcount="${contacts + 1}"]`).waitFor({ timeout: 60_000 });
    expect(await page.locator('.grid-body .grid-row').count()).toBeLessThan(60);
    await page.locator('.grid').focus();
    await page.keyboard.press('End');
    await page.locator(`[aria-rowindex="${contacts + 1}"]`).waitFor();
    await context.close();
    expect(faults).toEqual([]);
  }, 240_000);

  it('cost a step of a scroll little: neither a formatter for each row, nor a look at each contact', async () => {
    const { page, context, faults } = await openWindow(browser, system, { viewport: { width: 1440, height: 900 } });
    await context.addInitScript({ path: inPage });
    await openDesk(system, page);
    await page.goto(`/officer#/case/${caseId}`);
    await page.locator(`.grid[aria-rowcount="${contacts + 1}"]`).waitFor({ timeout: 120_000 });
    await page.evaluate(countWork);
    const steps = await page.evaluate(() => look.scrollFrames('.grid'));
    const { formatters, lookups } = await page.evaluate(() => (globalThis as unknown as { counted: Work }).counted);
    expect(formatters).toBe(0);
    expect(lookups / steps.length).toBeLessThan(contacts / 10);
    await context.close();
    expect(faults).toEqual([]);
  }, 240_000);

  it('are grouped by place in the graph', async () => {
    const { page, context, faults } = await openWindow(browser, system, { viewport: { width: 1440, height: 900 } });
    await openDesk(system, page);
    await page.goto(`/officer#/case/${caseId}`);
    await page.locator(`.grid[aria-rowcount="${contacts + 1}"]`).waitFor({ timeout: 120_000 });
    await page.locator('.contacts .choice', { hasText: 'Đồ thị' }).click();
    await page
      .locator(`.graph-box[data-nodes="${halls + 1}"] canvas`)
      .first()
      .waitFor();
    await context.close();
    expect(faults).toEqual([]);
  }, 240_000);
});
