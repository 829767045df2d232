import type { Command } from 'commander';
import { z } from 'zod';
import { findSystem } from './address.js';
import { Api, ApiRefusal } from './api.js';
import { notice, say, sayJson } from './terminal.js';

const paired = z.object({ gateId: z.string(), token: z.string() });

/** `vetxanh gate add VENUE [NAME]`: pairs a gate, for scripts and other people's clients (SPEC 12). */
export function gateCommand(program: Command): void {
  const gate = program.command('gate').description('the scanning positions of venues');
  gate
    .command('add')
    .description('pair a gate with a venue and print its token, which is shown this once')
    .argument('<venue>', 'the id of the venue; one not known yet is made')
    .argument('[name]', 'what the gate is called', 'gate')
    .option('--json', 'print the ids and the token as JSON')
    .action(async (venue: string, name: string, { json }: { json?: boolean }) => {
      const api = new Api(findSystem(process.env));
      if (await ensureVenue(api, venue)) notice(`made the venue ${venue}, of kind other`);
      const { gateId, token } = await pairGate(api, venue, name);
      if (json) sayJson({ venue, gateId, name, token });
      else say(token);
    });
}

/** Makes a venue of files, kind `other` (SPEC 12); false when it is there already. */
export async function ensureVenue(api: Api, id: string): Promise<boolean> {
  try {
    await api.ask('POST', '/venues', z.unknown(), { body: { id, name: id, kind: 'other', setting: 'closed' } });
    return true;
  } catch (error) {
    if (error instanceof ApiRefusal && error.status === 409) return false;
    throw error;
  }
}

/** A new gate of a venue, with the token it connects with. */
export const pairGate = (api: Api, venue: string, name: string): Promise<z.output<typeof paired>> =>
  api.ask('POST', `/venues/${encodeURIComponent(venue)}/gates`, paired, { body: { name } });
