import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { System } from '../system.js';
import { openWindow, seriousFaults, type Window } from './stage.js';

/**
 * Every page in every state, in both languages, on a phone and on a desk, in light and in dark: nothing serious found
 * by axe, nothing wider than the screen, nothing in the console. `npm run screens` keeps the pictures.
 */
const pictures = process.env['SCREENS'] ? resolve(import.meta.dirname, '../../docs/screens') : undefined;

const phone = { width: 390, height: 844 };
const desk = { width: 1280, height: 800 };
export interface Look {
  look: string;
  viewport: { width: number; height: number };
  colorScheme: 'light' | 'dark';
  lang: 'vi' | 'en';
}
const inPictures: Look[] = [
  { look: 'phone-light-vi', viewport: phone, colorScheme: 'light', lang: 'vi' },
  { look: 'phone-dark-en', viewport: phone, colorScheme: 'dark', lang: 'en' },
  { look: 'desk-light-en', viewport: desk, colorScheme: 'light', lang: 'en' },
  { look: 'desk-dark-vi', viewport: desk, colorScheme: 'dark', lang: 'vi' },
];

/** Without pictures two opposite looks: each screen, each scheme and each language is seen once. */
const opposite: Look[] = [
  { look: 'phone-light-vi', viewport: phone, colorScheme: 'light', lang: 'vi' },
  { look: 'desk-dark-en', viewport: desk, colorScheme: 'dark', lang: 'en' },
];
export const looks = pictures ? inPictures : opposite;

/** The long tours are made where pictures are taken: they need some ten minutes. */
export const eachLook = (pictures ? describe : describe.skip).each(looks);

/** A window as somebody of this look has it. */
export async function openAs(browser: Browser, system: System, { viewport, colorScheme, lang }: Look): Promise<Window> {
  const window = await openWindow(browser, system, { viewport, colorScheme, reducedMotion: 'reduce' });
  await window.context.addInitScript((language) => localStorage.setItem('vetxanh.language', language), lang);
  return window;
}

const still = { animations: 'disabled', caret: 'hide' } as const;

/** The whole page on a screen as high as it is, so that what sticks to an edge of the screen is at an edge. */
async function wholePage(page: Page): Promise<Buffer> {
  const size = page.viewportSize()!;
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ ...size, height: Math.max(size.height, height) });
  const picture = await page.screenshot(still);
  await page.setViewportSize(size);
  return picture;
}

/** Looks at one state: its picture, what axe says, whether it fits. */
export async function look(page: Page, { look: name }: Look, state: string, whole = false): Promise<string[]> {
  await page.evaluate(() => document.fonts.ready);
  if (pictures) {
    mkdirSync(pictures, { recursive: true });
    const picture = await (whole ? wholePage(page) : page.screenshot(still));
    writeFileSync(join(pictures, `${state}-${name}.png`), picture);
  }
  return faultsIn(page, state);
}

/** What is wrong with a page as it stands: what axe finds, and what does not fit. */
export async function faultsIn(page: Page, state: string): Promise<string[]> {
  const found = await seriousFaults(page);
  const width = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  return [...found, ...(width > 0 ? [`${width} px wider than the screen`] : [])].map((fault) => `${state}: ${fault}`);
}
