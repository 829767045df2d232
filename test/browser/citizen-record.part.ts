import { rmSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { payloadOf } from '../../demo/certificates.js';
import { DemoIssuer } from '../../demo/issuer/issuer.js';
import { hire } from '../clients.js';
import { ask, type System } from '../system.js';
import { until } from '../until.js';
import { aPlace, invite, openCard, wasAt } from './citizens.js';
import { eachInWindow, onStage } from './scene.js';
import { openWindow, seriousFaults } from './stage.js';

const dayMs = 86_400_000;
const issuer = new DemoIssuer({ fromMs: Date.now() - 400 * dayMs });

let system: System;
let browser: Browser;
let page: Page;
onStage((opened) => ({ system, browser } = opened));
eachInWindow((scene) => ({ page } = scene));
beforeAll(() => writeFileSync(join(system.dataDir, 'dcc-trust-list.json'), JSON.stringify([issuer.trust])));
afterAll(() => rmSync(join(system.dataDir, 'dcc-trust-list.json'), { force: true }));

/** A certificate of two doses of somebody. */
function certificateOf(name: string, birthDate: string): string {
  const holder = { id: `c${Date.now()}`, name, birthDate, gender: 'male' as const, home: '', day: '', haunts: [] };
  const nowMs = Date.now();
  return issuer.issue(payloadOf(holder, 0, nowMs), { issuedAt: nowMs - dayMs, expiresAt: nowMs + 365 * dayMs });
}

/** Tokens say the second they were made in. */
const secondNow = () => Math.floor(Date.now() / 1_000);

describe('places', () => {
  it('are checked in and out by the code of a poster, and listed', async () => {
    const venue = await aPlace(system, 'Chợ Bà Chiểu');
    const { code } = (await ask(system, `GET /venues/${venue}`)).body as { code: string };
    await openCard(system, page);
    await page.locator('.tabs a', { hasText: 'Nơi đến' }).click();
    await page.locator('text=Chưa có nơi nào').waitFor();
    await page.getByRole('button', { name: 'Quét mã địa điểm' }).click();
    await page.getByLabel('Mã trên áp phích').fill('!!');
    await page.getByRole('button', { name: 'Tiếp tục' }).click();
    await page.locator('text=không phải là mã của một địa điểm').waitFor();
    await page.getByLabel('Mã trên áp phích').fill(code);
    await page.getByRole('button', { name: 'Tiếp tục' }).click();
    await page.getByRole('button', { name: 'Tôi vào' }).click();
    await page.locator('text=Đã ghi nhận bạn vào').waitFor();
    await page.locator('a', { hasText: 'Về thẻ của tôi' }).click();
    await page.locator('.pass-card').waitFor();
    await page.locator('.tabs a', { hasText: 'Nơi đến' }).click();
    await page.locator('.stays li:has-text("Chợ Bà Chiểu"):has-text("Đang ở đây")').waitFor();
    await page.getByRole('button', { name: 'Tôi đã ra' }).click();
    await until('it has ended', async () => (await page.locator('.chip.here').count()) === 0);
  });

  it('that nobody scanned are told by hand, marked as such, and found on the map', async () => {
    const venue = await aPlace(system, 'Nhà thờ Tân Định', { point: { lat: 10.7885, lon: 106.6905 } });
    const { code } = (await ask(system, `GET /venues/${venue}`)).body as { code: string };
    await openCard(system, page);
    await page.locator('.tabs a', { hasText: 'Nơi đến' }).click();
    await page.getByRole('button', { name: 'Thêm bằng tay' }).click();
    await page.getByLabel('Mã trên áp phích').fill(code);
    const day = new Date(Date.now() - dayMs).toISOString().slice(0, 10);
    await page.getByLabel('Giờ vào').fill(`${day}T09:00`);
    await page.getByLabel('Giờ ra').fill(`${day}T10:30`);
    await page.getByRole('button', { name: 'Thêm', exact: true }).click();
    const line = page.locator('.stays li', { hasText: 'Nhà thờ Tân Định' });
    await line.waitFor();
    expect(await line.innerText()).toContain('Thêm bằng tay');
    const [year, month, date] = day.split('-');
    expect(await line.innerText()).toContain(`${date}/${month}/${year} 09:00 – ${date}/${month}/${year} 10:30`);
    await page.locator('summary', { hasText: 'Xem 1 nơi trên bản đồ' }).click();
    await page.locator('.map-box[data-ready=true] .map-pin[aria-label$="Nhà thờ Tân Định"]').click();
    await page.locator('.stays li.chosen', { hasText: 'Nhà thờ Tân Định' }).waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  });
});

describe('records', () => {
  it('grow by an EU certificate of one’s own, and not by somebody else’s', async () => {
    await openCard(system, page, { name: 'Lê Thị Mai', birthDate: '1985-03-09' });
    await page.locator('.tabs a', { hasText: 'Hồ sơ' }).click();
    await page.getByRole('button', { name: 'Thêm chứng nhận EU' }).click();
    const paste = async (text: string) => {
      await page.getByLabel('Hoặc dán nội dung mã').fill(text);
      await page.getByRole('button', { name: 'Kiểm tra' }).click();
    };
    await paste('HC1:NOTHING');
    await page.locator('dialog [role=alert]', { hasText: 'không kiểm tra được' }).waitFor();
    await paste(certificateOf('Trần Văn Khác', '1970-01-01'));
    await page.locator('text=Tên hoặc ngày sinh khác').waitFor();
    await page.getByRole('button', { name: 'Mã khác' }).click();
    await paste(certificateOf('Lê Thị Mai', '1985-03-09'));
    await page.getByRole('button', { name: 'Đúng, thêm vào hồ sơ' }).click();
    const line = page.locator('li.card', { hasText: 'Mũi tiêm 2 trên 2' });
    await line.waitFor();
    expect(await line.innerText()).toContain('Bạn tự thêm ngày');
  });

  it('are said to be wrong: a number and a deadline at once, the answer of an officer later', async () => {
    const person = await openCard(system, page);
    const body = {
      kind: 'test',
      test: 'pcr',
      result: 'positive',
      sampledAt: new Date(Date.now() - dayMs).toISOString(),
    };
    await ask(system, `POST /people/${person}/evidence`, { body });
    await page.locator('.tabs a', { hasText: 'Hồ sơ' }).click();
    const line = page.locator('li.card', { hasText: 'Xét nghiệm PCR: dương tính' });
    await line.getByRole('button', { name: 'Điều này sai' }).click();
    await page.locator('dialog textarea').fill('Mẫu này không phải của tôi.');
    await page.getByRole('button', { name: 'Gửi khiếu nại' }).click();
    const number = (await page.locator('.big-number').textContent())!;
    expect(await page.locator('dialog').innerText()).toMatch(/Trả lời chậm nhất ngày \d\d\/\d\d\/\d{4}/);
    await page.keyboard.press('Escape');
    const answer = { outcome: 'corrected', text: 'Đã gỡ kết quả.' };
    expect((await ask(system, `POST /appeals/${number}/answer`, { body: answer })).status).toBe(200);
    await page.locator('.tabs a', { hasText: 'Vì sao' }).click();
    await page.locator(`li:has-text("${number}"):has-text("Đã gỡ kết quả.")`).waitFor();
  });
});

describe('privacy', () => {
  it('tells who read one’s data and why, and hands everything over', async () => {
    const person = await openCard(system, page);
    await wasAt(system, person, await aPlace(system, 'Quán cơm Hoa Sen'));
    const { token, screen } = await hire(system, 'tracer');
    screen.disconnect();
    await ask(system, `GET /people/${person}`, { token, headers: { purpose: 'care' } });
    await page.goto('/citizen#/privacy');
    const read = page.locator('li:has-text("Cán bộ truy vết"):has-text("Cách ly, xét nghiệm, chăm sóc")');
    await until('the read is written down', async () => {
      await page.reload();
      await read.waitFor({ timeout: 2_000 });
      return true;
    });
    const button = page.getByRole('button', { name: 'Tải tất cả về máy' });
    const [file] = await Promise.all([page.waitForEvent('download'), button.click()]);
    const all = JSON.parse(readFileSync(await file.path(), 'utf8')) as { person: { name: string }; stays: object[] };
    expect(all.person.name).toBe('Nguyễn Văn An');
    expect(all.stays).toHaveLength(1);
  });

  it('logs a lost phone out from another, which says so calmly and keeps nothing', async () => {
    const person = await openCard(system, page);
    const second = (await ask(system, 'POST /demo/links', { body: { person } })).body as { url: string };
    // A token of the second in which it was lost counts as lost too.
    const lostIn = secondNow();
    await until('another second', () => secondNow() > lostIn);
    const other = await openWindow(browser, system);
    await other.page.goto(second.url);
    await other.page.locator('.pass-card img').waitFor();
    await other.page.goto('/citizen#/privacy');
    await other.page.getByRole('button', { name: 'Tôi mất điện thoại' }).click();
    await other.page.getByRole('button', { name: 'Đăng xuất các máy khác' }).click();
    await other.page.locator('text=Các máy khác đã bị đăng xuất').waitFor();
    await page.locator('text=Phiên đăng nhập trên máy này đã hết').waitFor({ timeout: 45_000 });
    expect(await page.evaluate(() => localStorage.getItem('vetxanh.citizen'))).toBeNull();
    await other.page.reload();
    await other.page.locator('h1:has-text("Riêng tư")').waitFor();
    expect(other.faults).toEqual([]);
    await other.context.close();
  });

  it('erases whoever types the word, and nobody who does not', async () => {
    const { id, url } = await invite(system);
    await page.goto(url);
    await page.locator('.pass-card img').waitFor();
    await page.locator('.tabs a', { hasText: 'Riêng tư' }).click();
    await page.getByRole('button', { name: 'Xóa tôi' }).click();
    const sure = page.getByRole('button', { name: 'Xóa vĩnh viễn' });
    await page.getByLabel('để xác nhận').fill('không');
    expect(await sure.isDisabled()).toBe(true);
    await page.getByLabel('để xác nhận').fill('xóa');
    await sure.click();
    await page.locator('input[type=tel]').waitFor();
    const gone = await ask(system, `GET /people/${id}`, { headers: { purpose: 'identity' } });
    expect(JSON.stringify(gone.body)).not.toContain('Nguyễn');
  });
});
