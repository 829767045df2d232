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

/** The screen of a registered person; the account is put beside the person as a desk would. */
export async function openScreen(system: System, person: string): Promise<CitizenSocket> {
  const account = `phone-of-${person}`;
  await giveAccount(system, { account, person });
  const tokens = new Tokens(loadSecrets(system.dataDir), Date.now);
  const token = await tokens.sign({ id: account, kind: 'citizen', roles: ['citizen'], person }, 3_600);
  return connect<CitizenSocket>(system.url, '/citizen', token);
}

async function giveAccount({ servers }: System, params: { account: string; person: string }): Promise<void> {
  const driver = neo4j.driver(servers.NEO4J_URI, neo4j.auth.basic(servers.NEO4J_USER, servers.NEO4J_PASSWORD));
  const link =
    'MATCH (p:Person {id: $person}) MERGE (a:Account {id: $account}) SET a.roles = ["citizen"] MERGE (a)-[:IS]->(p)';
  await driver.executeQuery(link, params).finally(() => driver.close());
}

/** A member of staff who logged in: their token and their screen. */
export async function hire(system: System, role: Role): Promise<{ token: string; screen: OfficerSocket }> {
  const made = await ask(system, 'POST /users', { body: { username: `${role}-${newId()}`, roles: [role] } });
  const { username, password } = made.body as { username: string; password: string };
  const login = await ask(system, 'POST /auth/login', { body: { username, password }, token: '' });
  const { token } = login.body as { token: string };
  return { token, screen: await connect<OfficerSocket>(system.url, '/officer', token) };
}
