import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { newId } from '../../config/ids.js';
import { ask, type System } from '../system.js';
import { openBrowser } from './chrome.js';
import { openDesk } from './officers.js';
import { openStage, openWindow } from './stage.js';

const minute = 60_000;
const contacts = 10_000;

/** A frame every 16.7 ms is all that a screen shows; so much is smooth (UX.md), or what a blank page needs. */
const smoothMs = 20;

let system: System;
let browser: Browser;
let caseId: string;
beforeAll(async () => {
  [system, browser] = await Promise.all([openStage(), openBrowser()]);
  caseId = await aCrowd();
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

/** A case who was in a hall with 10,000 others; resolves to its id. */
async function aCrowd(): Promise<string> {
  const [mark, venues] = [newId().slice(0, 8), 20];
  const from = Math.floor(Date.now() / minute) * minute - 600 * minute;
  const at = (minutes: number) => new Date(from + minutes * minute).toISOString();
  const rows = Array.from({ length: contacts }, (_, one) => {
    const hall = one % venues;
    return `${mark}-${one},${mark}-hall-${hall},,${at(hall * 25)},${at(hall * 25 + 16 + (one % 9))}`;
  });
  const sick = Array.from({ length: venues }, (_, hall) => {
    return `${mark}-f0,${mark}-hall-${hall},,${at(hall * 25)},${at(hall * 25 + 25)}`;
  });
  const csv = `person,venue,zone,in,out\n${[...rows, ...sick].join('\n')}\n`;
  const read = await ask(system, 'POST /imports/stays', { csv });
  if (read.status !== 200) throw new Error(JSON.stringify(read.body).slice(0, 500));
  const made = await ask(system, 'POST /cases', { body: { person: `${mark}-f0`, sampledAt: at(590) } });
  return (made.body as { id: string }).id;
}

/** Milliseconds between frames while something is scrolled, sorted; `selector` is missing on a blank page. */
const frames = (page: Page, selector: string): Promise<number[]> =>
  page.evaluate(async (wanted) => {
    const box = document.querySelector(wanted);
    const gaps: number[] = [];
    let last = performance.now();
    for (let step = 0; step < 180; step++) {
      if (box) box.scrollTop += 400;
      await new Promise((shown) => requestAnimationFrame(shown));
      const now = performance.now();
      gaps.push(now - last);
      last = now;
    }
    return gaps.sort((a, b) => a - b);
  }, selector);

const middle = (sorted: number[]): number => sorted[sorted.length >> 1]!;

(process.env['VETXANH_MANY'] ? describe : describe.skip)('10,000 contacts (with VETXANH_MANY=on)', () => {
  it('scroll as smoothly as a blank page, of which only those in view exist, and can be walked to the last', async () => {
    const { page, context, faults } = await openWindow(browser, system, { viewport: { width: 1440, height: 900 } });
    const blank = await frames(page, '.grid');
    await openDesk(system, page);
    await page.goto(`/officer#/case/${caseId}`);
    await page.locator('.case-head .state.traced').waitFor({ timeout: 120_000 });
    await page.locator(`.grid[aria-rowcount="${contacts + 1}"]`).waitFor({ timeout: 60_000 });
    const scrolled = await frames(page, '.grid');
    process.stderr.write(
      `10,000 contacts: median frame ${middle(scrolled).toFixed(1)} ms, longest ${scrolled.at(-1)!.toFixed(1)} ms; blank page ${middle(blank).toFixed(1)} and ${blank.at(-1)!.toFixed(1)} ms\n`,
    );
    expect(await page.locator('.grid-body .grid-row').count()).toBeLessThan(60);
    expect(middle(scrolled)).toBeLessThanOrEqual(Math.max(smoothMs, 2 * middle(blank)));
    await page.locator('.grid').focus();
    await page.keyboard.press('End');
    await page.locator(`[aria-rowindex="${contacts + 1}"]`).waitFor();
    await context.close();
    expect(faults).toEqual([]);
  }, 240_000);

  it('are grouped by place in the graph', async () => {
    const { page, context, faults } = await openWindow(browser, system, { viewport: { width: 1440, height: 900 } });
    await openDesk(system, page);
    await page.goto(`/officer#/case/${caseId}`);
    await page.locator(`.grid[aria-rowcount="${contacts + 1}"]`).waitFor({ timeout: 120_000 });
    await page.locator('.contacts .choice', { hasText: 'Đồ thị' }).click();
    await page.locator('.graph-box[data-nodes="21"] canvas').first().waitFor();
    await context.close();
    expect(faults).toEqual([]);
  }, 240_000);
});
