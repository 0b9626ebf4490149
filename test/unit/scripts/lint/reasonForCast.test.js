// The cast rule: `any` and `as` beside their reason; `as const`, import renames and `satisfies` are free.
import { reasonForCast } from '../../../../scripts/lint/reasonForCast.js'
import { testRule } from './ruleTester.js'

const errors = [{ messageId: 'missing' }]

testRule('reason-for-cast', reasonForCast, {
  valid: [
    'const a = x as A // as: the parser checked it',
    'const a = x as A // as: a parser checked it',
    'const a = [1] as const',
    "import { a as b } from './a.ts'",
    'const a = x satisfies A',
    'type A = any // any: the library says so',
    'const a = x as {\n  b: 1\n} // as: the parser checked it',
    'const a = f(\n  x as A, // as: the parser checked it\n)',
  ],
  invalid: [
    { code: 'const a = x as A', errors },
    { code: '// as: on the line above\nconst a = x as A', errors },
    { code: 'const a = x as A // as:', errors },
    { code: 'const a = x as A // as a matter of fact', errors },
    { code: 'const a: any = x', errors },
    { code: 'const a = x as unknown as A', errors: [...errors, ...errors] },
  ],
})
