// ESLint's own tester for rules, speaking TypeScript and reporting through vitest.
import { RuleTester } from 'eslint'
import tseslint from 'typescript-eslint'
import { describe, test } from 'vitest'

RuleTester.describe = describe
RuleTester.it = test

/** Runs one rule over cases; TypeScript with JSX, no type information. */
export function testRule(name, rule, { valid, invalid }) {
  const tester = new RuleTester({
    languageOptions: { parser: tseslint.parser, parserOptions: { ecmaFeatures: { jsx: true } } },
  })
  tester.run(name, rule, { valid, invalid })
}
