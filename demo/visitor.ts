import { z } from 'zod';
import { ApiRefusal, type Api } from '../cli/api.js';
import { keep, type Kept } from './kept.js';

const made = z.object({ gateId: z.string(), pairingUrl: z.string() });
const again = z.object({ pairingUrl: z.string() });

/** Where a visitor may stand at the door: a lively place of the city. */
const venue = 'demo-ben-thanh';

/** Leaves a link that opens a paired gate, once, for whoever looks at the demo; each start makes a fresh one. */
export async function inviteVisitor(api: Api, kept: Kept, dataDir: string): Promise<void> {
  kept.visitor = (await inviteAgain(api, kept.visitor)) ?? (await invite(api));
  keep(dataDir, kept);
}

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
