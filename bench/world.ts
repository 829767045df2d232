import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Cards } from '../config/cards.js';
import { systemClock } from '../config/clock.js';
import { loadEnv } from '../config/env.js';
import { newId } from '../config/ids.js';
import { loadSecrets, type Secrets } from '../config/secrets.js';
import { Vault } from '../config/vault.js';
import { Graph, step } from '../graph/graph.js';
import { migrate } from '../graph/migrate.js';
import type { StayEntry } from '../graph/stays/stay-table.js';
import { Tokens } from '../src/auth/tokens.js';
import { daysTouched } from '../src/domain/stay/day.js';
import { sealFields } from '../src/people/sealed.js';

/** What every bench of the live system needs: a gate, and people with printed cards. */
export interface World {
  dataDir: string;
  secrets: Secrets;
  graph: Graph;
  venue: string;
  gate: string;
  token: string;
  people: string[];
  /** A file with one code a line. */
  codes: string;
}

const hourMs = 3_600_000;

export async function makeWorld(people: number): Promise<World> {
  const dataDir = mkdtempSync(join(tmpdir(), 'vetxanh-bench-'));
  const graph = Graph.connect(loadEnv(process.env));
  await migrate(graph, systemClock());
  const secrets = loadSecrets(dataDir);
  const ids = await makePeople({ graph, secrets }, people);
  const codes = printCards({ dataDir, secrets }, ids);
  const { venue, gate } = await makeGate(graph);
  const caller = { id: gate, kind: 'gate' as const, roles: ['gate' as const], venue };
  const token = await new Tokens(secrets, systemClock).sign(caller, 86_400);
  return { dataDir, secrets, graph, venue, gate, token, people: ids, codes };
}

/** Prints a card for each of them; the name of the new file with one code a line. */
export function printCards({ dataDir, secrets }: Pick<World, 'dataDir' | 'secrets'>, people: string[]): string {
  const [issuedAt, cards] = [systemClock() - hourMs, new Cards(secrets)];
  const texts = people.map((person) =>
    cards.issue({ person, card: newId(), kind: 'printed', issuedAt, expiresAt: issuedAt + 48 * hourMs }),
  );
  const codes = join(dataDir, `codes-${newId()}`);
  writeFileSync(codes, texts.join('\n'));
  return codes;
}

/** People who have a name and nothing else yet; their ids. */
export async function makePeople(
  { graph, secrets }: Pick<World, 'graph' | 'secrets'>,
  count: number,
  unit: string | null = null,
): Promise<string[]> {
  const vault = new Vault(secrets);
  const rows = Array.from({ length: count }, (_, at) => {
    const [id, key] = [newId(), vault.newPersonKey()];
    return {
      id,
      key,
      ...sealFields(vault, key, { name: `Person ${at}`, identifiers: [] }),
      verified: true,
      unit,
    };
  });
  await graph.write('people/create', { rows, atMs: systemClock() });
  return rows.map(({ id }) => id);
}

async function makeGate(graph: Graph): Promise<{ venue: string; gate: string }> {
  const [venue, gate, atMs] = [newId(), newId(), systemClock()];
  const place = { name: 'Bench', kind: 'shop' as const, setting: 'closed' as const, zones: [] };
  const nowhere = { unit: null, lat: null, lon: null, capacity: null };
  await graph.write('venues/create', { venue: { id: venue, code: venue, ...place, ...nowhere }, owner: null, atMs });
  await graph.write('venues/add_gates', { gates: [{ venue, gate, name: 'Bench' }], atMs });
  return { venue, gate };
}

/** Hangs stays into a graph; their people are there already. */
export async function hang(graph: Graph, stays: StayEntry[]): Promise<void> {
  const rows = stays.flatMap((stay) => daysTouched(stay.in, stay.out).map((day) => ({ ...stay, day })));
  const id = new Map(stays.map((stay) => [stay, newId()]));
  const ids = stays.flatMap((stay) => daysTouched(stay.in, stay.out).map(() => id.get(stay)!));
  const keys = rows.map(({ venue, day }) => `${venue}|${day}`);
  const days = [...new Map(rows.map((row, at) => [keys[at]!, row]))];
  const all = <T>(value: T): T[] => rows.map(() => value);
  await graph.writeAll([
    step('presence/ensure_days', {
      keys: days.map(([key]) => key),
      days: days.map(([, { day }]) => day),
      venues: days.map(([, { venue }]) => venue),
    }),
    step('presence/add_stays', {
      keys,
      ids,
      people: rows.map(({ person }) => person),
      zones: rows.map(({ zone }) => zone),
      ins: rows.map((row) => row.in),
      outs: rows.map(({ out }) => out),
      trusts: rows.map(({ trust }) => trust),
      assumed: all(false),
      open: all(false),
      kept: all(true),
    }),
  ]);
}
