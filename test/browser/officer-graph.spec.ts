import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { ask, type System } from '../system.js';
import { aPlace, invite } from './citizens.js';
import { openDesk } from './officers.js';
import { eachInWindow, seriousFaults } from './stage.js';

const minuteMs = 60_000;
const dayMs = 1_440 * minuteMs;

let system: System;
let page: Page;
eachInWindow((scene) => ({ system, page } = scene), { viewport: { width: 1440, height: 900 } });

const iso = (ms: number): string => new Date(ms).toISOString();

/** A case who met one person three days ago and another the day after, at different places. */
async function twoDays(): Promise<string> {
  const from = Math.floor(Date.now() / minuteMs) * minuteMs - 3 * dayMs;
  const [sick, first, second] = await Promise.all(
    ['Trần Bình', 'Lê Cúc', 'Vũ Lan'].map((name) => invite(system, { name })),
  );
  const [hall, shop] = await Promise.all(['Hội trường', 'Tiệm sách'].map((name) => aPlace(system, name)));
  const stay = (person: string, venue: string, at: number) =>
    ask(system, `POST /people/${person}/stays`, { body: { venue, in: iso(at), out: iso(at + 45 * minuteMs) } });
  await Promise.all([stay(sick!.id, hall!, from), stay(first!.id, hall!, from)]);
  await Promise.all([stay(sick!.id, shop!, from + dayMs), stay(second!.id, shop!, from + dayMs)]);
  const made = await ask(system, 'POST /cases', { body: { person: sick!.id, onset: iso(from) } });
  return (made.body as { id: string }).id;
}

const nodes = (count: number) => page.locator(`.graph-box[data-nodes="${count}"] canvas`).first().waitFor();

describe('the exposure graph', () => {
  it('shows the places between people on demand, and one day or one place of the case alone', async () => {
    const id = await twoDays();
    await openDesk(system, page);
    await page.goto(`/officer#/case/${id}`);
    await page.locator('.grid[aria-rowcount="3"]').waitFor();
    await page.locator('.contacts .choice', { hasText: 'Đồ thị' }).click();
    await nodes(3);
    await page.locator('.graph .choice', { hasText: 'Các nơi' }).focus();
    await page.keyboard.press('Enter');
    await nodes(5);
    expect(await seriousFaults(page)).toEqual([]);
    const [day, place] = [page.locator('.contacts select').first(), page.locator('.contacts select').nth(1)];
    await day.selectOption({ index: 1 });
    await nodes(3);
    await day.selectOption({ index: 0 });
    await place.selectOption({ label: 'Tiệm sách' });
    await nodes(3);
    await page.locator('.contacts .choice', { hasText: 'Đồ thị' }).click();
    await page.locator('.grid-row:has-text("Vũ Lan")').waitFor();
    expect(await page.locator('.grid').getAttribute('aria-rowcount')).toBe('2');
  });
});
