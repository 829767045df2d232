import type { StayRow } from '../../src/domain/files/stays.js';
import type { Api } from '../api.js';
import { ensurePeople, ensureVenues, issueCards, pairGates, removeGates, type PairedGate } from '../system.js';
import { progress } from '../terminal.js';

/** People and venues of one import; cards and gates that one request makes, and gates that one takes away. */
const importedAtOnce = 1_000;
const madeAtOnce = 500;
const removedAtOnce = 100;

/** Whoever stands in the file: made in the system, with a card each and gates at every venue. */
export interface Cast {
  /** The last instant of the file, epoch milliseconds; undefined when there is no stay in it. */
  lastMs: number | undefined;
  rows: number;
  /** The text of each person's printed card. */
  cards: Map<string, string>;
  gates: PairedGate[];
}

/**
 * Reads the file once, makes its people and venues as an import would, issues a printed card to everybody, and pairs
 * at least one gate with every venue: several when there are more gates than venues.
 */
export async function prepare(api: Api, stays: AsyncIterable<StayRow>, gates: number): Promise<Cast> {
  const people = new Set<string>();
  const venues = new Set<string>();
  let lastMs: number | undefined;
  let rows = 0;
  for await (const { person, venue, out } of stays) {
    people.add(person);
    venues.add(venue);
    lastMs = Math.max(lastMs ?? out, out);
    rows++;
  }
  for (const part of inParts([...people], importedAtOnce)) await ensurePeople(api, part);
  for (const part of inParts([...venues], importedAtOnce)) await ensureVenues(api, part);
  const named = [...people];
  const cards = await inRequests('cards', { all: named, atOnce: madeAtOnce }, (part) =>
    issueCards(
      api,
      part.map((id) => `import:${id}`),
    ),
  );
  const wanted = spread([...venues], gates).map((venue, at) => ({ venue, name: `replay ${at + 1}` }));
  const paired = await inRequests('gates', { all: wanted, atOnce: madeAtOnce }, (part) => pairGates(api, part));
  const codes = new Map(named.map((person, at) => [person, cards[at]!.code]));
  return { lastMs, rows, cards: codes, gates: paired };
}

/** Takes the gates of a replay out of use again; what they scanned stays. */
export async function putAway(api: Api, gates: PairedGate[]): Promise<void> {
  const ids = gates.map(({ gateId }) => gateId);
  await inRequests('gates removed', { all: ids, atOnce: removedAtOnce }, async (part) => {
    await removeGates(api, part);
    return part;
  });
}

/** Every venue once, and again from the first one on until there are as many as wanted. */
const spread = (venues: string[], wanted: number): string[] =>
  venues.length ? Array.from({ length: Math.max(venues.length, wanted) }, (_, at) => venues[at % venues.length]!) : [];

function* inParts<T>(all: T[], atOnce: number): Generator<T[]> {
  for (let at = 0; at < all.length; at += atOnce) yield all.slice(at, at + atOnce);
}

/** Asks for everything part by part, with progress; the results in the order of the inputs. */
async function inRequests<T, R>(
  what: string,
  { all, atOnce }: { all: T[]; atOnce: number },
  ask: (part: T[]) => Promise<R[]>,
): Promise<R[]> {
  const results: R[] = [];
  const bar = progress(what, all.length);
  try {
    for (const part of inParts(all, atOnce)) {
      results.push(...(await ask(part)));
      bar.to(results.length);
    }
  } finally {
    bar.stop();
  }
  return results;
}
