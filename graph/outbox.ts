import { newId } from '../config/ids.js';
import { step, type Graph, type Step } from './graph.js';

/** A note as its step finds it again. */
export interface Note {
  id: string;
  body: string;
}

/** Notes younger than this are still in the hands of their writer (assumption). */
const graceMs = 5_000;

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
 * Hands on what a crash left between commit and hand-on (DESIGN section 1); called at start and every few seconds.
 * Handing on may happen twice, so every step must be safe to run twice. Returns how many notes there were.
 */
export async function drain(
  graph: Graph,
  work: { step: string; nowMs: number; handOn: (notes: Note[]) => Promise<void> },
): Promise<number> {
  const notes = await graph.read('outbox/left', { step: work.step, beforeMs: work.nowMs - graceMs, limit: 1_000 });
  if (notes.length) await work.handOn(notes);
  await forget(graph, notes);
  return notes.length;
}
