import { setTimeout as pause } from 'node:timers/promises';
import { dataDir, findSystem } from '../cli/address.js';
import { Api } from '../cli/api.js';
import { systemClock } from '../config/clock.js';
import { createLog } from '../config/log.js';
import { certify } from './certificates.js';
import { buildCity } from './city.js';
import { found } from './found.js';
import { readKept } from './kept.js';
import { Life } from './life.js';
import { Outbreak } from './outbreak.js';
import { randomOf } from './random.js';
import { inviteVisitor } from './visitor.js';

/**
 * A living city on top of a running system, through its public API and its gate sockets alone. The seed and the number
 * of people belong together with what a data folder keeps: with these, about two scans a second.
 */
const seed = 79;
const people = 1_200;

/** How long the system may take to answer at the start (assumption). */
const patienceMs = 60_000;

const log = createLog('demo', process.env['LOG_LEVEL'] ?? 'info');
const folder = dataDir(process.env);
const at = await system();
const city = buildCity({ seed, people });
log.info({ fact: 'city-founded', venues: city.places.length, people });
const api = new Api(at);
const isNew = readKept(folder) === undefined;
const kept = await found(api, city, folder);
await inviteVisitor({ api, city }, kept, folder);
await certify(api, city, { kept, dataDir: folder, nowMs: systemClock() }).catch((error: Error) =>
  log.warn({ fact: 'city-not-certified', reason: error.message }),
);
const life = new Life({ url: at.url, city, kept, isNew }, randomOf(systemClock()), systemClock, log);
const outbreak = new Outbreak({ api, kept, dataDir: folder }, randomOf(systemClock()), systemClock, log);
life.open();
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    life.close();
    outbreak.close();
  });
}
console.log('the city lives');
await Promise.all([life.live(), outbreak.run()]);
process.exit(0);

/** The address and the operator's token; waits for a system that is still starting. */
async function system() {
  for (const end = systemClock() + patienceMs; ; await pause(500)) {
    try {
      return findSystem(process.env);
    } catch (error) {
      if (systemClock() > end) throw error;
    }
  }
}
