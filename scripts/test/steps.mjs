import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build as buildAll } from '../build.mjs';
import { run } from '../run.mjs';
import { Fault } from '../say.mjs';

/** Characters of a failure that the summary repeats: enough to know where to look (assumption). */
const toldOfFault = 400;

/** Slow tests that a step tells. */
const toldSlowest = 12;

/**
 * The steps in their order; each resolves to `{passed, failed, skipped}` and, for tests, `faults` (what failed and why,
 * in short) and `slowest` (where its time went); `needs` the servers or not.
 */
export const steps = {
  types: {
    run: ({ root }) =>
      check(
        root,
        ['tsconfig.json', 'web/tsconfig.json', 'test/browser/tsconfig.json'].map((config) => [
          'typescript/bin/tsc',
          '-p',
          config,
        ]),
      ),
  },
  lint: {
    run: ({ root }) =>
      check(root, [
        ['eslint/bin/eslint.js', '.'],
        ['prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'],
      ]),
  },
  build: { run: ({ root }) => build(root) },
  domain: { run: (at) => jest('domain', at) },
  medium: { run: (at) => jest('medium', at, ['--maxWorkers=2', '--forceExit']), needs: true },
  e2e: { run: (at) => jest('e2e', at, ['--runInBand', '--forceExit']), needs: true },
  browser: { run: (at) => jest('browser', at, ['--runInBand', '--forceExit']), needs: true },
  faults: { run: (at) => jest('faults', at, ['--runInBand', '--forceExit']), needs: true },
};

const counted = (isWell) => ({ passed: isWell ? 1 : 0, failed: isWell ? 0 : 1, skipped: 0 });

/** Programs of node_modules that say by their exit code whether all is well; they count as one. */
async function check(root, programs) {
  const codes = [];
  for (const [file, ...args] of programs) {
    codes.push(await run(process.execPath, [join(root, 'node_modules', file), ...args], { cwd: root }));
  }
  return counted(codes.every((code) => code === 0));
}

async function build(root) {
  try {
    await buildAll(root);
    return counted(true);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    process.stderr.write(`${error.message}\n`);
    return counted(false);
  }
}

/** One project of jest; counted from its own report, in which a file that could not run at all is one failure. */
async function jest(project, { root, env }, more = []) {
  const report = join(tmpdir(), `vetxanh-${project}-${process.pid}.json`);
  const options = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const args = ['--selectProjects', project, '--json', `--outputFile=${report}`, ...more];
  const files = [join(root, 'node_modules/jest/bin/jest.js'), ...args];
  const onLine = (line) => !line.startsWith('{"') && process.stderr.write(`${line}\n`);
  const code = await run(process.execPath, [...options, ...files], {
    cwd: root,
    env: { ...env, FORCE_COLOR: '0' },
    onLine,
  });
  const counts = read(report);
  rmSync(report, { force: true });
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}

function read(report) {
  try {
    const all = JSON.parse(readFileSync(report, 'utf8'));
    return {
      passed: all.numPassedTests,
      failed: all.numFailedTests + all.numRuntimeErrorTestSuites,
      skipped: all.numPendingTests + all.numTodoTests,
      faults: all.testResults.flatMap(faultsOf),
      slowest: slowestOf(all.testResults),
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/** The tests that took longest, and what their files took besides: where a step's time goes. */
function slowestOf(files) {
  const tests = files.flatMap(({ assertionResults }) => assertionResults);
  const seconds = ({ duration }) => (duration ?? 0) / 1000;
  const last = tests.toSorted((a, b) => seconds(b) - seconds(a)).slice(0, toldSlowest);
  const inTests = tests.reduce((sum, test) => sum + seconds(test), 0);
  const inFiles = files.reduce((sum, { startTime, endTime }) => sum + (endTime - startTime) / 1000, 0);
  const besides = `${(inFiles - inTests).toFixed(0)} s in ${files.length} files besides their tests`;
  return [besides, ...last.map((test) => `${seconds(test).toFixed(1)} s ${test.fullName.slice(0, 100)}`)];
}

/** The tests of one file that failed, or the file itself when it could not run. */
function faultsOf({ name, status, message, assertionResults }) {
  const failed = assertionResults.filter((test) => test.status === 'failed');
  if (failed.length === 0 && status === 'failed') return [fault(name, message)];
  return failed.map(({ fullName, failureMessages }) => fault(fullName, failureMessages.join('\n')));
}

const fault = (what, why) => `${what}\n    ${why.trim().slice(0, toldOfFault).replaceAll('\n', '\n    ')}`;
