import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { System } from '../system.js';
import { openBrowser } from './chrome.js';
import { fps, writeFilm } from './film.js';
import { openDesk } from './officers.js';
import { aGuest, openStage, openWindow, phoneCard, seriousFaults } from './stage.js';

let system: System;
beforeAll(async () => {
  system = await openStage();
});
afterAll(() => system?.stop());

const film = join(mkdtempSync(join(tmpdir(), 'vetxanh-film-')), 'desk.y4m');

describe('a case', () => {
  it('is of whoever holds a card before the camera of the desk, or a hand scanner', async () => {
    const guest = await aGuest(system, 'Đặng Thị Khuê');
    writeFilm(film, [{ code: phoneCard(system, guest.id), frames: fps }]);
    const browser = await openBrowser(film);
    try {
      const { page, faults } = await openWindow(browser, system);
      await openDesk(system, page);
      await page.goto('/officer#/confirm');
      await page.getByRole('button', { name: 'Quét mã' }).click();
      const found = page.locator('.found button:has-text("Đặng Thị Khuê")');
      await found.waitFor();
      await page.locator('dialog').waitFor({ state: 'detached' });
      expect(await seriousFaults(page)).toEqual([]);
      await page.reload();
      await page.locator('form[role=search] input').fill(guest.code);
      await page.keyboard.press('Enter');
      await found.click();
      await page.locator('.picked:has-text("Đặng Thị Khuê")').waitFor();
      expect(faults).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});
