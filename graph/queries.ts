import { accounts } from './queries/accounts.js';
import { calls } from './queries/calls.js';
import { cases } from './queries/cases.js';
import { citizens } from './queries/citizens.js';
import { exported } from './queries/exports.js';
import { gate } from './queries/gate.js';
import { identity } from './queries/identity.js';
import { holds } from './queries/holds.js';
import { imports } from './queries/imports.js';
import { log } from './queries/log.js';
import { outbox } from './queries/outbox.js';
import { people } from './queries/people.js';
import { policies } from './queries/policies.js';
import { presence } from './queries/presence.js';
import { reads } from './queries/reads.js';
import { repairs } from './queries/repairs.js';
import { risk } from './queries/risk.js';
import { schema } from './queries/schema.js';
import { status } from './queries/status.js';
import { stays } from './queries/stays.js';
import { units } from './queries/units.js';
import { venues } from './queries/venues.js';

/**
 * Every query there is: its parameters and the shape of its rows. A name is the path of its file under `queries/`,
 * one file per query, with a header that tells what it takes, what it gives and which index it needs.
 */
export const queries = {
  ...accounts,
  ...calls,
  ...cases,
  ...citizens,
  ...exported,
  ...gate,
  ...identity,
  ...holds,
  ...imports,
  ...log,
  ...outbox,
  ...people,
  ...policies,
  ...presence,
  ...reads,
  ...repairs,
  ...risk,
  ...schema,
  ...status,
  ...stays,
  ...units,
  ...venues,
};

export type QueryName = keyof typeof queries;
