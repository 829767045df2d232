import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Api } from '../cli/api.js';
import { findPerson } from '../cli/system.js';
import { foldName } from '../src/domain/identity/names.js';
import type { City, Inhabitant } from './city.js';
import { DemoIssuer } from './issuer/issuer.js';
import type { Kept } from './kept.js';
import { asStaff } from './staff.js';

/** Inhabitants who bring a certificate to a desk: enough that some colours rest on one (assumption). */
const certified = 60;

const dayMs = 86_400_000;
const anything = z.unknown();

/**
 * Some of the city's people have EU certificates of a health authority that the demo makes up at its first start and
 * that nobody else believes. They bring them to an officer's desk; their texts are left in `demo-certificates.txt` for
 * whoever wants to scan one. A trust list that is there already is somebody's own: then there are none.
 */
export async function certify(
  api: Api,
  city: City,
  { kept, dataDir, nowMs }: { kept: Kept; dataDir: string; nowMs: number },
) {
  const list = join(dataDir, 'dcc-trust-list.json');
  if (existsSync(list)) return;
  const issuer = new DemoIssuer({ fromMs: nowMs - 400 * dayMs });
  put(list, JSON.stringify([issuer.trust]));
  const tracer = await asStaff(api, kept, 'tracer');
  const texts: string[] = [];
  for (const [at, one] of city.inhabitants.slice(0, certified).entries()) {
    const code = issuer.issue(payloadOf(one, at, nowMs), { issuedAt: nowMs - dayMs, expiresAt: nowMs + 365 * dayMs });
    const person = await findPerson(api, one.id);
    if (person !== undefined) await tracer.ask('POST', `/people/${person}/certificates`, anything, { body: { code } });
    texts.push(`${one.name}\n${code}\n`);
  }
  put(join(dataDir, 'demo-certificates.txt'), texts.join('\n'));
}

/** Two of three have doses; of the others one half has recovered, one half was tested. */
export function payloadOf(
  { id, name, birthDate }: Pick<Inhabitant, 'id' | 'name' | 'birthDate'>,
  at: number,
  nowMs: number,
): object {
  const [family = '', ...given] = name.split(' ');
  const letters = (part: string) => foldName(part).join('<').toUpperCase();
  const nam = { fn: family, gn: given.join(' '), fnt: letters(family), gnt: letters(given.join(' ')) };
  const daysAgo = (days: number) => new Date(nowMs - days * dayMs).toISOString();
  const on = daysAgo(20 + ((7 * at) % 150)).slice(0, 10);
  const common = { tg: '840539006', co: 'VN', is: 'VetXanh demo', ci: `URN:UVCI:01:VN:${id.toUpperCase()}` };
  const vaccine = { vp: '1119349007', mp: 'EU/1/20/1528', ma: 'ORG-100030215' };
  const kinds = [
    { v: [{ ...common, ...vaccine, dn: 2, sd: 2, dt: on }] },
    { v: [{ ...common, ...vaccine, dn: 1, sd: 2, dt: on }] },
    at % 2 === 0
      ? { r: [{ ...common, fr: on, df: on, du: daysAgo(-90).slice(0, 10) }] }
      : { t: [{ ...common, tt: 'LP6464-4', sc: daysAgo(1), tr: '260415000', tc: 'Demo' }] },
  ];
  return { ver: '1.3.0', nam, dob: birthDate, ...kinds[at % kinds.length] };
}

/** Whole or not at all, and nobody else's to read. */
function put(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
