import { describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { ask, type System } from '../system.js';
import { until } from '../until.js';
import { invite, isOnShelf, meetCase, openCard } from './citizens.js';
import { eachInWindow } from './scene.js';
import { aPhone, logIn, openGate, openWindow, wedge, type Window } from './stage.js';

let system: System;
let browser: Browser;
let window: Window;
let page: Page;
eachInWindow((scene) => ({ system, browser, window, page } = scene));

const colour = () => page.locator('.colour h1').textContent();
const codeShown = () => page.locator('.pass-card img').getAttribute('data-code');

describe('logging in', () => {
  it('by phone and code gives a card, grey until a desk knows who it is, and a door takes its code', async () => {
    await page.goto('/citizen');
    await logIn(system, page, aPhone());
    await page.locator('.pass-card img').waitFor();
    await until('the colour is there', async () => (await colour()) === 'Chưa áp dụng');
    const door = await openWindow(browser, system);
    await openGate(system, door);
    await wedge(door.page, (await codeShown())!);
    await door.page.locator('.answer.grey').waitFor();
    expect(door.faults).toEqual([]);
    await door.context.close();
  });

  it('by the link of a demo works once, and the page says that nothing is real', async () => {
    const { url } = await invite(system);
    await page.goto(url);
    await page.locator('.pass-card:has-text("Nguyễn Văn An")').waitFor();
    expect(new URL(page.url()).hash).toBe('');
    await page.locator('.demo-mark').waitFor();
    const other = await openWindow(browser, system);
    await other.page.goto(url);
    await other.page.locator('text=Liên kết này đã dùng rồi').waitFor();
    await other.context.close();
  });
});

describe('the card', () => {
  it('turns red with its reason the moment a case is confirmed, and green again when it is taken back', async () => {
    const person = await openCard(system, page);
    await until('it is green', async () => (await colour()) === 'Được đi lại');
    const caseId = await meetCase(system, person);
    await page.locator('.change:has-text("từ “Được đi lại” sang “Ở tại nhà”")').waitFor();
    expect(await colour()).toBe('Ở tại nhà');
    await page.locator('.change a').click();
    await page.locator('text=/ở gần một ca bệnh tại nơi kín khoảng 45 phút/').waitFor();
    await page.locator('text=/màu hoặc lý do sẽ thay đổi lúc/').waitFor();
    expect(await page.locator('main').innerText()).not.toContain('Bình');
    await ask(system, `POST /cases/${caseId}/retract`, { body: { reason: 'Nhầm mẫu.' } });
    await page.locator('.why-head.green').waitFor();
    await until('the history has both', async () => (await page.locator('.entry').count()) >= 2);
  });

  it('that changed while the page was closed says so when it is opened', async () => {
    const person = await openCard(system, page);
    await until('it is green', async () => (await colour()) === 'Được đi lại');
    await page.goto('about:blank');
    await meetCase(system, person);
    await page.goto('/citizen');
    await page.locator('.change:has-text("sang “Ở tại nhà”")').waitFor();
    await page.locator('.change button').click();
    await page.reload();
    await page.locator('.colour.red').waitFor();
    expect(await page.locator('.change').count()).toBe(0);
  });

  it('that was shown while the socket had not come through says so too', async () => {
    await window.context.routeWebSocket(/socket\.io/, (socket) => void socket.close());
    const person = await openCard(system, page);
    await until('it is green', async () => (await colour()) === 'Được đi lại');
    await meetCase(system, person);
    // Without a socket the page asks when it is opened, and then only half a minute later.
    await until('the person is red', async () => {
      const { body } = await ask(system, `GET /people/${person}/status`, { headers: { purpose: 'care' } });
      return (body as { colour: string }).colour === 'red';
    });
    await page.reload();
    await page.locator('.colour.red').waitFor();
    await window.context.routeWebSocket(/socket\.io/, (socket) => void socket.connectToServer());
    await page.locator('.change:has-text("sang “Ở tại nhà”")').waitFor();
  });

  it('changes its code before the old one is over', async () => {
    await page.clock.install();
    await openCard(system, page);
    const first = await codeShown();
    await page.clock.fastForward('00:45');
    await until('there is another', async () => (await codeShown()) !== first);
    expect(await page.locator('.pass-card .old').count()).toBe(0);
  });

  it('opens without a network for its last minute, and then says that it is too old and what to do', async () => {
    await openCard(system, page);
    await isOnShelf(page);
    await page.reload();
    await page.locator('.pass-card img').waitFor();
    await window.context.setOffline(true);
    await page.reload();
    await page.locator('.pass-card img:not(.over)').waitFor();
    await page.locator('text=/Đây là màu lúc/').waitFor();
    await page.locator('.demo-mark').waitFor();
    await page.evaluate(() => {
      const kept = JSON.parse(localStorage.getItem('vetxanh.citizen')!) as { cards: Record<string, { until: number }> };
      for (const card of Object.values(kept.cards)) card.until = Date.now() - 1;
      localStorage.setItem('vetxanh.citizen', JSON.stringify(kept));
    });
    await page.reload();
    await page.locator('.pass-card:has-text("Mã quá cũ"):has-text("CCCD")').waitFor();
    await window.context.setOffline(false);
    await page.locator('.pass-card img:not(.over)').waitFor();
  });

  it('that was not looked at for a while is renewed without alarm', async () => {
    await openCard(system, page);
    let answer: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    await page.addInitScript(() => {
      const kept = JSON.parse(localStorage.getItem('vetxanh.citizen')!) as { cards: Record<string, object> };
      const over = { since: Date.now() - 120_000, until: Date.now() - 60_000 };
      for (const [person, card] of Object.entries(kept.cards)) kept.cards[person] = { ...card, ...over };
      localStorage.setItem('vetxanh.citizen', JSON.stringify(kept));
    });
    await page.route('**/api/v1/me/card', (route) => held.then(() => route.continue()));
    await page.reload();
    await page.locator('.pass-card [role=status]').waitFor();
    expect(await page.locator('.pass-card').innerText()).not.toContain('Mã quá cũ');
    answer();
    await page.locator('.pass-card img:not(.over)').waitFor();
  });

  it('is one of a family: a child is added, shows a card of its own, and is let go', async () => {
    await openCard(system, page);
    const own = await codeShown();
    await page.getByRole('button', { name: 'Người thân…' }).click();
    await page.getByLabel('Họ và tên').fill('Nguyễn Minh Khôi');
    await page.getByLabel('Ngày sinh').fill('2015-06-01');
    await page.getByRole('button', { name: 'Thêm', exact: true }).click();
    await page.locator('text=Đã thêm.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Nguyễn Minh Khôi' }).click();
    await page.locator('.pass-card:has-text("Nguyễn Minh Khôi") img').waitFor();
    expect(await codeShown()).not.toBe(own);
    await page.getByRole('button', { name: 'Người thân…' }).click();
    await page.getByRole('button', { name: 'Bỏ' }).click();
    await page.getByRole('button', { name: 'Bỏ thật?' }).click();
    await page.keyboard.press('Escape');
    await page.locator('.pass-card:has-text("Nguyễn Văn An") img').waitFor();
  });

  it('tells the colour of another place', async () => {
    const csv = 'code,name,parent,level\r\nzz-1,Tỉnh Thử Nghiệm,,province\r\n';
    await ask(system, 'POST /imports/units', { csv });
    await openCard(system, page);
    await page.getByRole('button', { name: 'Nơi bạn ở' }).click();
    await page.getByLabel('Tìm tỉnh').fill('thu nghiem');
    await page.getByRole('button', { name: 'Tỉnh Thử Nghiệm' }).click();
    await page.getByRole('button', { name: 'Ở Tỉnh Thử Nghiệm' }).waitFor();
    await page.locator('.colour h1').waitFor();
  });
});

