import { z } from 'zod';
import { ApiRefusal, type Api } from '../cli/api.js';
import { findPerson } from '../cli/system.js';
import type { City, Inhabitant } from './city.js';
import { keep, type Kept } from './kept.js';

const made = z.object({ gateId: z.string(), pairingUrl: z.string() });
const link = z.object({ url: z.string() });
const again = z.object({ pairingUrl: z.string() });

/** Where a visitor may stand at the door: a lively place of the city. */
const venue = 'demo-ben-thanh';

/**
 * Leaves three links for whoever looks at the demo, each good once: one opens a paired gate, one logs in as somebody of
 * the city, one as its head officer; each start makes fresh ones.
 */
export async function inviteVisitor(at: { api: Api; city: City }, kept: Kept, dataDir: string): Promise<void> {
  const { api, city } = at;
  kept.citizen = await inviteCitizen(api, city.inhabitants);
  kept.officer = await inviteOfficer(api, kept);
  kept.visitor = (await inviteAgain(api, kept.visitor)) ?? (await invite(api));
  keep(dataDir, kept);
}

/** A grown-up with a child whose card they show. */
async function inviteCitizen(api: Api, inhabitants: Inhabitant[]): Promise<string | undefined> {
  const [grownUp, child] = [inhabitants.find(isGrownUp), inhabitants.find((one) => !isGrownUp(one))];
  const [person, dependant] = await Promise.all([grownUp, child].map((one) => one && findPerson(api, one.id)));
  if (!person) return undefined;
  if (dependant) {
    await api.ask('POST', `/people/${person}/dependants`, z.unknown(), { body: { person: dependant } });
  }
  return (await api.ask('POST', '/demo/links', link, { body: { person } })).url;
}

/** The head of the city's unit, who may do all that officers do about cases. */
async function inviteOfficer(api: Api, { logins }: Kept): Promise<string | undefined> {
  const head = logins.find(({ roles }) => roles.includes('head'));
  return head && (await api.ask('POST', '/demo/links', link, { body: { officer: head.username } })).url;
}

/** Whoever was born before 2000 has a phone of their own (assumption). */
const isGrownUp = ({ birthDate }: Inhabitant): boolean => birthDate < '2000';

async function invite(api: Api): Promise<NonNullable<Kept['visitor']>> {
  const body = { name: 'Máy của khách xem thử' };
  const { gateId, pairingUrl } = await api.ask('POST', `/venues/${venue}/gates`, made, { body });
  return { venue, gate: gateId, link: pairingUrl };
}

/** Undefined when the gate of an earlier start is gone. */
async function inviteAgain(api: Api, known: Kept['visitor']): Promise<Kept['visitor']> {
  if (!known) return undefined;
  try {
    const path = `/venues/${known.venue}/gates/${known.gate}/pairing`;
    return { ...known, link: (await api.ask('POST', path, again)).pairingUrl };
  } catch (error) {
    if (error instanceof ApiRefusal && error.status === 404) return undefined;
    throw error;
  }
}
