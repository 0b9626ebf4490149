// The commented-out-code rule: statements are refused, sentences and examples in doc blocks are not.
import { noCommentedCode } from '../../../../scripts/lint/noCommentedCode.js'
import { testRule } from './ruleTester.js'

const errors = [{ messageId: 'code' }]

testRule('no-commented-code', noCommentedCode, {
  valid: [
    '// Answers once the file is there (or gone).\nlet a',
    '// if the parser fails, the file is corrupt\nlet a',
    '// return the lock before the port closes\nlet a',
    '/**\n * const a = 1\n */\nlet a',
    '// as: the parser checked it\nlet a',
    '// for (a few) seconds\nlet a',
  ],
  invalid: [
    { code: '// const a = 1', errors },
    { code: "// import { a } from './a.ts'", errors },
    { code: '// await save(document)', errors },
    { code: '// if (a) {', errors },
    { code: '// this.count = other.count', errors },
    { code: '// start(port)', errors },
    { code: '/* let a = 1\n let b = 2 */', errors },
  ],
})
