import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { newId } from '../../config/ids.js';
import { ask, type System } from '../system.js';
import { aPlace, invite, wasAt } from './citizens.js';
import { openDesk } from './officers.js';
import { eachInWindow } from './scene.js';
import { seriousFaults } from './stage.js';

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

/** A case who met one person in the hall of a place, and another on its terrace an hour later. */
async function twoZones(): Promise<string> {
  const from = Math.floor(Date.now() / minuteMs) * minuteMs - dayMs;
  const [sick, first, second] = await Promise.all(
    ['Trần Bình', 'Lê Cúc', 'Vũ Lan'].map((name) => invite(system, { name })),
  );
  const zones = ['Sảnh', 'Sân thượng'];
  const venue = await aPlace(system, 'Nhà văn hóa', { zones });
  const stay = (person: string, at: number) =>
    ask(system, `POST /people/${person}/stays`, {
      body: { venue, zone: zones[at], in: iso(from + at * 60 * minuteMs), out: iso(from + (at * 60 + 45) * minuteMs) },
    });
  await Promise.all([stay(sick!.id, 0), stay(first!.id, 0), stay(sick!.id, 1), stay(second!.id, 1)]);
  const made = await ask(system, 'POST /cases', { body: { person: sick!.id, sampledAt: iso(Date.now()) } });
  return (made.body as { id: string }).id;
}

describe('the contacts of a case', () => {
  it('are filtered by the zone in which the case met them', async () => {
    const id = await twoZones();
    await openDesk(system, page);
    await page.goto(`/officer#/case/${id}`);
    await page.locator('.grid[aria-rowcount="3"]').waitFor();
    await page.getByLabel('Khu (của ca bệnh)').selectOption({ label: 'Sân thượng' });
    await page.locator('.grid[aria-rowcount="2"] .grid-row:has-text("Vũ Lan")').waitFor();
  });
});

const saigon = { lat: 10.7769, lon: 106.7009 };

/** A case who was at two places of a ward, one of which nobody has put on the map. */
async function aWalk(): Promise<string> {
  const unit = `P${newId().slice(0, 8)}`;
  await ask(system, 'POST /imports/units', { csv: `code,name,parent,level\n${unit},Phường Hoa Sen,,commune\n` });
  const { id } = await invite(system, { name: 'Trần Bình' });
  for (const { name, ...more } of [{ name: 'Quán Sen', unit, point: saigon }, { name: 'Chợ Xanh' }]) {
    await wasAt(system, id, await aPlace(system, name, more));
  }
  const made = await ask(system, 'POST /cases', { body: { person: id, sampledAt: new Date().toISOString() } });
  return (made.body as { id: string }).id;
}

describe('the map of a case', () => {
  it('shows its places as buttons, asks no other host, and its list says the same', async () => {
    const id = await aWalk();
    await openDesk(system, page);
    await page.goto(`/officer#/case/${id}`);
    const pin = page.locator('.map-box[data-ready=true] .map-pin[aria-label$="Quán Sen"]');
    await pin.waitFor();
    await page.locator('.case-map .found :text("không có trên bản đồ")').waitFor();
    await page.locator('.case-map :text("Phường Hoa Sen")').waitFor();
    await pin.focus();
    await page.keyboard.press('Enter');
    await page.locator('.case-map .found button[aria-pressed=true]:has-text("Quán Sen")').waitFor();
    expect(await pin.getAttribute('aria-pressed')).toBe('true');
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('says calmly that a device draws no map, and the list is there', async () => {
    const id = await aWalk();
    await page.addInitScript(() => {
      const own = HTMLCanvasElement.prototype.getContext as (kind: string) => unknown;
      HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string) {
        return kind === 'webgl2' ? null : own.call(this, kind);
      } as never;
    });
    await openDesk(system, page);
    await page.goto(`/officer#/case/${id}`);
    await page.locator('.case-map :text("không vẽ được bản đồ")').waitFor();
    await page.locator('.case-map .found :text("Quán Sen")').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('says calmly that a part of the map could not be fetched, and the list is there', async () => {
    const id = await aWalk();
    await page.route(/maplibre-gl-worker/, (route) => route.abort('connectionrefused'));
    await openDesk(system, page);
    await page.goto(`/officer#/case/${id}`);
    await page.locator('.case-map :text("Chưa tải được bản đồ")').waitFor();
    await page.locator('.case-map .found :text("Quán Sen")').waitFor();
  });
});
