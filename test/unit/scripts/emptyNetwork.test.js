// The empty network namespace: tried before it is used, and a plain reason where the system refuses.
import { expect, test } from 'vitest'
import { emptyNetwork } from '../../../scripts/emptyNetwork.mjs'

test('the first way that works is used', () => {
  const tried = []
  const { prefix, reason } = emptyNetwork('node', (command) => {
    tried.push(command[1])
    return command[1] === '-n'
  })
  expect([tried, prefix.slice(0, 2), reason]).toEqual([['-rn', '-n'], ['unshare', '-n'], undefined])
})

test('a refusal is said in words', () => {
  const reason = 'this system does not allow network namespaces (unshare was refused)'
  expect(emptyNetwork('node', () => false)).toEqual({ prefix: [], reason })
})
