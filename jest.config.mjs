/** One project per kind of test, fastest first; `npm run test:domain` runs the first alone. */
const common = {
  rootDir: '.',
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': '@swc/jest' },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/', '<rootDir>/.test-data/'],
};
const kind = (displayName, more = {}) => ({
  ...common,
  displayName,
  testMatch: [`<rootDir>/test/${displayName}/**/*.spec.ts`],
  ...more,
});

/** Files that run one after the other, each with the second pair of servers to itself. */
const alone = { setupFilesAfterEnv: ['<rootDir>/test/empty-solo.ts'] };

export default {
  projects: [
    kind('domain', { testMatch: ['<rootDir>/test/*.spec.ts', '<rootDir>/test/domain/**/*.spec.ts'] }),
    kind('medium'),
    kind('e2e', alone),
    kind('browser', alone),
    kind('faults', alone),
  ],
  testTimeout: 60_000,
};
