/** `npm test [-- --only domain,medium]`: every check and every test on a private instance; the last line is the total. */
import { nodeFault } from './node-version.mjs';

const fault = nodeFault(process.versions.node);
if (fault) {
  process.stderr.write(`\n  error  ${fault}\n`);
  process.exit(1);
}

const [{ command }, { test }] = await Promise.all([import('./say.mjs'), import('./test/test.mjs')]);
await command(() => test(process.argv.slice(2)));
