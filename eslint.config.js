// Lint: typed rules for TypeScript, our own rules for everything, sharper ones by room. Each has a canary in test/rules.
import { defineConfig } from 'eslint/config'
import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'
import { localPlugin } from './scripts/lint/plugin.js'
import {
  everywhere,
  inLogic,
  inTests,
  networkGlobals,
  processGlobals,
  processImports,
  without,
  worldGlobals,
} from './scripts/lint/restrictions.js'

/** The rules we chose ourselves (presets aside); test/rules proves that each has a canary. */
export const chosen = {
  'local/first-line-comment': 'error',
  'local/doc-on-export': 'error',
  'local/file-name': 'error',
  'local/no-commented-code': 'error',
  'local/disable-needs-reason': 'error',
  'max-lines': ['error', 400],
  'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
  'max-params': ['error', 5],
  'max-depth': ['error', 4],
  eqeqeq: ['error', 'always'],
  'no-console': 'error',
  'no-eval': 'error',
  'no-param-reassign': 'error',
  'no-var': 'error',
  'prefer-const': 'error',
  'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'], location: 'anywhere' }],
}

/** The typed rules we chose ourselves, for TypeScript only. */
export const chosenTyped = {
  'local/reason-for-cast': 'error',
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-misused-promises': 'error',
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: false }],
  '@typescript-eslint/consistent-type-imports': 'error',
  '@typescript-eslint/no-import-type-side-effects': 'error',
  '@typescript-eslint/no-non-null-assertion': 'error',
  '@typescript-eslint/prefer-readonly': 'error',
  '@typescript-eslint/explicit-module-boundary-types': 'error',
}

/** Plain mistakes in JavaScript; in TypeScript the compiler and the preset find these. */
const mistakes = Object.fromEntries(
  [
    'no-undef',
    'no-unused-vars',
    'no-unreachable',
    'no-dupe-keys',
    'no-dupe-args',
    'no-cond-assign',
    'no-unsafe-finally',
    'no-empty',
    'no-fallthrough',
    'no-redeclare',
    'no-self-assign',
    'no-sparse-arrays',
    'no-useless-escape',
    'use-isnan',
    'valid-typeof',
    'no-async-promise-executor',
  ].map((rule) => [rule, 'error']),
)

const sources = ['**/*.{ts,tsx}']
const rooms = 'main/**/*.ts'

const config = defineConfig(
  { ignores: ['node_modules/', 'dist/', '.sotto/', 'coverage/', 'test/rules/canaries/', '**/*.d.mts'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    plugins: { local: localPlugin },
    languageOptions: { ecmaVersion: 'latest', sourceType: 'module' },
    rules: { ...mistakes, ...chosen, 'no-restricted-syntax': ['error', ...everywhere] },
  },
  {
    files: sources,
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      ...chosenTyped,
      // local/reason-for-cast says the same of `any`, and lets a reasoned one stand.
      '@typescript-eslint/no-explicit-any': 'off',
      // Objects of functions are closures here, and a method torn off a class fails at once on its private fields.
      '@typescript-eslint/unbound-method': 'off',
      // Methods answer promises by contract, awaited inside or not.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // The compiler knows every name.
      'no-undef': 'off',
    },
  },
  {
    files: ['main/**/*.ts', 'preload/**/*.ts', 'renderer/**/*.{ts,tsx}'],
    ignores: ['main/egress/**', 'main/hosts/browser/**', 'preload/browser.ts'],
    rules: { 'no-restricted-globals': ['error', ...networkGlobals, ...worldGlobals] },
  },
  {
    files: [rooms, 'preload/contract/**/*.ts', 'preload/client.ts'],
    ignores: [
      'main/egress/**',
      'main/hosts/**',
      'main/inference/process/**',
      'main/documents/reader/**',
      'main/parentPort.ts',
    ],
    rules: {
      'no-restricted-globals': ['error', ...networkGlobals, ...worldGlobals, ...processGlobals],
      'no-restricted-imports': ['error', { paths: processImports }],
    },
  },
  {
    files: ['main/egress/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', ...worldGlobals, ...processGlobals],
      'no-restricted-imports': ['error', { paths: processImports }],
    },
  },
  {
    // These close the network for a child; what they close they fetch without importing it.
    files: ['main/documents/reader/guardNetwork.ts', 'main/inference/process/{network,process}Guard.ts'],
    rules: {
      'no-restricted-globals': ['error', ...networkGlobals],
      'no-restricted-syntax': ['error', ...without(everywhere, 'no-back-door')],
    },
  },
  {
    // Replaces two functions of the platform that pdfjs finds by their names.
    files: ['main/documents/reader/pdfjsShortcuts.ts'],
    rules: { 'no-restricted-globals': ['error', ...networkGlobals, ...processGlobals] },
  },
  { files: ['main/**/logic/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...everywhere, ...inLogic] } },
  { files: ['renderer/**/*.{ts,tsx}'], extends: [reactHooks.configs.flat.recommended] },
  { files: ['renderer/**/*.tsx'], rules: { 'local/no-literal-text': 'error' } },
  { files: ['main/hosts/cli/**/*.ts'], rules: { 'local/no-literal-text': ['error', { prose: true }] } },
  {
    files: ['preload/contract/**/*.ts'],
    // The contract's barrels are the only ones.
    rules: {
      'no-restricted-syntax': ['error', ...without(everywhere, 'no-barrel')],
    },
  },
  {
    files: ['test/**/*.{ts,tsx}'],
    rules: {
      'no-restricted-syntax': ['error', ...without(everywhere, 'no-module-let'), ...inTests],
      // describe() holds a whole subject; a skipped suite prints why.
      'max-lines-per-function': 'off',
      'no-console': 'off',
    },
  },
  {
    // These drive whole processes and wait for the outside world.
    files: ['test/{acceptance,faults,hosts,browser,bench,fakes,fixtures}/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...without(everywhere, 'no-module-let')] },
  },
  {
    files: ['scripts/**', 'test/{acceptance,bench}/**', 'test/**/*.js', '*.js', '*.cjs', '.*.cjs', '*.ts'],
    languageOptions: { globals: nodeGlobals() },
    rules: { 'no-console': 'off' },
  },
  {
    // A row's promise stands in its doneWhen.
    files: ['test/acceptance/*/*.ts'],
    rules: { 'local/doc-on-export': 'off' },
  },
  {
    // Runners find what they run; no import rule stands on them.
    files: ['scripts/**'],
    rules: { 'no-restricted-syntax': ['error', ...without(everywhere, 'no-computed-import')] },
  },
  {
    files: ['eslint.config.js', 'vitest.config.ts', 'vite.config.ts', 'scripts/countingReporter.ts'],
    // These tools ask for a default export.
    rules: {
      'no-restricted-syntax': ['error', ...without(everywhere, 'no-default-export')],
    },
  },
)

export default config

function nodeGlobals() {
  const names = [
    'process',
    'console',
    'URL',
    'Buffer',
    'setTimeout',
    'clearTimeout',
    'fetch',
    'AbortSignal',
    'module',
    '__dirname',
    'setInterval',
    'clearInterval',
    'performance',
  ]
  return Object.fromEntries(names.map((name) => [name, 'readonly']))
}
