import { z } from 'zod';
import { ApiRefusal, type Api } from '../cli/api.js';
import { issueCards, pairGates } from '../cli/system.js';
import { csvRow } from '../src/domain/csv/write.js';
import type { City, Inhabitant, Place } from './city.js';
import { keep, nothingKept, readKept, type Kept } from './kept.js';
import { cityUnit, units } from './places.js';
import { asStaff } from './staff.js';

/** The staff of the demo, a role each. */
const staff = ['tracer', 'head', 'admin', 'auditor'];

/** Requests under way at once: the machine belongs to the visitor (assumption). */
const requestsAtOnce = 8;

/** What is done is kept after so many cards, so that a start that was cut off goes on where it stopped. */
const keepEvery = 200;

const made = z.object({ username: z.string(), password: z.string() });
const anything = z.unknown();

/** Makes what is still missing of the city through the public API; resolves to its tokens and cards. */
export async function found(api: Api, city: City, dataDir: string): Promise<Kept> {
  const before = readKept(dataDir);
  const kept = before && (await isOfThisGraph(api, before)) ? before : nothingKept();
  if (kept.logins.length < staff.length) {
    await api.ask('POST', '/imports/units', anything, { csv: units });
    for (const role of staff) kept.logins.push(await hire(api, role));
    keep(dataDir, kept);
  }
  await buildPlaces(api, city.places, kept);
  keep(dataDir, kept);
  await settle(api, city.inhabitants, { kept, dataDir });
  return kept;
}

/** A file that outlived its graph knows passwords that nobody asks for: the city is made anew then. */
async function isOfThisGraph(api: Api, { logins }: Kept): Promise<boolean> {
  const [first] = logins;
  if (!first) return false;
  const { username, password } = first;
  return (await refusalOf(api.ask('POST', '/auth/login', anything, { body: { username, password } }))) !== 401;
}

/** A name that is taken belongs to a city whose passwords are lost: its successor gets the next number. */
async function hire(api: Api, role: string): Promise<Kept['logins'][number]> {
  for (let at = 1; ; at++) {
    const body = { username: at === 1 ? `demo-${role}` : `demo-${role}-${at}`, roles: [role], unit: cityUnit };
    try {
      const { username, password } = await api.ask('POST', '/users', made, { body });
      return { username, password, roles: [role] };
    } catch (error) {
      if (!(error instanceof ApiRefusal) || error.status !== 409) throw error;
    }
  }
}

async function buildPlaces(api: Api, places: Place[], kept: Kept): Promise<void> {
  const known = new Set(kept.gates.map(({ venue }) => venue));
  await inParallel(
    places.filter(({ id }) => !known.has(id)),
    async ({ lat, lon, gates, ...venue }) => {
      const status = await refusalOf(api.ask('POST', '/venues', anything, { body: { ...venue, point: { lat, lon } } }));
      if (status && status !== 409) throw new Error(`the venue ${venue.id} was refused (${status})`);
      const doors = Array.from({ length: gates }, (_, at) => ({ venue: venue.id, name: `Cửa ${at + 1}` }));
      kept.gates.push(...(await pairGates(api, doors)));
    },
  );
}

async function settle(
  api: Api,
  inhabitants: Inhabitant[],
  { kept, dataDir }: { kept: Kept; dataDir: string },
): Promise<void> {
  const missing = inhabitants.filter(({ id }) => !kept.cards[id]);
  if (missing.length === 0) return;
  const rows = missing.map(({ id, name, birthDate, gender }) => csvRow([id, name, birthDate, gender]));
  const admin = await asStaff(api, kept, 'admin');
  await admin.ask('POST', '/imports/people', anything, { csv: `person,name,birthDate,gender\r\n${rows.join('')}` });
  for (let at = 0; at < missing.length; at += keepEvery) {
    const ids = missing.slice(at, at + keepEvery).map(({ id }) => id);
    const cards = await issueCards(api, ids);
    for (const [place, id] of ids.entries()) kept.cards[id] = cards[place]!.code;
    keep(dataDir, kept);
  }
}

/** The status of a refusal; undefined when the request was granted. */
async function refusalOf(request: Promise<unknown>): Promise<number | undefined> {
  try {
    await request;
    return undefined;
  } catch (error) {
    if (error instanceof ApiRefusal) return error.status;
    throw error;
  }
}

async function inParallel<T>(all: T[], work: (one: T) => Promise<void>): Promise<void> {
  const waiting = [...all];
  const worker = async () => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) await work(one);
  };
  await Promise.all(Array.from({ length: requestsAtOnce }, worker));
}
