// One spelling for one structure.
import { expect, test } from 'vitest'
import { canonicalJson } from '../../../../main/egress/logic/canonicalJson.ts'

test('sorts keys at every depth, keeps lists in order and escapes as JSON does', () => {
  expect(canonicalJson({ b: [{ d: 1, c: null }, 'ä"\n'], a: true, B: {}, '10': 1, '9': [] })).toBe(
    '{"10":1,"9":[],"B":{},"a":true,"b":[{"c":null,"d":1},"ä\\"\\n"]}',
  )
})

test('parses back to the same value', () => {
  const value = { z: [1.5, -0.25, 1e21], a: { text: '\u2028 "quoted"', none: null } }
  expect(JSON.parse(canonicalJson(value))).toEqual(value)
})
