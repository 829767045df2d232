import neo4j from 'neo4j-driver';
import type { Servers } from './system.js';

/** Nobody can write to this person meanwhile: what would waits until the work is done. */
export async function whileHeld(
  servers: Pick<Servers, 'NEO4J_URI' | 'NEO4J_USER' | 'NEO4J_PASSWORD'>,
  person: string,
  work: () => Promise<void>,
): Promise<void> {
  const driver = neo4j.driver(servers.NEO4J_URI, neo4j.auth.basic(servers.NEO4J_USER, servers.NEO4J_PASSWORD));
  const session = driver.session();
  const held = session.beginTransaction();
  try {
    await held.run('MATCH (p:Person {id: $person}) SET p.id = p.id', { person });
    await work();
  } finally {
    await held.rollback();
    await session.close();
    await driver.close();
  }
}
