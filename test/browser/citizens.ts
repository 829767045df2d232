import type { Page } from 'playwright-core';
import { newId } from '../../config/ids.js';
import { ask, type System } from '../system.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** A person whom a desk knows, and the page of a phone that is theirs. */
export async function openCard(system: System, page: Page, more: { name?: string; birthDate?: string } = {}) {
  const { id, url } = await invite(system, more);
  await page.goto(url);
  await page.locator('.pass-card img').waitFor();
  return id;
}

/** A person whom a desk knows, and a link that logs in as them, once. */
export async function invite(system: System, { name = 'Nguyễn Văn An', birthDate = '1990-01-02' } = {}) {
  const identifiers = [{ system: 'import', value: newId() }];
  const made = await ask(system, 'POST /people', { body: { identifiers, name, birthDate } });
  const { id } = made.body as { id: string };
  const { url } = (await ask(system, 'POST /demo/links', { body: { person: id } })).body as { url: string };
  return { id, url };
}

/** Somebody was at a venue from a full minute some hours ago, for so many minutes. */
export async function wasAt(
  system: System,
  person: string,
  venue: string,
  { minutes = 45, hoursAgo = 3 } = {},
): Promise<void> {
  // Whole minutes: two who were together came at one instant.
  const from = Math.floor(Date.now() / minuteMs) * minuteMs - hoursAgo * hourMs;
  const body = { venue, in: iso(from), out: iso(from + minutes * minuteMs) };
  await ask(system, `POST /people/${person}/stays`, { body });
}

/** A case who was where somebody was; resolves to its id once it is confirmed. */
export async function meetCase(system: System, person: string, place = 'Quán cơm Hoa Sen'): Promise<string> {
  const venue = await aPlace(system, place);
  const { id: sick } = await invite(system, { name: 'Trần Thị Bình' });
  await Promise.all([wasAt(system, person, venue), wasAt(system, sick, venue)]);
  const made = await ask(system, 'POST /cases', { body: { person: sick, sampledAt: iso(Date.now() - hourMs) } });
  return (made.body as { id: string }).id;
}

export async function aPlace(system: System, name: string, more: object = {}): Promise<string> {
  const body = { name, kind: 'restaurant', setting: 'closed', ...more };
  return ((await ask(system, 'POST /venues', { body })).body as { id: string }).id;
}

const iso = (ms: number): string => new Date(ms).toISOString();

/** The page works without a network from the moment its worker has put everything on the shelf. */
export const isOnShelf = (page: Page): Promise<void> =>
  page.evaluate(async () => void (await navigator.serviceWorker.ready));
