import { parseArgs } from 'node:util';
import { command } from './say.mjs';
import { startPair, stopPair } from './services/pair.mjs';
import { listenForSignals, untilStopped } from './stopping.mjs';

/** `node scripts/dev-services.mjs --dir DIR`: Redis and Neo4j alone, until Ctrl-C; prints how to reach them as JSON. */
await command(async () => {
  const { values } = parseArgs({ options: { dir: { type: 'string', default: '.data' } } });
  listenForSignals();
  try {
    const { env } = await startPair(values.dir);
    process.stdout.write(`${JSON.stringify(env)}\n`);
    await untilStopped();
  } finally {
    await stopPair(values.dir);
  }
});
