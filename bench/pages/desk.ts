import type { Browser, Page } from 'playwright-core';
import { systemClock } from '../../config/clock.js';
import { newId } from '../../config/ids.js';
import { staffRoles } from '../../src/auth/caller.js';
import { Tokens } from '../../src/auth/tokens.js';
import { openBrowser } from '../../test/browser/chrome.js';
import { aCrowd, halls, type Asking } from '../../test/browser/crowd.js';
import type { Line } from '../benches.js';
import { median } from '../pairs.js';
import type { Stage } from '../stage.js';
import { inPage } from './window.js';

/** Contacts that are scrolled, that are drawn one by one (UX.md), and that are drawn in groups. */
const [scrolled, single, grouped] = [10_000, 500, 5_000];

/** What an officer takes for smooth: the frames in the middle, and the longest, in milliseconds (assumption). */
const [smoothMs, longestMs] = [20, 100];

/** How soon a graph is there (assumption). */
const drawnMs = 2_000;

/** How long the contacts of a crowd may take to come in. */
const patienceMs = 240_000;

/** An officer's desk with a crowd: how smoothly its contacts scroll, and how soon their graph is drawn. */
export async function desk(stage: Stage): Promise<Line[]> {
  stage.worker();
  const ask = await asOperator(stage);
  const browser = await openBrowser();
  try {
    const page = await openDesk(browser, stage, ask);
    return [
      await scrolling(stage, page, await aCrowd(ask, scrolled)),
      await drawing(stage, page, { id: await aCrowd(ask, single), contacts: single, nodes: single + 1 }),
      await drawing(stage, page, { id: await aCrowd(ask, grouped), contacts: grouped, nodes: halls + 1 }),
    ];
  } finally {
    await browser.close();
  }
}

/** The list of contacts and a blank page take turns. */
async function scrolling(stage: Stage, page: Page, id: string): Promise<Line> {
  const frames = () => page.evaluate<number[]>(`look.scrollFrames('.grid')`);
  const rounds: { blank: number[]; list: number[] }[] = [];
  for (let round = 0; round < stage.pairs; round++) {
    await page.goto('about:blank');
    const blank = await frames();
    await openCase(stage, page, { id, contacts: scrolled });
    rounds.push({ blank, list: await frames() });
  }
  const told = (of: 'blank' | 'list') => {
    const middle = median(rounds.map((round) => median(round[of])));
    return { middle, longest: Math.max(...rounds.map((round) => round[of].at(-1)!)) };
  };
  const [list, blank] = [told('list'), told('blank')];
  const inWords = ({ middle, longest }: typeof list) => `${middle.toFixed(1)} ms, longest ${longest.toFixed(0)} ms`;
  return {
    question: `${scrolled.toLocaleString('en')} contacts of a case scrolled: a frame in the middle, and the longest`,
    against: 'a page without anything',
    target: `≤ ${smoothMs} ms, none above ${longestMs} ms`,
    measured: `${inWords(list)} (${inWords(blank)})`,
    met: list.middle <= smoothMs && list.longest <= longestMs,
  };
}

interface Crowd {
  id: string;
  contacts: number;
}

/** From the press of the button to the points on the screen; who the people are comes in afterwards. */
async function drawing(stage: Stage, page: Page, crowd: Crowd & { nodes: number }): Promise<Line> {
  const took: number[] = [];
  for (let round = 0; round < stage.pairs; round++) {
    await openCase(stage, page, crowd);
    took.push(await page.evaluate<number>('look.untilDrawn()'));
    const nodes = await page.locator('.graph-box').getAttribute('data-nodes');
    if (Number(nodes) !== crowd.nodes) throw new Error(`the graph has ${nodes} points, not ${crowd.nodes}`);
  }
  const [middle, worst] = [median(took) / 1_000, Math.max(...took) / 1_000];
  return {
    question: `the graph of ${crowd.contacts.toLocaleString('en')} contacts, ${crowd.nodes} points, to the screen`,
    against: 'the clock',
    target: `≤ ${drawnMs / 1_000} s`,
    measured: `${middle.toFixed(2)} s (worst of ${took.length}: ${worst.toFixed(2)} s)`,
    met: middle <= drawnMs / 1_000,
  };
}

/** The page of a case, once all its contacts are there. */
async function openCase({ url }: Stage, page: Page, { id, contacts }: Crowd): Promise<void> {
  // Another page in between: the same one with another `#` would not be opened anew.
  await page.goto('about:blank');
  await page.goto(`${url}/officer#/case/${id}`);
  await page.locator('.case-head .state.traced').waitFor({ timeout: patienceMs });
  await page.locator(`.grid[aria-rowcount="${contacts + 1}"]`).waitFor({ timeout: patienceMs });
}

/** A window in which the head of a unit is logged in. */
async function openDesk(browser: Browser, { url }: Stage, ask: Asking): Promise<Page> {
  const made = await ask('POST /users', { body: { username: `head-${newId()}`, roles: ['head'] } });
  const { username, password } = made as Record<string, string>;
  const session = await ask('POST /auth/login', { body: { username, password } });
  const context = await browser.newContext({ baseURL: url, locale: 'vi-VN', viewport: { width: 1440, height: 900 } });
  await context.addInitScript({ path: inPage });
  const kept = JSON.stringify(JSON.stringify(session));
  await context.addInitScript({ content: `sessionStorage.setItem('vetxanh.staff', ${kept})` });
  return context.newPage();
}

/** Asks the API as whoever runs it. */
async function asOperator({ url, world }: Stage): Promise<Asking> {
  const caller = { id: newId(), kind: 'operator' as const, roles: staffRoles };
  const token = await new Tokens(world.secrets, systemClock).sign(caller, 7_200);
  return async (request, { body, csv }) => {
    const [method, path] = request.split(' ') as [string, string];
    const type = csv === undefined ? 'application/json' : 'text/csv';
    const headers = { authorization: `Bearer ${token}`, 'content-type': type };
    const response = await fetch(`${url}/api/v1${path}`, { method, headers, body: csv ?? JSON.stringify(body) });
    if (!response.ok) throw new Error(`${request}: ${await response.text()}`);
    return response.json();
  };
}
