import type { Redis } from 'ioredis';
import { z } from 'zod';
import { forget, noteFor, type Note } from '../graph/outbox.js';
import type { Graph, Step } from '../graph/graph.js';
import { bodyField, factStream, packFacts, shardOf, type Fact } from './streams.js';

/**
 * News for the presence worker about who is the same person as whom. They travel among the facts of the people they are
 * about, so that what was scanned before is folded before.
 */

/** Whom the person counts as has changed; the people named are to be folded anew afterwards. */
export const packRelinked = (people: string[]): string => JSON.stringify(['m', people]);

/** The person is to be folded anew: what their stays are folded from has changed. */
export const packRefold = (): string => JSON.stringify(['r']);

const relinked = z.tuple([z.literal('m'), z.array(z.string())]);

/** The people that a relinked line names. */
export const unpackRelinked = (line: string): string[] => relinked.parse(JSON.parse(line))[1];

/** The name of the outbox's step: facts that a worker must read. */
export const foldStep = 'fold';

/** The step to add to the transaction that changes a link, and the note to hand on after it. */
export function foldNote(facts: Fact[], nowMs: number): { note: Note; write: Step } {
  return noteFor(foldStep, { facts }, nowMs);
}

/** Appends what transactions noted to the streams; safe to run twice. */
export async function appendNoted(redis: Redis, shards: number, notes: Note[]): Promise<void> {
  const facts = notes.flatMap(({ body }) => (JSON.parse(body) as { facts: Fact[] }).facts);
  for (const fact of facts) {
    await redis.xadd(factStream(shardOf(fact.person, shards)), '*', bodyField, packFacts([fact]));
  }
}

/** Hands on now what a transaction noted; with Redis away the note waits in the outbox for the worker. */
export async function handOnFolds(
  { redis, graph, shards }: { redis: Redis; graph: Graph; shards: number },
  notes: Note[],
): Promise<boolean> {
  try {
    await appendNoted(redis, shards, notes);
    await forget(graph, notes);
    return true;
  } catch {
    return false;
  }
}
