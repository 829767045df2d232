import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { systemClock } from '../../config/clock.js';
import { openBrowser } from '../../test/browser/chrome.js';
import type { Line } from '../benches.js';
import { inPairs, type Measured } from '../pairs.js';
import { RawSocket } from '../raw-socket.js';
import type { Stage } from '../stage.js';
import { arrivedSince, endOfFacts } from './arrived.js';
import { openWindow } from './window.js';

/** Scans that a gate keeps at least while it is offline, and the most it sends at once (UX.md, API.md). */
const kept = 50_000;
const batch = 500;

/** A browser may be slower than a client that does nothing else: it shows progress, and its queue is on the disk (assumption). */
const floor = 0.8;

/** Scans of the last hour, as an offline gate leaves them. */
interface Left {
  codes: string[];
  prefix: string;
  fromMs: number;
}

/** 50,000 scans that wait in a browser are uploaded, against a plain socket that sends the same in the same batches. */
export async function upload(stage: Stage): Promise<Line[]> {
  const browser = await openBrowser();
  try {
    return await compared(stage, browser);
  } finally {
    await browser.close();
  }
}

async function compared(stage: Stage, browser: Browser): Promise<Line[]> {
  const codes = readFileSync(stage.world.codes, 'utf8').trim().split('\n');
  const left = (): Left => ({
    codes,
    prefix: randomBytes(6).toString('hex'),
    fromMs: systemClock() - kept - 60_000,
  });
  // Everybody has been seen once: a system that runs knows its people.
  await plain(stage, left());
  const ours = () => counted(stage, left(), (what) => inBrowser(stage, browser, what));
  const theirs = () => counted(stage, left(), (what) => plain(stage, what));
  const pairs = Math.min(stage.pairs, 3);
  const ratios = await inPairs(ours, theirs, pairs);
  const rate = Math.round(ratios.ours.reduce((sum, { speed }) => sum + speed, 0) / ratios.ours.length);
  return [
    {
      question: `${kept.toLocaleString('en')} scans that waited in a browser, uploaded in order`,
      against: 'a plain socket that sends the same batches',
      target: `≥ ${floor}x`,
      measured: `${ratios.speed.toFixed(2)}x (${rate.toLocaleString('en')} scans a second)`,
      met: ratios.speed >= floor,
      pairs,
    },
  ];
}

/** Measures, and throws unless every scan of it is in the stream exactly once. */
async function counted(stage: Stage, left: Left, measure: (left: Left) => Promise<number>): Promise<Measured> {
  const redis = stage.redis;
  try {
    const before = await endOfFacts(redis);
    const speed = await measure(left);
    const numbers = await arrivedSince(redis, before, left.prefix);
    if (numbers.length !== kept || new Set(numbers).size !== kept)
      throw new Error(`${numbers.length} scans arrived, ${new Set(numbers).size} different ones, of ${kept}`);
    return { speed };
  } finally {
    redis.disconnect();
  }
}

/** Scans a second of a client that has them in memory and sends batch after batch. */
async function plain({ url, world }: Stage, { codes, prefix, fromMs }: Left): Promise<number> {
  const socket = await RawSocket.connect(url, '/gate', world.token);
  const start = performance.now();
  for (let from = 0; from < kept; from += batch) {
    const scans = Array.from({ length: batch }, (_, at) => ({
      scanId: `${prefix}-${from + at}`,
      code: codes[(from + at) % codes.length],
      direction: 'in',
      scannedAt: fromMs + from + at,
      decided: 'allow',
    }));
    const reply = await socket.ask('scans', JSON.stringify(scans));
    if (reply.includes('"ok":false')) throw new Error(`not all were taken: ${reply.slice(0, 300)}`);
  }
  socket.close();
  return kept / ((performance.now() - start) / 1_000);
}

/** Scans a second of the gate's page: kept on its disk through a reload, then sent with progress. */
async function inBrowser(stage: Stage, browser: Browser, left: Left): Promise<number> {
  const { context, page } = await openWindow(browser, stage);
  try {
    await page.goto('/gate');
    await page.locator('.link.online').waitFor();
    await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
    await context.setOffline(true);
    await page.locator('.link.offline').waitFor();
    await page.evaluate(`look.fillQueue(${JSON.stringify({ ...left, gate: stage.world.gate, count: kept })})`);
    await page.reload();
    await page.locator(`.bars:has-text("${kept} lượt chờ gửi")`).waitFor();
    await page.evaluate('look.watchUpload()');
    await context.setOffline(false);
    await page.locator('.link.online:not(:has-text("chờ gửi"))').waitFor({ timeout: 300_000 });
    return rateOf(page);
  } finally {
    await context.close();
  }
}

/** Between the first and the last step of the upload that the page showed. */
async function rateOf(page: Page): Promise<number> {
  const steps = await page.evaluate<[number, number][]>('look.uploads');
  const [start, before] = steps[0] ?? [0, 0];
  const [end, after] = steps.at(-1) ?? [0, 0];
  if (after - before < kept / 2) throw new Error(`the page showed no progress: ${JSON.stringify(steps)}`);
  return (after - before) / ((end - start) / 1_000);
}
