/** What the two commands tell people: one line a step, with the seconds it took. */

const started = Date.now();

/** A line of progress, with the seconds since the command began. */
export function say(text) {
  const seconds = ((Date.now() - started) / 1000).toFixed(1).padStart(6);
  process.stderr.write(`${seconds}s  ${text}\n`);
}

/** Something that ends the command: one clear line, and a way on. */
export class Fault extends Error {
  constructor(what, wayOn) {
    super(wayOn ? `${what}\n         ${wayOn}` : what);
  }
}

/** Runs a command's main function; a {@link Fault} is shown as its line, anything else with where it came from. */
export async function command(main) {
  try {
    await main();
  } catch (error) {
    process.stderr.write(`\n  error  ${error instanceof Fault ? error.message : error.stack}\n`);
    process.exitCode = 1;
  }
}
