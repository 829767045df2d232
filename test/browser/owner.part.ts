import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { PDFDocument } from 'pdf-lib';
import type { Browser, Page } from 'playwright-core';
import { newId } from '../../config/ids.js';
import { ask, type System } from '../system.js';
import { until } from '../until.js';
import { eachInWindow } from './scene.js';
import { aGuest, aPhone, logIn, openWindow, wedge } from './stage.js';

let system: System;
let browser: Browser;
let page: Page;
eachInWindow((scene) => ({ system, browser, page } = scene));

/** Registers a place as somebody who was never here. */
async function register(name: string): Promise<void> {
  await page.goto('/owner');
  await logIn(system, page, aPhone());
  await page.locator('.venue-form input').first().fill(name);
  await page.locator('.venue-form textarea').fill('Tầng trệt\nSân thượng');
  await page.locator('.venue-form .button.main').click();
  await page.locator('.board').waitFor();
}

async function addDevice(): Promise<string> {
  await page.getByRole('button', { name: 'Thêm thiết bị' }).click();
  await page.locator('dialog .button.main').click();
  const link = await page.locator('[data-link]').getAttribute('data-link');
  await page.keyboard.press('Escape');
  return link!;
}

async function saved(press: () => Promise<void>): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent('download'), press()]);
  return readFileSync(await file.path());
}

