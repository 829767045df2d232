import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { System } from '../system.js';
import { openBrowser } from './chrome.js';
import { openStage, openWindow, type Window } from './stage.js';

/** What a test of the pages plays on. */
export interface Scene {
  system: System;
  browser: Browser;
  /** Opened for each test; nothing may have gone wrong in it by the end. */
  window: Window;
  page: Page;
}

type Opened = Pick<Scene, 'system' | 'browser'>;

const onceOpen: ((opened: Opened) => void)[] = [];

/** One system and one browser for all tests of a file, whichever parts it has: to start them takes seconds. */
export function onStage(take: (opened: Opened) => void): void {
  onceOpen.push(take);
  if (onceOpen.length > 1) return;
  let opened: Opened | undefined;
  beforeAll(async () => {
    const [system, browser] = await Promise.all([openStage(), openBrowser()]);
    opened = { system, browser };
    for (const one of onceOpen) one(opened);
  }, 180_000);
  afterAll(async () => {
    await opened?.browser.close();
    await opened?.system.stop();
  });
}

const forEach: ((scene: Scene) => void)[] = [];
let optionsOfAll: string | undefined;

/** One system and one browser for the tests of a file, and a window for each of them; an API that was stopped is back. */
export function eachInWindow(take: (scene: Scene) => void, options: BrowserContextOptions = {}): void {
  const asked = JSON.stringify(options);
  if ((optionsOfAll ??= asked) !== asked) throw new Error('parts of one file have windows of one kind');
  forEach.push(take);
  if (forEach.length > 1) return;
  let scene: Scene;
  let opened: Opened;
  onStage((both) => (opened = both));
  beforeEach(async () => {
    const window = await openWindow(opened.browser, opened.system, options);
    scene = { ...opened, window, page: window.page };
    for (const one of forEach) one(scene);
  });
  afterEach(async () => {
    const { context, faults } = scene.window;
    await context.close();
    if (!opened.system.api.runs) await opened.system.api.start();
    expect(faults).toEqual([]);
  });
}
