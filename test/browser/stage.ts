import { randomInt } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page, Route } from 'playwright-core';
import { Cards } from '../../config/cards.js';
import { newId } from '../../config/ids.js';
import { loadSecrets } from '../../config/secrets.js';
import type { Colour } from '../../src/domain/admission.js';
import type { ScanReply } from '../../src/events.js';
import { pairGate, registerPerson, type PairedGate } from '../clients.js';
import { ask, startSystem, type System } from '../system.js';
import { until } from '../until.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What tests, as benches, look with from inside a page: `addInitScript({ path: inPage })`. */
export const inPage = resolve(import.meta.dirname, '../../bench/pages/in-page.js');

/** A browser window of somebody, watched: what it says in the console, and whom it asks. */
export interface Window {
  page: Page;
  context: BrowserContext;
  /** Errors in the console, faults of the page, requests to another host. */
  faults: string[];
}

/** Messages of Chromium itself, and of the map’s library, about a network that a test has taken away. */
const expected =
  /net::ERR_(INTERNET_DISCONNECTED|CONNECTION_(REFUSED|RESET|CLOSED)|EMPTY_RESPONSE|NETWORK_CHANGED)|WebSocket connection to|^Error: Worker failed to load/;

export async function openWindow(
  browser: Browser,
  { url }: System,
  options: BrowserContextOptions = {},
): Promise<Window> {
  const context = await browser.newContext({ baseURL: url, locale: 'vi-VN', permissions: ['camera'], ...options });
  const page = await context.newPage();
  const faults: string[] = [];
  watch(context, page, { url, faults });
  return { page, context, faults };
}

