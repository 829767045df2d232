import { makeWorld } from './world.js';
import { ask, compareServers } from './scan.js';
import { serve, start } from './processes.js';
import { startPostgres } from './postgres.js';
import { readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
const world = await makeWorld(2000);
const api = start('src/main.js', { DATA_DIR: world.dataDir, PORT: '0', LOG_LEVEL: 'warn' });
const file = join(world.dataDir, 'run.json');
while (!existsSync(file)) await new Promise((r) => setTimeout(r, 100));
const { url } = JSON.parse(readFileSync(file, 'utf8')) as { url: string };
const bare = await serve<{ url: string }>('bench/servers/bare.js');
const pg = await startPostgres();
const ex = await serve<{ url: string }>('bench/servers/express-pg.js', { DATABASE_URL: pg.url });
for (let i = 0; i < 2; i++) {
  console.log('ours', await ask(world, { url }, {}));
  console.log('bare', await ask(world, { url: bare.said.url }, {}));
  console.log('pg', await ask(world, { url: ex.said.url, http: true }, {}));
}
await api.stop();
await bare.stop();
await ex.stop();
await pg.stop();
await world.graph.close();