describe('an owner', () => {
  it('registers a place, pairs a device, sees people come in, exports counts, and removes the device', async () => {
    await register('Quán cơm Hoa Sen');
    const link = await addDevice();
    const door = await openWindow(browser, system);
    await door.page.goto(link);
    await door.page.locator('.link.online').waitFor();
    await door.page.locator('.zones label', { hasText: 'Sân thượng' }).click();
    await door.page.locator('.switch label').first().click();
    await wedge(door.page, (await aGuest(system)).code);
    await until('one is inside', async () => (await page.locator('.inside .big').textContent()) === '1');
    expect(await page.locator('.inside tr:has-text("Sân thượng") td').textContent()).toBe('1');
    await page.reload();
    await page.locator('.chart').waitFor();
    expect(await page.locator('.chart').getAttribute('aria-label')).toContain('Tổng 1 lượt');
    await page.locator('.hours summary').click();
    expect(await page.locator('.hours tbody tr').count()).toBe(1);
    const csv = (await saved(() => page.getByRole('button', { name: 'Tải CSV' }).click())).toString('utf8');
    expect(csv).toMatch(/^\ufeffgio,khu_vuc,vao,ra\r\n\d{4}-\d\d-\d\d \d\d:00,Sân thượng,1,0\r\n$/);
    page.on('dialog', (dialog) => void dialog.accept());
    await page.getByRole('button', { name: /^Gỡ / }).click();
    await page.locator('text=Chưa có thiết bị nào').waitFor();
    await door.page.locator('text=Thiết bị này đã được gỡ').waitFor();
    expect(door.faults).toEqual([]);
    await door.context.close();
  });

  it('who was logged out is told so, and nobody else finds what was on the screen', async () => {
    await register('Quán cơm Hoa Sen');
    await page.evaluate(() => {
      const session = JSON.parse(localStorage.getItem('vetxanh.session')!) as object;
      localStorage.setItem('vetxanh.session', JSON.stringify({ ...session, token: 'a.b.c' }));
    });
    await page.reload();
    await page.locator('text=Phiên đăng nhập trên máy này đã hết').waitFor();
    await logIn(system, page, aPhone());
    await page.locator('text=Bạn chưa có địa điểm nào').or(page.locator('[role=alert]')).first().waitFor();
    expect(await page.locator('main').innerText()).not.toContain('Hoa Sen');
  });

  it('prints a poster: one A4 page with its fonts, also for a name of 200 characters', async () => {
    await register('Trung tâm thương mại Đường Hoàng Quốc Việt '.repeat(4).trim());
    const file = await saved(() => page.getByRole('button', { name: /áp phích A4/ }).click());
    const pdf = await PDFDocument.load(file);
    expect(pdf.getPageCount()).toBe(1);
    const { width, height } = pdf.getPage(0).getSize();
    expect([Math.round((width / 72) * 25.4), Math.round((height / 72) * 25.4)]).toEqual([210, 297]);
    expect(pdf.getTitle()).toContain('Quét mã khi vào và khi ra');
    expect(file.length).toBeLessThan(300_000);
  });

  it('says in which ward a place is, found by its name, and keeps it', async () => {
    const [city, ward] = [newId(), newId()];
    const csv = `code,name,parent\n${city},Thành phố ${city},\n${ward},Phường Bến ${ward},${city}\n`;
    expect((await ask(system, 'POST /imports/units', { csv })).status).toBe(200);
    await register('Quán cơm Hoa Sen');
    await page.locator('.unit-search').fill(`ben ${ward.slice(0, 8)}`);
    await page.locator('.units button').click();
    await page.locator(`.unit-chosen:has-text("Phường Bến ${ward}"):has-text("Thành phố ${city}")`).waitFor();
    await page.getByRole('button', { name: 'Lưu thay đổi' }).click();
    await page.locator('text=Đã lưu.').waitFor();
    await page.reload();
    await page.locator(`.unit-chosen:has-text("Phường Bến ${ward}")`).waitFor();
    await page.getByRole('button', { name: 'Chọn nơi khác' }).click();
    await page.locator('.unit-search').fill('nowhere at all');
    await page.locator('text=Không tìm thấy nơi nào').waitFor();
  });

  it('whose place has a name of 200 characters sees every page whole, and so do guests and guards', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    const fits = async (where: Page, words: string) => {
      await where.locator(`:text("${words}")`).first().waitFor();
      expect(await where.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    };
    const name = 'Ư'.repeat(200);
    await register(name);
    await fits(page, name);
    const [link, poster] = [await addDevice(), await page.locator('a[href$="/screen"]').getAttribute('href')];
    await page.goto(`/owner${poster}`);
    await page.locator('[data-link]').waitFor();
    await fits(page, name);
    const address = (await page.locator('[data-link]').getAttribute('data-link'))!;
    await page.goto('/owner');
    await fits(page, name);
    await page.goto(address);
    await fits(page, name);
    await page.goto(link);
    await page.locator('.link.online').waitFor();
    await fits(page, name);
  });

  it('changes the capacity, and the door hears of it', async () => {
    await register('Tiệm tạp hóa');
    const door = await openWindow(browser, system);
    await door.page.goto(await addDevice());
    await door.page.locator('.link.online').waitFor();
    await page.locator('.venue-form input[type=number]').fill('1');
    await page.locator('.venue-form .button.main').click();
    await page.locator('text=Đã lưu.').waitFor();
    await door.page.reload();
    await door.page.locator('.switch label').first().click();
    await wedge(door.page, (await aGuest(system)).code);
    await door.page.locator('.headcount.full').waitFor();
    expect(await door.page.locator('.headcount').innerText()).toContain('Đã đầy');
    await door.context.close();
  });
});

describe('a guest', () => {
  it('checks in by the screen beside the door; an old code of it is told, and the screen changes it', async () => {
    await register('Nhà thờ Đức Bà');
    await page.locator('a[href$="/screen"]').click();
    const code = page.locator('[data-link]');
    await code.waitFor();
    const first = (await code.getAttribute('data-link'))!;
    const guest = await openWindow(browser, system);
    await guest.page.goto(first);
    await guest.page.locator('text=Nhà thờ Đức Bà').waitFor();
    await guest.page.locator('text=Mã trên màn hình ở cửa').waitFor();
    await logIn(system, guest.page, aPhone());
    await guest.page.getByRole('button', { name: 'Tôi vào' }).click();
    await guest.page.locator('text=Đã ghi nhận bạn vào').waitFor();
    await guest.page.goto(first.replace(/-[\w-]{11}$/, '-AAAAAAAAAAA'));
    await guest.page.getByRole('button', { name: 'Tôi vào' }).click();
    await guest.page.locator('text=Màn hình ở cửa đã đổi mã').waitFor();
    await until('the screen shows another', async () => (await code.getAttribute('data-link')) !== first, 40_000);
    expect(guest.faults).toEqual([]);
    await guest.context.close();
  });
});
