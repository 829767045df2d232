import { afterAll, describe, expect, it } from '@jest/globals';
import { readTrustList } from '../../../../config/trust-list.js';
import { checkCertificate, stepNames } from '../../../../src/domain/codes/certificate/check.js';
import { hasVectors, readVectors } from '../../../data/certificates.js';

const vectors = hasVectors ? readVectors() : [];

/** Steps that were compared, by country: printed at the end. */
const compared = new Map<string, number>();

if (!hasVectors) process.stderr.write('public test vectors: skipped, ../shared/vectors/dcc is not there\n');

(hasVectors ? describe : describe.skip)('the public test vectors', () => {
  it.each(vectors.map((vector) => [vector.name, vector] as const))('%s', async (name, vector) => {
    const signersOf = readTrustList(JSON.stringify(vector.trust));
    const { steps, claims } = await checkCertificate(vector.text.trim(), { signersOf, atMs: vector.atMs });
    const asked = Object.keys(vector.expected) as (typeof stepNames)[number][];
    expect(Object.fromEntries(asked.map((step) => [step, steps[step]]))).toEqual(vector.expected);
    // Times are left out: one file (FR, test_pcr_ok) tells other hours than what was signed.
    if (steps.schema && vector.json) expect(whose(claims?.data)).toEqual(whose(vector.json));
    const country = name.split('/')[0]!;
    compared.set(country, (compared.get(country) ?? 0) + Object.keys(vector.expected).length);
  });

  afterAll(() => {
    const total = [...compared.values()].reduce((sum, steps) => sum + steps, 0);
    const parts = [...compared].map(([country, steps]) => `${country} ${steps}`).join(', ');
    process.stderr.write(`public test vectors: ${vectors.length} files, ${total} steps as expected (${parts})\n`);
  });
});

const whose = (data: unknown) => {
  const { ver, nam, dob } = data as { ver: unknown; nam: unknown; dob: unknown };
  return { ver, nam, dob };
};
