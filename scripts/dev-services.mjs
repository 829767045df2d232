import { parseArgs } from 'node:util';
import { command } from './say.mjs';
import { preparePair, startPair } from './services/pair.mjs';

/** `node scripts/dev-services.mjs --dir DIR`: Redis and Neo4j alone, until Ctrl-C; prints how to reach them as JSON. */
await command(async () => {
  const { values } = parseArgs({ options: { dir: { type: 'string', default: '.data' } } });
  await preparePair(values.dir);
  const { env, stop } = await startPair(values.dir);
  process.stdout.write(`${JSON.stringify(env)}\n`);
  const hold = setInterval(() => {}, 1 << 30);
  for (const name of ['SIGINT', 'SIGTERM']) {
    process.once(name, async () => {
      clearInterval(hold);
      await stop();
    });
  }
});
