import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { newId } from '../../config/ids.js';
import type { System } from '../system.js';
import { invite, meetCase } from './citizens.js';
import { openDesk } from './officers.js';
import { eachInWindow, openWindow, seriousFaults, type Scene } from './stage.js';

let system: System;
let page: Page;
let scene: Scene;
eachInWindow(
  (now) => {
    scene = now;
    ({ system, page } = now);
  },
  { viewport: { width: 1440, height: 900 } },
);

/** Somebody with a name of their own who met a case. */
async function aContact() {
  const name = `Lê Cúc ${newId().replace(/\d/g, 'x').slice(0, 8)}`;
  const { id } = await invite(system, { name });
  await meetCase(system, id);
  return { id, name };
}

const row = (id: string) => page.locator(`tr[data-person="${id}"]`);

describe('the list of calls', () => {
  it('is one press from the board, says why, and is worked through by keyboard', async () => {
    const { id, name } = await aContact();
    await openDesk(system, page);
    await page.locator('.figure a:has-text("cần gọi")').click();
    await row(id).locator(`text=${name}`).waitFor();
    await row(id).locator('text=/Gặp ca \\w+ tại Quán cơm Hoa Sen, 4[45] phút/').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await row(id).locator('button').focus();
    await page.keyboard.press('Enter');
    await page.locator('dialog .choice').first().waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.locator('dialog .choice:has-text("Chưa gặp được")').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Sau 18 giờ');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await row(id).locator('text=Sau 18 giờ').waitFor();
    await row(id).locator('button').click();
    await page.locator('dialog .choice:has-text("Gặp được")').first().click();
    await page.locator('dialog .button.main').click();
    await row(id).waitFor({ state: 'detached' });
    await page.goto(`/officer#/person/${id}`);
    await page.locator('.events li:has-text("Gặp được")').first().waitFor();
  });

  it('loses whoever another officer has reached', async () => {
    const { id } = await aContact();
    await openDesk(system, page);
    await page.goto('/officer#/calls');
    await row(id).waitFor();
    const other = await openWindow(scene.browser, system);
    await openDesk(system, other.page);
    await other.page.goto('/officer#/calls');
    await other.page.locator(`tr[data-person="${id}"] button`).click();
    await other.page.locator('dialog .choice').first().click();
    await other.page.locator('dialog .button.main').click();
    await row(id).waitFor({ state: 'detached' });
    await other.context.close();
    expect(other.faults).toEqual([]);
  });
});
