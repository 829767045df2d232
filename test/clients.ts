import neo4j from 'neo4j-driver';
import { newId } from '../config/ids.js';
import { loadSecrets } from '../config/secrets.js';
import type { Role } from '../src/auth/caller.js';
import { Tokens } from '../src/auth/tokens.js';
import type { VenueKind } from '../src/domain/stay/scan.js';
import { connect, connectGate, type CitizenSocket, type GateSocket, type OfficerSocket } from './sockets.js';
import { ask, type System } from './system.js';

/** A gate that is connected, with its venue. */
export interface PairedGate {
  id: string;
  venue: string;
  kind: VenueKind;
  socket: GateSocket;
}

/** Opens a venue with one gate. */
export async function pairGate(system: System, name: string, kind: VenueKind = 'shop'): Promise<PairedGate> {
  const made = await ask(system, 'POST /venues', { body: { name, kind, setting: 'closed' } });
  const { id } = made.body as { id: string };
  const paired = await ask(system, `POST /venues/${id}/gates`, { body: { name: 'Front' } });
  const { gateId, token } = paired.body as { gateId: string; token: string };
  return { id: gateId, venue: id, kind, socket: await connectGate(system.url, token) };
}

/** Somebody whom an officer registered, with a printed card. */
export async function registerPerson(system: System, name?: string): Promise<{ id: string; code: string }> {
  const identifiers = [{ system: 'import', value: newId() }];
  const made = await ask(system, 'POST /people', { body: { identifiers, ...(name && { name }) } });
  const { id } = made.body as { id: string };
  const card = await ask(system, `POST /people/${id}/cards`, { body: { kind: 'printed' } });
  return { id, code: (card.body as { code: string }).code };
}

/** Handshakes that go on beside each other. */
const atOnce = 50;

/** The screen of a registered person; the account is put beside the person as a desk would. */
export async function openScreen(system: System, person: string): Promise<CitizenSocket> {
  const [screen] = await openScreens(system, [person]);
  return screen!;
}

/** The screens of many. */
export async function openScreens(system: System, people: string[]): Promise<CitizenSocket[]> {
  await giveAccounts(system, people);
  const tokens = new Tokens(loadSecrets(system.dataDir), Date.now);
  const screens: CitizenSocket[] = [];
  for (let at = 0; at < people.length; at += atOnce) {
    const some = people.slice(at, at + atOnce).map(async (person) => {
      const caller = { id: accountOf(person), kind: 'citizen' as const, roles: ['citizen' as const], person };
      return connect<CitizenSocket>(system.url, '/citizen', await tokens.sign(caller, 3_600));
    });
    screens.push(...(await Promise.all(some)));
  }
  return screens;
}

const accountOf = (person: string): string => `phone-of-${person}`;

async function giveAccounts({ servers }: System, people: string[]): Promise<void> {
  const driver = neo4j.driver(servers.NEO4J_URI, neo4j.auth.basic(servers.NEO4J_USER, servers.NEO4J_PASSWORD));
  const rows = people.map((person) => ({ person, account: accountOf(person) }));
  const link =
    'UNWIND $rows AS row MATCH (p:Person {id: row.person}) MERGE (a:Account {id: row.account}) SET a.roles = ["citizen"] MERGE (a)-[:IS]->(p)';
  await driver.executeQuery(link, { rows }).finally(() => driver.close());
}

/** A member of staff who logged in: their token and their screen. */
export async function hire(system: System, role: Role): Promise<{ token: string; screen: OfficerSocket }> {
  const made = await ask(system, 'POST /users', { body: { username: `${role}-${newId()}`, roles: [role] } });
  const { username, password } = made.body as { username: string; password: string };
  const login = await ask(system, 'POST /auth/login', { body: { username, password }, token: '' });
  const { token } = login.body as { token: string };
  return { token, screen: await connect<OfficerSocket>(system.url, '/officer', token) };
}
