import jest from 'eslint-plugin-jest';
import tseslint from 'typescript-eslint';

/** The limits of CONTRIBUTING.md: they are there to make you stop and think. */
const sizes = {
  'max-lines': ['error', { max: 250, skipBlankLines: false, skipComments: false }],
  'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
  'no-restricted-syntax': [
    'error',
    ...[
      'FunctionDeclaration[params.length>4]',
      'ArrowFunctionExpression[params.length>4]',
      ':not(MethodDefinition[kind="constructor"]) > FunctionExpression[params.length>4]',
      'MethodDefinition[kind="constructor"] > FunctionExpression[params.length>9]',
    ].map((selector) => ({
      selector,
      message: 'At most 4 parameters; 9 where Nest hands in what a class works with.',
    })),
  ],
};

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.data/', '.test-data/', 'coverage/'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [...tseslint.configs.recommended],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...sizes,
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  { files: ['cli/**', 'bench/**', 'demo/**'], rules: { 'no-console': 'off' } },
  // What a component returns is one expression: its lines are markup, not steps.
  { files: ['**/*.tsx'], rules: { 'max-lines-per-function': ['error', { max: 80, skipComments: true }] } },
  {
    files: ['test/**/*.ts'],
    extends: [jest.configs['flat/recommended']],
    rules: {
      'max-lines-per-function': 'off',
      'jest/valid-expect': 'error',
      'jest/no-disabled-tests': 'error',
      'jest/no-conditional-expect': 'off',
      'jest/expect-expect': ['error', { assertFunctionNames: ['expect', 'expect*', 'fc.assert', 'request.**.expect'] }],
    },
  },
  {
    // A page that shows what is waited for has passed; its console is looked at after each test.
    files: ['test/browser/**/*.ts'],
    rules: {
      'jest/expect-expect': ['error', { assertFunctionNames: ['expect', 'until', '**.waitFor', 'atTheDoor'] }],
      'jest/no-standalone-expect': ['error', { additionalTestBlockFunctions: ['afterEach'] }],
    },
  },
);
