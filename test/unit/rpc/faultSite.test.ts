// What the log may say about a fault: its class, its code, its line; never its message.
import { expect, test } from 'vitest'
import { faultSite } from '../../../main/rpc/faultSite.ts'

test('names class, code and line', () => {
  const error = Object.assign(new RangeError('secret'), { code: 'ENOSPC' })
  expect(faultSite(error)).toEqual({
    error: 'RangeError',
    code: 'ENOSPC',
    at: expect.stringMatching(/^faultSite\.test\.ts:\d+$/) as string, // as: vitest types matchers as any
  })
})

test('a message that looks like a path or a stack is not taken for one', () => {
  const error = new Error('could not read /home/anna/diary.ts:12:3\n    at anna (diary.ts:12:3)\n')
  expect(faultSite(error).at).toMatch(/^faultSite\.test\.ts:\d+$/)
})

test('what is no error has only a kind', () => {
  expect(faultSite('secret')).toEqual({ error: 'string', code: '', at: '' })
})
