import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Stage } from '../stage.js';

/** What benches look with from inside a page, from the sources as from `dist`. */
export const inPage = ['in-page.js', '../../../bench/pages/in-page.js']
  .map((name) => fileURLToPath(new URL(name, import.meta.url)))
  .find(existsSync)!;

/** A window that has seen nothing yet, on a device that is the gate of the stage. */
export async function openWindow(
  browser: Browser,
  { url, world }: Stage,
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ baseURL: url, locale: 'vi-VN', permissions: ['camera'] });
  await context.addInitScript({ path: inPage });
  await context.addInitScript({ content: `localStorage.setItem('vetxanh.gate', ${JSON.stringify(world.token)})` });
  return { context, page: await context.newPage() };
}
