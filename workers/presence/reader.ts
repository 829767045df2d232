import type { Redis } from 'ioredis';
import { bodyField, unpackFacts, type Fact } from '../../src/streams.js';

/** Facts that go into one transaction (DESIGN section 3: 1,000 to 5,000 rows). */
const factsPerBatch = 5_000;

/** Entries of one batch; an entry holds one fact at a quiet door and up to 2,000 in a rush. */
const maxEntries = 1_000;

/** Entries looked at in one read backwards. */
const entriesBack = 100;

/** A read waits this long for news, and then the loop looks after its other work (assumption). */
const blockMs = 500;

type Entry = [string, string[]];

/** Reads the facts of one stream in batches. */
export class FactReader {
  /** Entries to ask for: so many as made a batch last time, for reading far more than is taken costs the time. */
  private count = maxEntries / 10;

  constructor(
    private readonly reading: Redis,
    private readonly stream: string,
  ) {}

  /** The facts behind a position, about a batch of them, and the position after them; none when nothing came. */
  async next(from: string): Promise<{ facts: Fact[]; last: string | undefined }> {
    const read = await this.reading.xread('COUNT', this.count, 'BLOCK', blockMs, 'STREAMS', this.stream, from);
    const entries = read?.[0]?.[1] ?? [];
    const facts: Fact[] = [];
    let taken = 0;
    for (; taken < entries.length && facts.length < factsPerBatch; taken++) facts.push(...factsOf(entries[taken]!));
    if (taken > 0) this.count = Math.min(maxEntries, Math.ceil((factsPerBatch * taken) / Math.max(facts.length, 1)));
    return { facts, last: entries[taken - 1]?.[0] };
  }

  /** The people of about the last batch up to a position, as far as the stream still holds it. */
  async peopleBefore(position: string): Promise<string[]> {
    const people = new Set<string>();
    let facts = 0;
    let looked = 0;
    for (let end = position; facts < factsPerBatch && looked < maxEntries;) {
      const entries = await this.reading.xrevrange(this.stream, end, '-', 'COUNT', entriesBack);
      for (const { person } of entries.flatMap(factsOf)) {
        people.add(person);
        facts++;
      }
      looked += entries.length;
      if (entries.length < entriesBack) break;
      end = `(${entries.at(-1)![0]}`;
    }
    return [...people];
  }
}

const factsOf = ([, [field, body = '']]: Entry): Fact[] => (field === bodyField ? unpackFacts(body) : []);
