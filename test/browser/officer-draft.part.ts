import { describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { newId } from '../../config/ids.js';
import { neutralRules } from '../office.js';
import { ask, type System } from '../system.js';
import { openDesk } from './officers.js';
import { eachInWindow } from './scene.js';
import { aGuest, openWindow, seriousFaults } from './stage.js';

let system: System;
let browser: Browser;
let page: Page;
eachInWindow((scene) => ({ system, browser, page } = scene), { viewport: { width: 1440, height: 900 } });

/** The desk of another head, with the draft of this version open. */
async function openDraft(at: Page, version: string): Promise<void> {
  await openDesk(system, at);
  await at.goto('/officer#/policies');
  await at.locator(`.found button:has-text("${version}")`).click();
  await at.locator('.draft').waitFor();
}

describe('a policy', () => {
  it('tells what each number rests on in the language of its reader', async () => {
    await openDesk(system, page);
    await page.goto('/officer#/policies');
    await page.locator('.found button:has-text("neutral")').first().click();
    const sources = page.locator('.sentences .soft');
    await sources.getByText('Nguồn: giả định: mặc định trung tính của SPEC mục 5').first().waitFor();
    expect(await page.locator('.sentences').innerText()).not.toMatch(/assumption|section/);
    await page.getByRole('button', { name: 'English' }).click();
    await sources.getByText('assumption: the neutral default of SPEC section 5').first().waitFor();
    expect(await page.locator('.sentences').innerText()).not.toContain('giả định');
  });

  it('is drafted, tried on the people there are, and in force once two officers signed it', async () => {
    await aGuest(system);
    const version = `thu-${newId().slice(0, 6)}`;
    await openDesk(system, page);
    await page.goto('/officer#/policies');
    await page.locator('.found button:has-text("neutral")').first().click();
    await page.getByRole('button', { name: 'Soạn phiên bản mới' }).click();
    await page.locator('dialog input[name=version]').fill(version);
    await page.locator('dialog input[name=minMinutes]').fill('10');
    await page.locator('dialog .button.main').click();
    await page.locator('.draft:has-text("chưa chạy thử")').waitFor();
    const sign = page.getByRole('button', { name: /^Ký/ });
    await sign.click();
    await page.locator('.draft [role=alert]:has-text("chạy thử trước khi ký")').waitFor();
    await page.getByRole('button', { name: 'Chạy thử', exact: true }).click();
    await page.locator('.draft .flow').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await sign.click();
    await page.locator('.draft:has-text("chờ người thứ hai")').waitFor();
    await sign.click();
    await page.locator('.draft [role=alert]:has-text("cán bộ khác")').waitFor();

    const other = await openWindow(browser, system);
    await openDraft(other.page, version);
    await other.page.getByRole('button', { name: 'Ký (chữ ký 2/2)' }).click();
    await other.page.locator(`.found button:has-text("${version}"):has-text("Sắp áp dụng")`).waitFor();
    const { body } = await ask(system, 'GET /policies?limit=100');
    expect((body as { items: { version: string }[] }).items.map((one) => one.version)).toContain(version);
    expect(other.faults).toEqual([]);
    await other.context.close();
  });

  it('with a number that names no source says which, and is not signed', async () => {
    const version = `thieu-${newId().slice(0, 6)}`;
    const { retention: _, ...sources } = neutralRules.sources;
    const validFrom = new Date(Date.now() + 86_400_000).toISOString();
    const { status } = await ask(system, 'POST /policies/drafts', {
      body: { ...neutralRules, version, sources, validFrom },
    });
    expect(status).toBe(201);
    await openDraft(page, version);
    await page.locator('.draft .message:has-text("chưa ghi nguồn"):has-text("retention.stayDays")').waitFor();
    await page.getByRole('button', { name: 'Chạy thử', exact: true }).click();
    await page.locator('.draft .flow').waitFor();
    await page.getByRole('button', { name: /^Ký/ }).click();
    await page.locator('.draft [role=alert]:has-text("hãy ghi văn bản làm căn cứ")').waitFor();
  });
});
