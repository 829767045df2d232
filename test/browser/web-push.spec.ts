import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { PushService } from '../push-service.js';
import type { System } from '../system.js';
import { until } from '../until.js';
import type { Subscription } from '../../src/web-push.js';
import { openBrowser } from './chrome.js';
import { isOnShelf, meetCase, openCard } from './citizens.js';
import { openStage, openWindow, type Window } from './stage.js';

const service = new PushService();
let system: System;
let browser: Browser;
let window: Window;
let page: Page;
beforeAll(async () => {
  await service.open();
  process.env['PUSH_SERVICES'] = service.origin;
  [system, browser] = await Promise.all([openStage(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
  service.close();
});
beforeEach(async () => {
  window = await openWindow(browser, system, { permissions: ['camera', 'notifications'] });
  page = window.page;
});
afterEach(async () => {
  const { faults } = window;
  await window.context.close();
  expect(faults).toEqual([]);
});

/** The browser's own way to its maker's service: here it leads to the one of this test. */
function useService(subscription: Subscription): void {
  const made = { toJSON: () => subscription, unsubscribe: () => Promise.resolve(true) };
  PushManager.prototype.subscribe = () => Promise.resolve(made as unknown as PushSubscription);
  PushManager.prototype.getSubscription = () => Promise.resolve(null);
}

/**
 * The Chromium of npm has nothing that shows notifications, and calls them denied whatever it is told: where it runs, what
 * would be shown is written down instead. A Chromium on the PATH shows them.
 */
function allowNotifications(): void {
  if (Notification.permission === 'granted') return;
  Object.defineProperty(Notification, 'permission', { get: () => 'granted' });
  Notification.requestPermission = () => Promise.resolve('granted');
}
function writeDownWhatIsShown(): void {
  if (Notification.permission === 'granted') return;
  const written: Notification[] = [];
  const { prototype } = ServiceWorkerRegistration;
  prototype.showNotification = (title, { body = '' } = {}) => {
    written.push({ title, body } as Notification);
    return Promise.resolve();
  };
  prototype.getNotifications = () => Promise.resolve(written);
}

/** Turns messages on for a phone; resolves to whose it is and to a page that stays open beside. */
async function withMessages() {
  const phone = service.subscribe();
  await page.addInitScript(allowNotifications);
  await page.addInitScript(useService, phone);
  const person = await openCard(system, page);
  await isOnShelf(page);
  await page.getByRole('button', { name: 'Bật thông báo' }).click();
  await page.locator('text=được báo cả khi trang đã đóng').waitFor();
  const told = () => service.messages.filter(({ endpoint }) => endpoint === phone.endpoint);
  return { person, told };
}

/** The worker of the page as the browser knows it, over a page that is none of ours. */
async function theWorker(): Promise<{ session: CDPSession; registrationId: string }> {
  const beside = await window.context.newPage();
  const session = await window.context.newCDPSession(beside);
  let found: string | undefined;
  session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
    found = registrations.find(({ scopeURL }) => scopeURL.endsWith('/citizen'))?.registrationId ?? found;
  });
  await session.send('ServiceWorker.enable');
  await worker().evaluate(writeDownWhatIsShown);
  return { session, registrationId: await until('the worker is known', () => found) };
}

const worker = () => window.context.serviceWorkers()[0]!;

/** Until the worker has heard that a page was closed, the page is looked at for it, and it keeps silent. */
const seesNoPage = () =>
  worker().evaluate(async () => {
    const { clients } = self as unknown as { clients: { matchAll: (which: object) => Promise<unknown[]> } };
    return (await clients.matchAll({ type: 'window', includeUncontrolled: true })).length === 0;
  });

const shown = async () => {
  return worker().evaluate(async () => {
    const { registration } = self as unknown as { registration: ServiceWorkerRegistration };
    return (await registration.getNotifications()).map(({ title, body }) => `${title}: ${body}`);
  });
};

describe('a phone', () => {
  it('whose page is closed is told that there is news, and shows it', async () => {
    const { person, told } = await withMessages();
    const { session, registrationId } = await theWorker();
    await page.close();
    await meetCase(system, person);
    const [message] = await until('the push service has it', () => (told().length ? told() : undefined));
    expect(message!.text).toBe('open');
    await until('the worker has heard that the page is closed', seesNoPage);
    await session.send('ServiceWorker.deliverPushMessage', { origin: system.url, registrationId, data: message!.text });
    const [text] = await until('it is shown', async () => ((await shown()).length ? shown() : undefined));
    expect(text).toMatch(/^VetXanh: Thẻ của bạn có tin mới/);
  });

  it('whose page is looked at has heard already, and shows nothing more', async () => {
    const { person, told } = await withMessages();
    const { session, registrationId } = await theWorker();
    await page.bringToFront();
    await meetCase(system, person);
    await page.locator('.change').waitFor();
    await until('the push service has it', () => told().length > 0);
    await session.send('ServiceWorker.deliverPushMessage', { origin: system.url, registrationId, data: 'open' });
    // What a worker is handed later is done later: once this is answered, the message was dealt with.
    expect(await shown()).toEqual([]);
  });

  it('is told no more once it is turned off', async () => {
    const { person, told } = await withMessages();
    await page.getByRole('button', { name: 'Tắt thông báo' }).click();
    await page.getByRole('button', { name: 'Bật thông báo' }).waitFor();
    await meetCase(system, person);
    await page.locator('.colour.red').waitFor();
    expect(told()).toEqual([]);
  });
});