/** Follows one more page of a window. */
export function watch(context: BrowserContext, page: Page, { url, faults }: { url: string; faults: string[] }): void {
  page.on('console', (message) => {
    const isRefusal = /the server responded with a status of 4\d\d/.test(message.text());
    if (message.type() === 'error' && !isRefusal && !expected.test(message.text())) faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(`${error.message}\n${error.stack}`));
  context.on('request', (request) => {
    const isOurs = request.url().startsWith(url) || /^(data|blob):/.test(request.url());
    if (!isOurs) faults.push(`asked ${request.url()}`);
  });
}

/** What axe finds that is serious or worse. */
export async function seriousFaults(page: Page): Promise<string[]> {
  // A page's own policy lets no script in: the test's comes past it.
  const session = await page.context().newCDPSession(page);
  const known = await session.send('Runtime.evaluate', { expression: 'Boolean(window.axe)' });
  if (!known.result.value) await session.send('Runtime.evaluate', { expression: axe });
  const { result } = await session.send('Runtime.evaluate', {
    expression: `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => JSON.stringify(
      violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').flatMap(({ id, nodes }) =>
        nodes.map(({ target, any, all }) => id + ' ' + target.join(' ') + ': ' + [...any, ...all].map(({ message }) => message).join('; ')))))`,
    awaitPromise: true,
    returnByValue: true,
  });
  await session.detach();
  return JSON.parse(String(result.value)) as string[];
}

/** The product with a demo's manners. */
export async function openStage(env: Record<string, string> = {}) {
  // Codes that an earlier run was sent are of no use.
  rmSync(join(process.env['TEST_SOLO_DIR'] ?? '', 'app/logs/api.log'), { force: true });
  return startSystem({ env: { DEMO: 'on', ...env } });
}

/** A checkpoint of each system: whoever passes one is known at every door from then on, and is inside nowhere. */
const checkpoints = new WeakMap<System, Promise<PairedGate>>();

/** Waits until the doors know a guest in this colour: for a new face the graph may take longer than a door waits. */
export async function seenAs(system: System, code: string, colour: Colour): Promise<void> {
  const made = checkpoints.get(system) ?? pairGate(system, 'Checkpoint', 'checkpoint');
  checkpoints.set(system, made);
  const { socket } = await made;
  await until(`the doors see ${colour}`, async () => {
    const scan = { scanId: newId(), code, direction: 'in', scannedAt: new Date().toISOString() };
    const reply = (await socket.emitWithAck('scan', scan)) as ScanReply;
    return reply.ok && reply.data.displayName !== '' && reply.data.colour === colour;
  });
}

/** A venue with a gate; the link pairs one browser. */
export async function makeGate(system: System, more: object = {}) {
  const body = { name: 'Quán cơm Hoa Sen', kind: 'restaurant', setting: 'closed', capacity: 40, ...more };
  const { id } = (await ask(system, 'POST /venues', { body })).body as { id: string };
  const made = await ask(system, `POST /venues/${id}/gates`, { body: { name: 'Cửa trước' } });
  const { gateId, pairingUrl } = made.body as { gateId: string; pairingUrl: string };
  return { venue: id, gateId, pairingUrl };
}

/** A person with a printed card, known by name, birth date and gender. */
export async function aGuest(system: System, name = 'Nguyễn Văn An') {
  const identifiers = [{ system: 'import', value: newId() }];
  const body = { identifiers, name, birthDate: '1990-01-02', gender: 'male' };
  const { id } = (await ask(system, 'POST /people', { body })).body as { id: string };
  const card = await ask(system, `POST /people/${id}/cards`, { body: { kind: 'printed' } });
  const { code } = card.body as { code: string };
  await seenAs(system, code, 'green');
  return { id, code };
}

/** A rotating card with a colour in it, as a phone shows it to a gate that is offline. */
export function phoneCard(
  { dataDir }: System,
  person: string,
  of: { colour?: Colour; ageMs?: number; card?: string } = {},
) {
  const { colour = 'green', ageMs = 0, card = newId() } = of;
  const issuedAt = Math.floor((Date.now() - ageMs) / 1_000) * 1_000;
  const cards = new Cards(loadSecrets(dataDir));
  return cards.issue({ person, card, kind: 'rotating', issuedAt, expiresAt: issuedAt + 60_000, colour });
}

/** Many people at once, by internal id. */
export async function somebody(system: System): Promise<string> {
  return (await registerPerson(system)).id;
}

/** Opens a gate in a window and waits until it is online. */
export async function openGate(system: System, window: Window, more: object = {}) {
  const gate = await makeGate(system, more);
  await window.page.goto(gate.pairingUrl);
  await window.page.locator('.link.online').waitFor();
  return gate;
}

/** Waits until a page needs no network any more: it is on the shelf, and nothing of it is still on its way. */
export async function isWhole(page: Page): Promise<void> {
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await page.waitForLoadState('networkidle');
}

/** Takes the network from a gate whose page is whole. */
export async function takeNetwork({ page, context }: Window): Promise<void> {
  await isWhole(page);
  await context.setOffline(true);
  await page.locator('.link.offline').waitFor();
}

/** Types a code as a hardware reader does. */
export async function wedge(page: Page, code: string): Promise<void> {
  await page.evaluate((text) => {
    const field = document.querySelector<HTMLInputElement>('#wedge')!;
    field.value = text;
    field.form!.requestSubmit();
  }, code);
}

/** The next request to an address is made with a token that has ended. */
export async function endSession(page: Page, address: string): Promise<void> {
  const dead = (route: Route) =>
    route.continue({ headers: { ...route.request().headers(), authorization: 'Bearer over' } });
  await page.route(address, dead, { times: 1 });
}

/** A phone number that nobody else uses. */
export const aPhone = (): string => `09${String(randomInt(100_000_000)).padStart(8, '0')}`;

/** The one-time code that was last sent to a phone, out of the log of the demo. */
export async function oneTimeCode({ dataDir }: System, phone: string): Promise<string> {
  return until('a one-time code is sent', () => {
    const log = readFileSync(join(dataDir, 'logs/api.log'), 'utf8');
    const found = [...log.matchAll(new RegExp(`one-time code for …${phone.slice(-3)}: (\\d{6})`, 'g'))].at(-1);
    return found?.[1];
  });
}

/** Logs in on the page that is open. */
export async function logIn(system: System, page: Page, phone: string): Promise<void> {
  await page.locator('input[type=tel]').fill(phone);
  // The page of a session that has ended waits behind the log-in, with forms of its own.
  const next = page.locator('form .button.main:visible');
  await next.click();
  const field = page.locator('.input.code');
  await field.waitFor();
  await field.fill(await oneTimeCode(system, phone));
  await next.click();
  await field.waitFor({ state: 'detached' });
}
