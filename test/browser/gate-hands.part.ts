import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { ask, type System } from '../system.js';
import { eachInWindow } from './scene.js';
import { aGuest, openGate, phoneCard, seenAs, somebody, takeNetwork, wedge, type Window } from './stage.js';

let system: System;
let window: Window;
let page: Page;
eachInWindow((scene) => ({ system, window, page } = scene));

const answer = () => page.locator('.answer');
const said = (words: string) => page.locator(`.answer:has-text("${words}")`).waitFor();

/** Somebody whose card is red at every door. */
async function aSickGuest() {
  const guest = await aGuest(system, 'Trần Thị Bình');
  const sampledAt = new Date(Date.now() - 60_000).toISOString();
  await ask(system, 'POST /cases', { body: { person: guest.id, sampledAt } });
  await seenAs(system, guest.code, 'red');
  return guest;
}

describe('an answer', () => {
  it('is seen also when a sheet was open', async () => {
    const guest = await aGuest(system);
    await openGate(system, window);
    for (const name of ['Cài đặt', 'Không có điện thoại']) {
      await page.getByRole('button', { name }).click();
      await page.locator('dialog').waitFor();
      await wedge(page, guest.code);
      await answer().waitFor();
      await page.locator('dialog').waitFor({ state: 'detached' });
      await answer().click();
      await answer().waitFor({ state: 'detached' });
    }
  });

  it('that turns somebody away is overruled by keyboard alone', async () => {
    const guest = await aSickGuest();
    await openGate(system, window);
    await wedge(page, guest.code);
    await said('Không vào được');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('.answer:has-text("Đã cho vào ngoại lệ")').waitFor();
  });

  it('is the same again for a card that is shown again', async () => {
    const guest = await aGuest(system);
    await openGate(system, window);
    for (let showing = 0; showing < 2; showing++) {
      await wedge(page, guest.code);
      await said('Lượt vào');
      await answer().click();
      await answer().waitFor({ state: 'detached' });
    }
  });

  it('without a network turns the same card away again, which has not come in', async () => {
    const card = phoneCard(system, await somebody(system), { colour: 'red' });
    await openGate(system, window);
    await takeNetwork(window);
    for (let showing = 0; showing < 2; showing++) {
      await wedge(page, card);
      await said('Không vào được');
      await answer().click();
      await answer().waitFor({ state: 'detached' });
    }
  });
});

describe('a phone at the door', () => {
  it('opens its keyboard for whoever touches the field, and for nobody else', async () => {
    await openGate(system, window);
    const mode = () => page.locator('#wedge').getAttribute('inputmode');
    expect(await mode()).toBe('none');
    await page.locator('#wedge').click();
    expect(await mode()).toBe('text');
    await page.getByRole('button', { name: 'Cài đặt' }).focus();
    expect(await mode()).toBe('none');
  });

  it('that opens its old pairing link again says so, and goes on as the gate it is', async () => {
    const { pairingUrl } = await openGate(system, window, { name: 'Chợ Bến Thành' });
    await page.goto(pairingUrl);
    await page.locator('.message.alarm:has-text("đã dùng rồi")').waitFor();
    await page.getByRole('button', { name: 'Dùng tiếp cổng đã ghép nối' }).click();
    await page.locator('.link.online').waitFor();
    expect(await page.locator('.gate-head h1').textContent()).toBe('Chợ Bến Thành');
  });
});
