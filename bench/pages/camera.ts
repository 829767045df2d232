import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openBrowser } from '../../test/browser/chrome.js';
import { fps, writeFilm } from '../../test/browser/film.js';
import type { Line } from '../benches.js';
import { median } from '../pairs.js';
import type { Stage } from '../stage.js';
import { openWindow } from './window.js';

/** From a code in view to the answer on the screen, on a local network (UX.md). */
const budgetMs = 300;

/** The first answers load the decoder and warm both sides; they are not counted. */
const warm = 2;

/** People hold their codes before the camera one after the other. */
export async function camera(stage: Stage): Promise<Line[]> {
  const codes = readFileSync(stage.world.codes, 'utf8').trim().split('\n').slice(0, 4);
  const film = join(mkdtempSync(join(tmpdir(), 'vetxanh-film-')), 'door.y4m');
  const blank = { code: undefined, frames: fps };
  writeFilm(film, codes.flatMap((code) => [blank, { code, frames: fps }])); // prettier-ignore
  const browser = await openBrowser(film);
  try {
    const { page } = await openWindow(browser, stage);
    await page.goto('/gate');
    await page.evaluate('look.watchCamera()');
    const wanted = stage.pairs * 3 + warm;
    const frames = () => page.evaluate<number[]>('look.frames');
    while ((await frames()).length < wanted) await pause(200);
    const took = (await frames()).slice(warm, wanted);
    const middle = median(took);
    return [
      {
        question: 'code in view of the camera to the answer on the screen',
        against: 'the clock',
        target: `≤ ${budgetMs} ms`,
        measured: `${middle.toFixed(0)} ms (worst of ${took.length}: ${Math.max(...took).toFixed(0)} ms)`,
        met: middle <= budgetMs,
      },
    ];
  } finally {
    await browser.close();
  }
}
