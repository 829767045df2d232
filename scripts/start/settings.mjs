import { resolve } from 'node:path';
import { Fault } from '../say.mjs';
import { freePort, isFree } from '../services/ports.mjs';

/**
 * What a start needs to know before anything is installed; the API checks all the rest. Throws one {@link Fault} that
 * lists all faults together.
 */
export function checkSettings(given, root) {
  const set = notEmpty(given);
  const { PORT = '8080', HOST = '127.0.0.1', DATA_DIR, REDIS_URL, NEO4J_URI, NEO4J_USER, NEO4J_PASSWORD } = set;
  const faults = faultsOf({ ...set, PORT });
  if (faults.length) throw new Fault(...faults);
  const own = notEmpty({ REDIS_URL, NEO4J_URI, NEO4J_USER, NEO4J_PASSWORD });
  return { ...own, PORT, HOST, DATA_DIR: resolve(root, DATA_DIR ?? '.data') };
}

/** Every fault of the settings with its way on, a line each. */
function faultsOf({ PORT, REDIS_URL, REDIS_MAXMEMORY = '0', NEO4J_URI, NEO4J_PASSWORD }) {
  const checks = [
    [/^\d{1,5}$/.test(PORT) && Number(PORT) <= 65_535, `PORT: expected a number up to 65535, got ${PORT}.`],
    [
      REDIS_URL || isMemory(REDIS_MAXMEMORY),
      `REDIS_MAXMEMORY: expected bytes such as 512mb or 2gb, got ${REDIS_MAXMEMORY}.`,
    ],
    [
      !NEO4J_URI || NEO4J_PASSWORD,
      'NEO4J_URI names a server of your own, but NEO4J_PASSWORD is not set.',
      'Set NEO4J_PASSWORD (and NEO4J_USER, unless it is neo4j).',
    ],
  ];
  return checks.filter(([fits]) => !fits).flatMap(([, ...lines]) => lines);
}

/** A size as Redis reads it. */
const isMemory = (text) => /^\d+([kmg]b?|b)?$/i.test(text);

/** Port 0 stands for any that is free: chosen here, because it stands in pairing links and on posters. */
export const choosePort = async (settings) =>
  settings.PORT === '0' ? { ...settings, PORT: String(await freePort()) } : settings;

/** Where the API can be asked from this machine; throws a {@link Fault} when the port is taken. */
export async function addressOf({ PORT, HOST }) {
  if (!(await isFree(Number(PORT), HOST))) {
    throw new Fault(
      `Port ${PORT} is in use by another program.`,
      `Take another one: PORT=${Number(PORT) + 1} npm start`,
    );
  }
  const host = { '0.0.0.0': '127.0.0.1', '::': '[::1]' }[HOST] ?? (HOST.includes(':') ? `[${HOST}]` : HOST);
  return `http://${host}:${PORT}`;
}

const notEmpty = (all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value));
