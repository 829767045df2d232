import type { StayRow } from '../../src/domain/files/stays.js';
import type { Api } from '../api.js';
import { Refused } from '../errors.js';
import { ensurePeople, ensureVenues, findPerson, issueCard, pairGate, removeGate } from '../system.js';
import { progress } from '../terminal.js';
import type { PairedGate } from './door.js';

/** People and venues that are made in one request. */
const makeAtOnce = 1_000;

/** Requests under way at once: enough to hide the round trips, few enough to leave the gates alone (assumption). */
const requestsAtOnce = 16;

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
  for (const part of inParts([...people])) await ensurePeople(api, part);
  for (const part of inParts([...venues])) await ensureVenues(api, part);
  const cards = await inParallel('cards', [...people], async (person) => [person, await cardOf(api, person)] as const);
  const paired = await inParallel('gates', spread([...venues], gates), (venue, at) => pair(api, venue, at));
  return { lastMs, rows, cards: new Map(cards), gates: paired };
}

/** The text of a printed card for the person behind an id of the file. */
async function cardOf(api: Api, id: string): Promise<string> {
  const person = await findPerson(api, `import:${id}`);
  if (person === undefined) throw new Refused(`${id}: the person was not made`);
  return (await issueCard(api, person, 'printed')).code;
}

/** Takes the gates of a replay out of use again; what they scanned stays. */
export async function removeGates(api: Api, gates: PairedGate[]): Promise<void> {
  await inParallel('gates removed', gates, ({ venue, id }) => removeGate(api, venue, id));
}

async function pair(api: Api, venue: string, at: number): Promise<PairedGate> {
  const { gateId, token } = await pairGate(api, venue, `replay ${at + 1}`);
  return { id: gateId, token, venue };
}

/** Every venue once, and again from the first one on until there are as many as wanted. */
const spread = (venues: string[], wanted: number): string[] =>
  venues.length ? Array.from({ length: Math.max(venues.length, wanted) }, (_, at) => venues[at % venues.length]!) : [];

function* inParts<T>(all: T[]): Generator<T[]> {
  for (let at = 0; at < all.length; at += makeAtOnce) yield all.slice(at, at + makeAtOnce);
}

/** The results in the order of the inputs; a few are worked on at a time, the first failure ends it. */
async function inParallel<T, R>(what: string, all: T[], work: (one: T, at: number) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const bar = progress(what, all.length);
  let [next, done] = [0, 0];
  const worker = async () => {
    for (let at = next++; at < all.length; at = next++) {
      results[at] = await work(all[at]!, at);
      bar.to(++done);
    }
  };
  try {
    await Promise.all(Array.from({ length: requestsAtOnce }, worker));
  } finally {
    bar.stop();
  }
  return results;
}
