import { Injectable } from '@nestjs/common';
import { Vault } from '../../config/vault.js';
import { Graph } from '../../graph/graph.js';
import { foldName } from '../domain/identity/names.js';
import type { Page } from '../http/page.js';
import { Problem } from '../http/problem.js';
import { People, type Person } from './people.service.js';

/** Hits of the index that are looked at in one read. */
const hitsPerRead = 200;

/** Reads for one page: whoever may see few of very many is asked for another word instead (assumption). */
const mostReads = 25;

/** Words of one question (assumption: the longest names have ten). */
const mostWords = 12;

/** Finds people by words of their names, in any spelling and order, through keyed hashes (SPEC section 3). */
@Injectable()
export class Names {
  constructor(
    private readonly graph: Graph,
    private readonly vault: Vault,
    private readonly people: People,
  ) {}

  /** Those whose names hold all words, closest first; `units` are those the caller may see, null for all. */
  async find(name: string, { units, limit, after }: Asked): Promise<Page<Person>> {
    const words = [...new Set(foldName(name))];
    if (words.length === 0 || words.length > mostWords) throw unfit(words.length);
    const query = words.map((word) => `"${this.vault.nameKeys([word])}"`).join(' AND ');
    const found = new Set<string>();
    let skip = Number(after) || 0;
    for (let reads = 0; reads < mostReads; reads++) {
      const hits = await this.graph.read('people/by_name', { query, units, skip, limit: hitsPerRead });
      for (const { id, seen } of hits) {
        if (found.size === limit) return { items: await this.people.getAll([...found]), next: String(skip) };
        skip++;
        if (seen) found.add(id);
      }
      if (hits.length < hitsPerRead) return { items: await this.people.getAll([...found]), next: null };
    }
    return { items: await this.people.getAll([...found]), next: String(skip) };
  }
}

interface Asked {
  units: string[] | null;
  limit: number;
  after: string;
}

function unfit(words: number): Problem {
  const errors = [{ path: 'name', expected: `1 to ${mostWords} words of a name`, got: `${words} words` }];
  return new Problem(422, 'bad-input', 'The input does not fit.', { errors });
}
