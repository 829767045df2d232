import process from 'node:process';
import { type Command, Option } from 'commander';
import { isSystem } from '../src/domain/identity/identifiers.js';
import { findSystem } from './address.js';
import { Api } from './api.js';
import { Refused } from './errors.js';
import { ensurePeople, findPerson, issueCard } from './system.js';
import { notice, say, sayJson } from './terminal.js';

interface Options {
  kind: 'printed' | 'rotating';
  json?: boolean;
}

/** `vetxanh card PERSON`: issues a code, for scripts and other people's clients (SPEC 12). */
export function cardCommand(program: Command): void {
  program
    .command('card')
    .description('Issue a code to a person and print its text, which a gate can read.')
    .argument('<person>', 'system:value, a bare id as files write it (made when new), or an internal id')
    .addOption(
      new Option('--kind <kind>', 'a long-lived card on paper, or the code a screen shows for a minute')
        .choices(['printed', 'rotating'])
        .default('printed'),
    )
    .option('--json', 'print the code, its end and the person as JSON')
    .action(async (text: string, { kind, json }: Options) => {
      const api = new Api(findSystem(process.env));
      const person = await ensurePerson(api, text);
      const { code, expiresAt } = await issueCard(api, person, kind);
      if (json) sayJson({ person, kind, code, expiresAt });
      else say(code);
    });
}

/** The internal id of a person. A bare id is made when it is new, as in every file; any other has to be known. */
async function ensurePerson(api: Api, text: string): Promise<string> {
  const known = await findPerson(api, text);
  if (known !== undefined) return known;
  if (isSystem(text.split(':')[0]!) && text.includes(':')) throw new Refused(`nobody is known as ${text}`);
  await ensurePeople(api, [text]);
  notice(`${text} is new: made as a person known by this id alone.`);
  return (await findPerson(api, text))!;
}
