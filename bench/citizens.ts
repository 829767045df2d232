import neo4j from 'neo4j-driver';
import { systemClock } from '../config/clock.js';
import { loadEnv } from '../config/env.js';
import { Tokens } from '../src/auth/tokens.js';
import { RawSocket } from './raw-socket.js';
import { makePeople, type World } from './world.js';

/** Handshakes that go on beside each other. */
const atOnce = 50;

/** People whose screens are on. */
export interface Citizens {
  people: string[];
  sockets: RawSocket[];
}

/** People with accounts, each connected to the namespace `/citizen`. */
export async function connectCitizens(
  world: World,
  url: string,
  count: number,
  unit: string | null = null,
): Promise<Citizens> {
  const people = await makePeople(world, count, unit);
  await giveAccounts(people);
  const tokens = new Tokens(world.secrets, systemClock);
  const sockets: RawSocket[] = [];
  for (let at = 0; at < count; at += atOnce) {
    const some = people.slice(at, at + atOnce).map(async (person) => {
      const caller = { id: accountOf(person), kind: 'citizen' as const, roles: ['citizen' as const], person };
      return RawSocket.connect(url, '/citizen', await tokens.sign(caller, 86_400));
    });
    sockets.push(...(await Promise.all(some)));
  }
  await Promise.all(sockets.map((socket) => socket.ask('resume', '{"version":0}')));
  return { people, sockets };
}

const accountOf = (person: string): string => `bench-${person}`;

async function giveAccounts(people: string[]): Promise<void> {
  const { NEO4J_URI, NEO4J_USER, NEO4J_PASSWORD } = loadEnv(process.env);
  const driver = neo4j.driver(NEO4J_URI, neo4j.auth.basic(NEO4J_USER, NEO4J_PASSWORD));
  await driver.executeQuery(
    `UNWIND $people AS id MATCH (p:Person {id: id})
     CREATE (:Account {id: 'bench-' + id, roles: ['citizen'], disabled: false})-[:IS]->(p)`,
    { people },
  );
  await driver.close();
}

/** Resolves with the last text when each socket has heard one `status`; a second one, or none in time, is a fault. */
export function heardByAll(sockets: RawSocket[], withinMs = 30_000): Promise<string> {
  return new Promise((resolve, reject) => {
    const left = new Set(sockets);
    const late = setTimeout(() => reject(new Error(`${left.size} screens heard nothing`)), withinMs);
    for (const socket of sockets) {
      socket.onEvent = (list) => {
        if (!list.startsWith('["status"')) return;
        if (!left.delete(socket)) reject(new Error('a screen heard the same thing twice'));
        if (left.size > 0) return;
        clearTimeout(late);
        resolve(list);
      };
    }
  });
}
