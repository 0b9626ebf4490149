// The first-line rule: what counts as a sentence about the file's job.
import { firstLineComment } from '../../../../scripts/lint/firstLineComment.js'
import { testRule } from './ruleTester.js'

const errors = [{ messageId: 'missing' }]

testRule('first-line-comment', firstLineComment, {
  valid: [
    '// Says this file’s job.\nlet a',
    '#!/usr/bin/env node\n// Says this file’s job.\nlet a',
    '/** Says the job. */\nlet a',
  ],
  invalid: [
    { code: 'let a', errors },
    { code: '\n// Says the job too late.\nlet a', errors },
    { code: '// two words\nlet a', errors },
    { code: '#!/usr/bin/env node\nlet a', errors },
  ],
})
