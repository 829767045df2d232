/**
 * One signal for a whole command: it fires on Ctrl-C, when the terminal goes away, and when the command fails half
 * way. Whatever waits or runs listens to it, so that nothing goes on behind a command that has ended.
 */
const controller = new AbortController();

/** Fires once, when the command has to end. */
export const stopping = controller.signal;

/** Ends what is under way. */
export function stop() {
  controller.abort();
}

/** How often is looked whether `npm` is still there. */
const lookEveryMs = 500;

/**
 * From now on signals of the system end the command in order; `npm` passes on what the terminal has sent already, so
 * several are one. A command of `npm` that was killed itself ends too.
 */
export function listenForSignals() {
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, stop);
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event) setInterval(() => process.ppid !== parent && stop(), lookEveryMs).unref();
}

/** Resolves when the command has to end. */
export function untilStopped() {
  if (stopping.aborted) return Promise.resolve();
  const hold = setInterval(() => {}, 1 << 30);
  return new Promise((resolve) =>
    stopping.addEventListener('abort', () => (clearInterval(hold), resolve()), { once: true }),
  );
}

/** Waits for some milliseconds, or until the command has to end. */
export function rest(ms) {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    stopping.addEventListener('abort', done, { once: true });
    function done() {
      clearTimeout(timer);
      stopping.removeEventListener('abort', done);
      resolve();
    }
  });
}