describe('the colour of a chosen place', () => {
  const area = /\/me\/status\?area=/;
  const choose = () =>
    page.evaluate(() => {
      const kept = JSON.parse(localStorage.getItem('vetxanh.citizen')!) as object;
      localStorage.setItem('vetxanh.citizen', JSON.stringify({ ...kept, place: { code: 'zz-2', name: 'Xã Xa' } }));
    });

  it('has its own reason, and that of home is one press away', async () => {
    await openCard(system, page);
    await choose();
    const text = { vi: 'Chỉ ra đường khi cần.' };
    const told = { colour: 'yellow', rule: 'far', reasons: [], text, nextChangeAt: null, version: 1 };
    await page.route(area, (route) => route.fulfill({ json: { ...told, at: new Date().toISOString() } }));
    await page.reload();
    await page.locator('.colour.yellow').getByRole('link', { name: 'Vì sao?' }).click();
    await page.locator('.why-head.yellow').waitFor();
    await page.locator('.lead:has-text("Chỉ ra đường khi cần.")').waitFor();
    await page.getByRole('link', { name: 'Nơi bạn ở' }).click();
    await page.locator('.why-head.green').waitFor();
    await page.getByRole('link', { name: 'Ở Xã Xa' }).click();
    await page.locator('.why-head.yellow').waitFor();
  });

  it('that cannot be told leaves the way back to the own one', async () => {
    await openCard(system, page);
    await choose();
    await page.route(area, (route) => route.fulfill({ status: 404, json: { type: 'not-found' } }));
    await page.reload();
    await page.locator('.colour [role=alert]').waitFor();
    await page.getByRole('button', { name: 'Ở Xã Xa' }).click();
    await page.getByRole('button', { name: 'Nơi bạn ở' }).click();
    await page.locator('.colour.green h1').waitFor();
  });
});

describe('by keyboard alone', () => {
  it('one logs in, reaches every page, and says that something is wrong', async () => {
    await page.goto((await invite(system)).url);
    await page.locator('.pass-card img').waitFor();
    const tabTo = async (name: string) => {
      for (let presses = 0; presses < 40; presses++) {
        await page.keyboard.press('Tab');
        if ((await page.evaluate(() => document.activeElement?.textContent)) === name) return;
      }
      throw new Error(`${name} cannot be reached`);
    };
    for (const [name, title] of [
      ['Nơi đến', 'Nơi bạn đã đến'],
      ['Hồ sơ', 'Hồ sơ của bạn'],
      ['Riêng tư', 'Riêng tư'],
    ] as const) {
      await tabTo(name);
      await page.keyboard.press('Enter');
      await page.locator(`h1:has-text("${title}")`).waitFor();
    }
    await tabTo('Vì sao');
    await page.keyboard.press('Enter');
    await page.locator('.why-head').waitFor();
    await tabTo('Điều này sai');
    await page.keyboard.press('Enter');
    await page.locator('dialog textarea').waitFor();
    await tabTo('');
    await page.keyboard.type('Hôm đó tôi ở nhà.');
    await tabTo('Gửi khiếu nại');
    await page.keyboard.press('Enter');
    await page.locator('.big-number').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
  });
});
