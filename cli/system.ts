import { z } from 'zod';
import { csvRow } from '../src/domain/csv/write.js';
import { ApiRefusal, type Api } from './api.js';
import { Refused } from './errors.js';

const counts = z.object({ accepted: z.int(), rejected: z.int() });
const gate = z.object({ gateId: z.string(), token: z.string(), venue: z.string() });
const paired = z.object({ items: z.array(gate) });
const people = z.object({ items: z.array(z.object({ id: z.string() })) });
const card = z.object({ code: z.string(), expiresAt: z.string() });

const cards = z.object({ items: z.array(card) });

export type PairedGate = z.output<typeof gate>;

/** A code and the instant it dies. */
export type Card = z.output<typeof card>;

/** Why the command line reads personal data: it carries out what its operator is told to do. */
export const purpose = 'operation';

/** Makes people of ids of files, as an import of stays would (SPEC 12); the number of new ones. */
export const ensurePeople = (api: Api, ids: string[]): Promise<number> => importIds(api, 'people', ['person', ids]);

/** Makes venues of ids of files, kind `other`; the number of new ones. */
export const ensureVenues = (api: Api, ids: string[]): Promise<number> => importIds(api, 'venues', ['venue', ids]);

async function importIds(api: Api, kind: string, [column, ids]: [string, string[]]): Promise<number> {
  const csv = [column, ...ids].map((cell) => csvRow([cell])).join('');
  const { accepted, rejected } = await api.ask('POST', `/imports/${kind}`, counts, { csv });
  if (rejected) throw new Refused(`${rejected} of ${ids.length} ids cannot be ids of ${kind}`);
  return accepted;
}

/** New gates, one for each of these venues in their order, with the tokens they connect with. */
export async function pairGates(api: Api, gates: { venue: string; name: string }[]): Promise<PairedGate[]> {
  return (await api.ask('POST', '/gates', paired, { body: { gates } })).items;
}

/** Takes gates out of use. */
export const removeGates = async (api: Api, gates: string[]): Promise<void> =>
  void (await api.ask('DELETE', `/gates?ids=${gates.join(',')}`, z.unknown()));

/** The internal id of the one person a text names (SPEC 12); undefined when there is nobody. */
export async function findPerson(api: Api, text: string): Promise<string | undefined> {
  const path = `/people?identifier=${encodeURIComponent(text)}`;
  const { items } = await api.ask('GET', path, people, { purpose });
  if (items.length > 1) throw new Refused(`${text} names ${items.length} people: take an identifier that only one has`);
  return items[0]?.id;
}

/** Issues a code to a person by internal id. Throws a {@link Refused} when there is no such person. */
export async function issueCard(api: Api, person: string, kind: 'printed' | 'rotating'): Promise<Card> {
  try {
    return await api.ask('POST', `/people/${encodeURIComponent(person)}/cards`, card, { body: { kind } });
  } catch (error) {
    if (error instanceof ApiRefusal && error.status === 404) throw new Refused(`there is no person ${person}`);
    throw error;
  }
}

/** Issues a printed card to each of some people, named as files name them, in their order. */
export async function issueCards(api: Api, people: string[]): Promise<Card[]> {
  return (await api.ask('POST', '/cards', cards, { body: { people } })).items;
}
