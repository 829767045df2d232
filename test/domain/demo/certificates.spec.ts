import { describe, expect, it } from '@jest/globals';
import { readTrustList } from '../../../config/trust-list.js';
import { payloadOf } from '../../../demo/certificates.js';
import { buildCity } from '../../../demo/city.js';
import { DemoIssuer } from '../../../demo/issuer/issuer.js';
import { checkCertificate } from '../../../src/domain/codes/certificate/check.js';
import { factOf, matchHolder } from '../../../src/domain/codes/certificate/evidence.js';

const nowMs = Date.UTC(2026, 0, 20);
const dayMs = 86_400_000;

describe('the certificates of the demo city', () => {
  it('are good, tell a fact, and are of who brings them, all sixty', async () => {
    const issuer = new DemoIssuer({ fromMs: nowMs - 400 * dayMs });
    const signersOf = readTrustList(JSON.stringify([issuer.trust]));
    const seen = new Set<string>();
    for (const [at, one] of buildCity({ seed: 79, people: 60 }).inhabitants.entries()) {
      const code = issuer.issue(payloadOf(one, at, nowMs), { issuedAt: nowMs - dayMs, expiresAt: nowMs + 365 * dayMs });
      const { errors, faults, data } = await checkCertificate(code, { signersOf, atMs: nowMs });
      expect({ errors, faults }).toEqual({ errors: [], faults: [] });
      expect(matchHolder(one, data!)).toEqual({ name: 'matched', birthDate: 'matched' });
      seen.add(factOf(data!, 'Asia/Ho_Chi_Minh')!.kind);
    }
    expect(seen).toEqual(new Set(['dose', 'recovery', 'test']));
  });
});
