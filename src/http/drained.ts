import { once } from 'node:events';
import type { Response } from 'express';

/** Resolves when a caller who reads slowly has caught up, or is gone and never will. */
export async function drained(response: Response): Promise<void> {
  const done = new AbortController();
  const { signal } = done;
  try {
    await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })]);
  } finally {
    done.abort();
  }
}
