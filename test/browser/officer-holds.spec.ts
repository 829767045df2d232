import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { well, idOf } from '../office.js';
import type { System } from '../system.js';
import { openGuardedWard, tellQuarantine } from './desk-work.js';
import { openDesk } from './officers.js';
import { eachInWindow } from './scene.js';
import { seriousFaults } from './stage.js';

let system: System;
let page: Page;
let ward: ReturnType<typeof openGuardedWard> | undefined;
eachInWindow((scene) => ({ system, page } = scene));

/** One ward for both tests: its rules take their time to begin. */
const guarded = () => (ward ??= openGuardedWard(system, 'Phường Hoa Sen'));

const colourOf = async (name: string) =>
  (await well<{ colour: string }>(system, `GET /people/${await idOf(system, name)}/status`)).colour;
const held = () => page.locator('tr[data-hold]:has-text("Phường Hoa Sen"):has-text("Đang giữ")');

describe('what would change many colours at once', () => {
  it('waits with its ward, and counts once another officer lets it', async () => {
    const { people } = await guarded();
    await tellQuarantine(system, people.slice(0, 3));
    expect(await colourOf(people[0]!)).toBe('green');
    await openDesk(system, page);
    await page.goto('/officer#/holds');
    await held().locator('text=Bằng chứng được báo').waitFor();
    expect(await held().locator('td.number').textContent()).toBe('3');
    expect(await seriousFaults(page)).toEqual([]);
    await held().getByRole('button', { name: 'Cho hiệu lực' }).click();
    await page.locator('tr[data-hold]:has-text("Đã cho hiệu lực")').waitFor();
    expect(await colourOf(people[0]!)).toBe('red');
  });

  it('is dropped for good only by a second press, which says for how many', async () => {
    const { people } = await guarded();
    await tellQuarantine(system, people.slice(3, 7));
    await openDesk(system, page);
    await page.goto('/officer#/holds');
    await held().getByRole('button', { name: 'Bỏ' }).click();
    await page.locator('dialog:has-text("4 người")').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
    await held().waitFor();
    await held().getByRole('button', { name: 'Bỏ' }).click();
    await page.locator('dialog').getByRole('button', { name: 'Bỏ hẳn' }).click();
    await page.locator('tr[data-hold]:has-text("Đã bỏ")').waitFor();
    expect(await colourOf(people[3]!)).toBe('green');
  });
});
