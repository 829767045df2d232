import process from 'node:process';
import { type Command, Option } from 'commander';
import { z } from 'zod';
import { findSystem } from './address.js';
import { Api } from './api.js';
import { notice, say, sayJson } from './terminal.js';

const made = z.object({ id: z.string(), password: z.string() });

/** Roles an account of staff may have (SPEC 10); phones bring their own. */
const staff = ['tracer', 'head', 'admin', 'auditor', 'checkpoint', 'owner'];

interface Options {
  role: string;
  unit?: string;
  json?: boolean;
}

/** `vetxanh user add NAME --role R`: makes an account of staff (SPEC 12). */
export function userCommand(program: Command): void {
  const user = program.command('user').description('Make accounts of staff.');
  user
    .command('add')
    .description('Make an account and print its generated password, which is shown this once.')
    .argument('<name>', 'the name to log in with')
    .addOption(new Option('--role <role>', 'what the account may do').choices(staff).makeOptionMandatory())
    .option('--unit <code>', 'the administrative unit it is limited to; the whole country if left out')
    .option('--json', 'print the account and its password as JSON')
    .action(async (username: string, { role, unit, json }: Options) => {
      const api = new Api(findSystem(process.env));
      const body = { username, roles: [role], ...(unit !== undefined && { unit }) };
      const { id, password } = await api.ask('POST', '/users', made, { body });
      if (json) return sayJson({ id, username, role, unit: unit ?? null, password });
      notice(`${username} may log in as ${role} with this password:`);
      say(password);
    });
}
