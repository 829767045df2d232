import type { Redis } from 'ioredis';
import { unpackLine } from '../../src/domain/stay/packed.js';
import { kindOf, unpackKept } from '../../src/streams.js';

/** Folding looks back at most the longest stay, 1,440 minutes, before the scan that changes it. */
export const reachMs = 86_400_000;

/** Presence trims the stream three minutes behind: whoever was away for less has missed nothing. */
export const surelyKeptMs = 2 * 60_000;

/** When and where a fact says that somebody was; a stay that is dropped says neither, a change of links all. */
export function spanOf(line: string): { from: number; to: number; venue?: string } | undefined {
  if (kindOf(line) === 'd') return undefined;
  if (kindOf(line) === 'm' || kindOf(line) === 'r') return { from: 0, to: 0 };
  if (kindOf(line) === 'k') {
    const read = unpackKept(line);
    return 'keep' in read ? { from: read.keep.in, to: read.keep.out, venue: read.keep.venue } : undefined;
  }
  const read = unpackLine(line);
  if ('undo' in read) return { from: read.undo.at, to: read.undo.at };
  return { from: read.scan.at, to: read.scan.at + 1, venue: read.scan.venue };
}

/**
 * Whether facts may be gone that came after a position and were folded: the stream no longer holds the entry that stands
 * there. What was folded last is never trimmed, so a stream without it has been lost, with all that Redis held.
 */
export async function wasTrimmed(redis: Redis, { stream, from }: { stream: string; from: string }): Promise<boolean> {
  const [kept] = await redis.xrange(stream, from, from);
  return kept === undefined;
}

/** What of a stream is looked at: so many entries after a position, up to one that presence has folded. */
interface Part {
  stream: string;
  from: string;
  folded: string;
  atMost: number;
  /** Whether so much time has passed since the last look that some may have been trimmed unseen. */
  mayBeTrimmed: boolean;
}

/** These entries, in order; undefined when facts are gone that lay among them. */
export async function entriesOf(redis: Redis, part: Part): Promise<[string, string[]][] | undefined> {
  const { stream, from, folded, atMost, mayBeTrimmed } = part;
  if (mayBeTrimmed && (await wasTrimmed(redis, part))) return undefined;
  const entries = await redis.xrange(stream, `(${from}`, folded, 'COUNT', atMost);
  return entries.length === atMost || entries.at(-1)?.[0] === folded ? entries : undefined;
}
