import type { Browser, CDPSession } from 'playwright-core';
import type { Line } from '../benches.js';
import { median } from '../pairs.js';
import type { Stage } from '../stage.js';
import { openWindow } from './window.js';

/** Pages, what people use first on each, and their budgets of script and style in kB of 1,024 (UX.md). */
const pages = [
  { name: 'gate', address: () => '/gate', first: '#wedge', budget: 150 },
  { name: 'check-in', address: (code: string) => `/v/${code}`, first: 'input[type=tel]', budget: 150 },
  { name: 'owner', address: () => '/owner', first: 'input[type=tel]', budget: 150 },
  { name: 'citizen', address: () => '/citizen', first: 'input[type=tel]', budget: 150 },
  { name: 'officer', address: () => '/officer', first: 'input[type=password]', budget: 600 },
];

/** How much slower than this machine a phone is, and how soon it may be used (UX.md). */
const slowedBy = 4;
const usableMs = 2_000;

interface Loaded {
  /** Bytes as they came over the wire: what the page names itself, and what it asked for later. */
  first: number;
  later: number;
  usableMs: number;
}

/** How much a first visit loads, and how soon the page can be used on a slow phone. */
export async function loading(stage: Stage, browser: Browser): Promise<Line[]> {
  const lines: Line[] = [];
  for (const { name, address, first, budget } of pages) {
    const seen: Loaded[] = [];
    for (let time = 0; time < stage.pairs; time++)
      seen.push(await visit(stage, browser, address(stage.world.venue), first));
    const [kB, later] = [seen[0]!.first / 1_024, seen[0]!.later / 1_024];
    const usable = median(seen.map((one) => one.usableMs));
    const worst = Math.max(...seen.map((one) => one.usableMs));
    lines.push({
      question: `${name}: script and style of the first load`,
      against: 'the wire',
      target: `≤ ${budget} kB`,
      measured: `${kB.toFixed(0)} kB (${later.toFixed(0)} kB more once it is shown)`,
      met: kB <= budget,
    });
    lines.push({
      question: `${name}: usable after a first load, CPU slowed down ${slowedBy} times`,
      against: 'the clock',
      target: `≤ ${usableMs / 1_000} s`,
      measured: `${(usable / 1_000).toFixed(2)} s (worst of ${seen.length}: ${(worst / 1_000).toFixed(2)} s)`,
      met: usable <= usableMs,
    });
  }
  return lines;
}

async function visit(stage: Stage, browser: Browser, address: string, first: string): Promise<Loaded> {
  const html = await (await fetch(`${stage.url}${address}`)).text();
  const own = new Set([...html.matchAll(/"(\/assets\/[^"]+)"/g)].map(([, file]) => `${stage.url}${file}`));
  const { context, page } = await openWindow(browser, stage);
  try {
    const session: CDPSession = await context.newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowedBy });
    await page.goto(address, { waitUntil: 'commit' });
    const usable = await page.evaluate<number>(`look.untilUsable('${first}')`);
    const files = await page.evaluate<{ name: string; bytes: number }[]>(
      `performance.getEntriesByType('resource').map(({ name, encodedBodySize: bytes }) => ({ name, bytes }))`,
    );
    const scripts = files.filter(({ name }) => /\.(js|css)$/.test(name));
    const sum = (some: typeof files) => some.reduce((bytes, file) => bytes + file.bytes, 0);
    const isOwn = ({ name }: { name: string }) => own.has(name);
    return { first: sum(scripts.filter(isOwn)), later: sum(scripts.filter((file) => !isOwn(file))), usableMs: usable };
  } finally {
    await context.close();
  }
}
