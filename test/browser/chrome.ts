import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import sparticuz from '@sparticuz/chromium';
import { chromium, type Browser } from 'playwright-core';

/** Names a browser has on the PATH. */
const names = ['chromium', 'chromium-browser', 'google-chrome', 'chrome'];

const args = [
  '--no-sandbox',
  '--disable-gpu',
  // Maps are drawn by the processor: WebGL without a graphics card.
  '--enable-unsafe-swiftshader',
  '--disable-dev-shm-usage',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
];

/** Where nobody looks at what a camera shows, painting it need not take the processor from the rest; Chromium's least. */
const fewestFrames = 5;

/** A real Chromium: `CHROME_PATH`, one on the PATH, else that of npm; its camera shows `film`, a file of frames. */
export async function openBrowser(film?: string): Promise<Browser> {
  const executablePath = process.env['CHROME_PATH'] || onPath() || (await sparticuz.executablePath());
  const camera = film
    ? ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`]
    : [`--use-fake-device-for-media-stream=fps=${fewestFrames}`];
  return chromium.launch({ executablePath, headless: true, args: [...args, ...camera] });
}

function onPath(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find((file) => existsSync(file));
}
