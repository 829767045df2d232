import { openBrowser } from '../../test/browser/chrome.js';
import type { Line } from '../benches.js';
import type { Stage } from '../stage.js';
import { camera } from './camera.js';
import { loading } from './loading.js';

/** The pages in a real browser: how soon they are there, and how soon they answer. */
export async function pages(stage: Stage): Promise<Line[]> {
  const seen = await camera(stage);
  const browser = await openBrowser();
  try {
    return [...(await loading(stage, browser)), ...seen];
  } finally {
    await browser.close();
  }
}
