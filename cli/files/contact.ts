import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { contactFile, type ZonedContact } from '../../src/domain/policy/contact.js';
import { Refused } from '../errors.js';
import { findFile } from './source.js';

/** Reads a contact file (SPEC 12). Throws a {@link Refused} that names every fault in it. */
export function readContact(path: string): ZonedContact {
  const { success, data, error } = contactFile.safeParse(readJson(path));
  if (success) return data;
  throw new Refused(error.issues.map((issue) => `${path}: ${explain(issue)}`).join('\n'));
}

function readJson(path: string): unknown {
  const text = readFileSync(findFile(path).path, 'utf8');
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw new Refused(`${path}: expected JSON (${(error as Error).message})`);
  }
}

const explain = ({ path, message }: z.core.$ZodIssue): string =>
  path.length === 0 ? message : `${path.join('.')}: ${message}`;
