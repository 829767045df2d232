import type { Clock } from '../config/clock.js';
import { newId } from '../config/ids.js';
import type { Logger } from '../config/log.js';
import { step, type Graph, type Step } from './graph.js';

/** A note as its step finds it again. */
export interface Note {
  id: string;
  body: string;
}

/** Notes younger than this are still in the hands of their writer (assumption). */
const graceMs = 5_000;

/** How often leftovers are looked for (DESIGN section 1). */
const drainEveryMs = 5_000;

/** The step to add to a transaction, and the id to forget once the work has been handed on. */
export function noteFor(stepName: string, body: unknown, atMs: number): { note: Note; write: Step } {
  const note = { id: newId(), body: JSON.stringify(body) };
  return { note, write: step('outbox/add', { ...note, step: stepName, atMs }) };
}

/** Forgets notes that were handed on. */
export async function forget(graph: Graph, notes: Note[]): Promise<void> {
  if (notes.length) await graph.write('outbox/done', { ids: notes.map(({ id }) => id) });
}

/**
 * Hands on what a crash left between commit and hand-on (DESIGN section 1). Handing on may happen twice, so every step
 * must be safe to run twice.
 */
export async function drain(
  graph: Graph,
  work: { step: string; nowMs: number; handOn: (notes: Note[]) => Promise<void> },
): Promise<void> {
  const notes = await graph.read('outbox/left', { step: work.step, beforeMs: work.nowMs - graceMs, limit: 1_000 });
  if (notes.length) await work.handOn(notes);
  await forget(graph, notes);
}

/** Drains a step's notes now and every few seconds until it is told to end; what failed is tried again the next time. */
export function keepDrained(
  { graph, now, log }: { graph: Graph; now: Clock; log: Logger },
  { step, handOn, then }: { step: string; handOn: (notes: Note[]) => Promise<void>; then?: () => Promise<void> },
): { end: () => void } {
  const turn = async (): Promise<void> => {
    try {
      await drain(graph, { step, nowMs: now(), handOn });
      await then?.();
    } catch (error) {
      log.warn({ fact: 'outbox-not-drained', step, reason: (error as Error).message });
    }
  };
  const timer = setInterval(() => void turn(), drainEveryMs);
  void turn();
  return { end: () => clearInterval(timer) };
}
