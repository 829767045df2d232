import process from 'node:process';
import { SingleBar } from 'cli-progress';

/** One line of result, for people and pipes alike. */
export const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** One line beside the result, which a pipe does not see. */
export const notice = (line: string): void => void process.stderr.write(`${line}\n`);

/** The result as a program reads it. */
export const sayJson = (value: unknown): void => say(JSON.stringify(value, null, 2));

/** Whole numbers as people read them: `1 234 567`. */
export const count = (n: number): string => Math.round(n).toLocaleString('en-US').replaceAll(',', ' ');

/** How far a long piece of work is; `text` stands behind the bar. */
export interface Progress {
  to(done: number, text?: string): void;
  stop(): void;
}

/** A bar on a terminal, nothing on a pipe (SPEC 12); `total` in any unit. */
export function progress(what: string, total: number): Progress {
  if (!process.stderr.isTTY) return { to: () => undefined, stop: () => undefined };
  const bar = new SingleBar({
    format: `${what} {bar} {percentage} % {text}`,
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
    fps: 5,
  });
  bar.start(Math.max(total, 1), 0, { text: '' });
  return { to: (done, text = '') => bar.update(Math.min(done, total), { text }), stop: () => bar.stop() };
}
