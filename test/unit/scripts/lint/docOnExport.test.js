// The doc rule: every export has its sentence directly above it, except where a shape mirrors a documented value.
import { docOnExport } from '../../../../scripts/lint/docOnExport.js'
import { testRule } from './ruleTester.js'

const errors = [{ messageId: 'missing' }]

testRule('doc-on-export', docOnExport, {
  valid: [
    '/** Answers one. */\nexport function one() {}',
    '/** Bytes. */\nexport const size = 1',
    'const size = 1\nexport { size }',
    "export * from './a.ts'",
    'export type Message = z.output<typeof message>',
    'export type Contract = typeof contract',
    '/** First. */\nexport function a(x: string): void\nexport function a(x: number): void\nexport function a(x: unknown): void {}',
  ],
  invalid: [
    { code: 'export const size = 1', errors },
    { code: '// Bytes.\nexport const size = 1', errors },
    { code: '/** */\nexport const size = 1', errors },
    { code: '/** Bytes. */\n\nexport const size = 1', errors },
    { code: 'export type Size = number', errors },
    { code: 'export type Sizes = Array<typeof size>', errors },
    { code: '/** One. */\nexport class One {}\nexport class Two {}', errors },
  ],
})
