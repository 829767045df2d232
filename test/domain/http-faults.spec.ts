import { expect, it } from '@jest/globals';
import { z } from 'zod';
import { evidenceBody } from '../../src/evidence/bodies.js';
import { faultsOf } from '../../src/http/zod.js';
import { assessment } from '../../src/risk/bodies.js';

const dose = { kind: 'dose', at: '2021-10-06' };
const override = { kind: 'override', colour: 'red', reason: 'x', from: '2021-10-07', until: '2021-10-06' };
const kinds = 'one of test, dose, recovery, quarantine, isolation, declaration, override';
const percent = { population: 1, figures: { firstDoseAdults: 50 } };

it.each<[string, z.ZodType, unknown, string[]]>([
  ['a number too small', evidenceBody, { ...dose, number: 0 }, ['number', 'number to be >=1', 'a number']],
  ['another type', evidenceBody, { ...dose, number: 'one' }, ['number', 'number', 'a text of 3 characters']],
  ['nothing at all', evidenceBody, { ...dose }, ['number', 'number', 'nothing']],
  ['an end too early', evidenceBody, override, ['until', 'an instant after from', 'a text of 10 characters']],
  ['a list', z.strictObject({ a: z.string() }), [], ['', 'object', 'a list of 0']],
  ['a percentage', assessment, percent, ['figures.firstDoseAdults', 'a share, from 0 to 1', 'a number']],
  ['a kind that is none', evidenceBody, { kind: 'x' }, ['kind', kinds, 'a text of 1 characters']],
  ['a day that is none', z.iso.date(), '2026-02-29', ['', 'an ISO date', 'a text of 10 characters']],
  ['a field too many', evidenceBody, { ...dose, number: 1, more: 1 }, ['more', 'no such field', 'a field']],
])('%s is told with what was expected and what came, each once', (_, schema, given, [path, expected, got]) => {
  const { error } = schema.safeParse(given);
  expect(faultsOf(error!, given)).toEqual([{ path, expected, got }]);
});
