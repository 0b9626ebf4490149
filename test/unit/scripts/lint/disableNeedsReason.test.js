// The disable rule: whoever switches a rule off names it and says why.
import { disableNeedsReason } from '../../../../scripts/lint/disableNeedsReason.js'
import { testRule } from './ruleTester.js'

testRule('disable-needs-reason', disableNeedsReason, {
  valid: [
    '// eslint-disable-next-line eqeqeq -- the driver answers either\nlet a',
    '// @ts-expect-error the typings lack it\nlet a',
  ],
  invalid: [
    { code: '// @ts-ignore because\nlet a', errors: [{ messageId: 'ignore' }] },
    { code: '// @ts-nocheck\nlet a', errors: [{ messageId: 'ignore' }] },
    { code: '// @ts-expect-error\nlet a', errors: [{ messageId: 'reason' }] },
    { code: '/* eslint-disable no-undef */\nlet a', errors: [{ messageId: 'reason' }] },
    { code: 'let a\n/* eslint-disable -- everything is fine */', errors: [{ messageId: 'reason' }] },
  ],
})
