import process from 'node:process';
import type { Command } from 'commander';
import { findSystem } from './address.js';
import { Api } from './api.js';
import { ensureVenues, pairGates } from './system.js';
import { notice, say, sayJson } from './terminal.js';

/** `vetxanh gate add VENUE [NAME]`: pairs a gate, for scripts and other people's clients (SPEC 12). */
export function gateCommand(program: Command): void {
  const gate = program.command('gate').description('Pair the scanning positions of venues.');
  gate
    .command('add')
    .description('Pair a gate with a venue and print its token, which is shown this once.')
    .argument('<venue>', 'the id of the venue; one that is not known yet is made')
    .argument('[name]', 'what the gate is called', 'gate')
    .option('--json', 'print the venue, the id and the token as JSON')
    .action(async (venue: string, name: string, { json }: { json?: boolean }) => {
      const api = new Api(findSystem(process.env));
      if (await ensureVenues(api, [venue])) notice(`The venue ${venue} is new: made as one of kind other.`);
      const [gate] = await pairGates(api, [{ venue, name }]);
      const { gateId, token } = gate!;
      if (json) sayJson({ venue, gateId, name, token });
      else say(token);
    });
}
