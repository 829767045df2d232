import { z } from 'zod';
import { isSystem } from '../src/domain/identity/identifiers.js';
import { Refused } from './errors.js';
import { ApiRefusal, type Api } from './api.js';
import { notice } from './terminal.js';

const people = z.object({ items: z.array(z.object({ id: z.string() })) });
const made = z.object({ id: z.string() });

/** How a person is named on the command line (SPEC 12). */
export const personHelp = 'system:value, a bare id as files write it, or an internal id';

/** Why the command line looks a person up: it acts for the operator. */
export const purpose = 'operation';
