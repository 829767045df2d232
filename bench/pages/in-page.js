/**
 * What benches and tests look with from inside a page, put there before anything of its own runs; it begins nothing by
 * itself. Plain JavaScript, because it is sent to the browser as it stands.
 */
globalThis.look = {
  frames: [],
  uploads: [],
  longTasks: [],
  watchCamera,
  watchUpload,
  untilUsable,
  fillQueue,
  scrollFrames,
  untilDrawn,
};

/** What people take for at once (RAIL model). */
const answersWithinMs = 100;

new PerformanceObserver((list) => {
  for (const { startTime, duration } of list.getEntries())
    if (duration > answersWithinMs) look.longTasks.push(startTime + duration);
}).observe({ type: 'longtask', buffered: true });

/** Notes how long it is from the first frame that holds a code to the answer: `look.frames`, in milliseconds. */
function watchCamera() {
  const context = new OffscreenCanvas(64, 48).getContext('2d', { willReadFrequently: true });
  let since;
  const watch = () => {
    const video = document.querySelector('video');
    if (video && video.readyState >= 2) {
      context.drawImage(video, 0, 0, 64, 48);
      // The paper around a code is the only white there is.
      const isThere = context.getImageData(32, 4, 1, 1).data[0] > 200;
      if (!isThere) since = undefined;
      else since ??= performance.now();
    }
    requestAnimationFrame(watch);
  };
  requestAnimationFrame(watch);
  new MutationObserver((changes) => {
    const added = changes.flatMap(({ addedNodes }) => [...addedNodes]);
    const isAnswer = added.some((node) => node instanceof HTMLElement && node.classList.contains('answer'));
    if (isAnswer && since !== undefined) look.frames.push(performance.now() - since);
  }).observe(document.body, { childList: true, subtree: true });
}

/** Notes each step of an upload as the page shows it: `look.uploads`, `[milliseconds, scans that arrived]`. */
function watchUpload() {
  const watch = () => {
    const done = document.querySelector('.bars progress')?.value;
    if (done && done !== look.uploads.at(-1)?.[1]) look.uploads.push([performance.now(), done]);
    requestAnimationFrame(watch);
  };
  requestAnimationFrame(watch);
}

/**
 * Resolves to when a page could be used: what people use first is there, and for half a second whatever they did would
 * have been answered at once (a camera that is looked through never leaves a page idle).
 */
function untilUsable(selector) {
  const quietMs = 500;
  let there;
  return new Promise((resolve) => {
    const watch = () => {
      if (document.querySelector(selector)) there ??= performance.now();
      const usable = Math.max(there ?? Infinity, look.longTasks.at(-1) ?? 0);
      if (performance.now() - usable > quietMs) resolve(usable);
      else setTimeout(watch, 20);
    };
    watch();
  });
}

/** Puts scans into the queue of the gate that is open, as its page would have kept them; codes take turns. */
function fillQueue({ gate, codes, count, prefix, fromMs }) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('vetxanh-gate');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const writing = opening.result.transaction('queue', 'readwrite');
      const shelf = writing.objectStore('queue');
      for (let at = 0; at < count; at++) {
        const scan = { gate, scanId: `${prefix}-${at}`, code: codes[at % codes.length], direction: 'in' };
        shelf.add({ ...scan, scannedAt: fromMs + at, decided: 'allow' });
      }
      writing.oncomplete = () => (opening.result.close(), resolve());
      writing.onabort = () => reject(writing.error);
    };
  });
}

/** Milliseconds between 180 frames while something is scrolled, sorted; without it, of a page at rest. */
async function scrollFrames(selector) {
  const box = document.querySelector(selector);
  const gaps = [];
  let last = performance.now();
  for (let step = 0; step < 180; step++) {
    if (box) box.scrollTop += 400;
    await new Promise((shown) => requestAnimationFrame(shown));
    const now = performance.now();
    gaps.push(now - last);
    last = now;
  }
  return gaps.sort((a, b) => a - b);
}

/** Presses the button of the graph of contacts; resolves to the milliseconds until its points are on the screen. */
async function untilDrawn() {
  const context = new OffscreenCanvas(32, 32).getContext('2d', { willReadFrequently: true });
  const start = performance.now();
  [...document.querySelectorAll('.contacts .choice')].at(-1).click();
  for (;;) {
    await new Promise((shown) => requestAnimationFrame(shown));
    const points = document.querySelector('.graph-box canvas[data-id="layer2-node"]');
    if (!points?.width) continue;
    context.drawImage(points, 0, 0, 32, 32);
    if (context.getImageData(0, 0, 32, 32).data.some((value) => value > 0)) return performance.now() - start;
  }
}
