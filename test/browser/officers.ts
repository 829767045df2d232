import type { Page } from 'playwright-core';
import { newId } from '../../config/ids.js';
import type { Role } from '../../src/auth/caller.js';
import { ask, type System } from '../system.js';

/** A member of staff with the password that was shown once. */
export async function employ(system: System, role: Role = 'head'): Promise<{ username: string; password: string }> {
  const made = await ask(system, 'POST /users', { body: { username: `${role}-${newId()}`, roles: [role] } });
  return made.body as { username: string; password: string };
}

/** The desk of a new officer, by the link of a demo, once news arrives there by itself. */
export async function openDesk(system: System, page: Page, role: Role = 'head'): Promise<void> {
  const { username } = await employ(system, role);
  const { url } = (await ask(system, 'POST /demo/links', { body: { officer: username } })).body as { url: string };
  await page.goto(url);
  await page.locator('.link.online').waitFor();
  await page.locator('.figures').waitFor();
}

/** Logs in on the page that is open. */
export async function logInAs(
  page: Page,
  { username, password }: { username: string; password: string },
): Promise<void> {
  await page.locator('input[autocomplete=username]').fill(username);
  await page.locator('input[type=password]').fill(password);
  await page.keyboard.press('Enter');
}

/** Finds somebody on the page that is open and picks the first who is found. */
export async function pick(page: Page, text: string): Promise<void> {
  await page.locator('form[role=search] input').fill(text);
  await page.keyboard.press('Enter');
  await page.locator('.found button').first().click();
}
