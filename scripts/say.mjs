/** What the commands tell people: one line a step, with the seconds since the command began. */

const started = Date.now();

/** A line of progress. */
export function say(text) {
  const seconds = ((Date.now() - started) / 1000).toFixed(1).padStart(6);
  process.stderr.write(`${seconds}s  ${text}\n`);
}

/** Something that ends the command: one clear line, and a way on; or several of both. */
export class Fault extends Error {
  constructor(...lines) {
    super(lines.filter(Boolean).join('\n         '));
  }
}

/** Runs a command's main function; a {@link Fault} is shown as its line, anything else with where it came from. */
export async function command(main) {
  try {
    await main();
  } catch (error) {
    if (error.name === 'AbortError') say('Stopped');
    else process.stderr.write(`\n  error  ${explain(error)}\n`);
    process.exitCode = 1;
  }
}

function explain(error) {
  if (error instanceof Fault) return error.message;
  if (error.code === 'ENOSPC') return `The disk is full (${error.path ?? error.message}): make room and start again.`;
  if (error.code?.startsWith('ERR_PARSE_ARGS')) return error.message;
  return error.stack;
}
