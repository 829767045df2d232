import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { policy } from '../../../src/domain/policy/policy.js';
import { edited } from '../../../web/officer/edited.js';
import type { Policy } from '../../../web/officer/policy.js';

const folder = resolve(import.meta.dirname, '../../../config/policies');
const read = (name: string) => policy.parse(JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8')));
const iso = (ms: number) => new Date(ms).toISOString();

describe('a draft made from a published policy', () => {
  it.each(['neutral', 'national-2022-04-1909', 'hcmc-2021-09-20'])('%s is one the API takes', (name) => {
    const { validFrom, ...rest } = read(name);
    const told = { ...rest, validFrom: iso(validFrom), validTo: null, publishedAt: iso(0), state: 'in-force' };
    const base = JSON.parse(JSON.stringify(told)) as Policy;
    const edit = {
      version: 'next',
      validFrom: '2027-01-01T00:00',
      minMinutes: 10,
      beforeDays: 3,
      afterDays: 9,
      maxLevel: 1,
    };
    const draft = policy.parse(edited(base, edit));
    expect(draft).toMatchObject({ version: 'next', contact: { minMinutes: 10, maxLevel: 1 } });
    expect(draft.stays).toEqual(read(name).stays);
    expect(draft.colours).toEqual(read(name).colours);
  });
});
