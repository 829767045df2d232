import { createHash } from 'node:crypto';

/** The chain that all reads of personal data of an installation belong to. */
export const readChain = 'reads';

/** One read as it stands in the chain. */
export interface Link {
  number: number;
  hash: string;
  body: string;
}

/** SHA-256 over the hash before and the read itself: nothing in between can be changed, moved or taken out. */
export const chainHash = (before: string, body: string): string =>
  createHash('sha256').update(`${before}\n${body}`).digest('hex');

/**
 * The number at which a part of the chain first breaks; undefined when it holds. `before` is the link ahead of it:
 * number 0 with an empty hash at the beginning.
 */
export function brokenAt(links: Iterable<Link>, before: Pick<Link, 'number' | 'hash'>): number | undefined {
  let { number, hash } = before;
  for (const link of links) {
    number++;
    hash = chainHash(hash, link.body);
    if (link.number !== number || link.hash !== hash) return number;
  }
  return undefined;
}
