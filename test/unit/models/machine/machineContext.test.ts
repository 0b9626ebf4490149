// How far the context grows, and what stands in the way.
import { expect, test } from 'vitest'
import { fail, ok } from '#contract/result.ts'
import { MachineContext } from '../../../../main/models/machine/machineContext.ts'

const never = new AbortController().signal
const plain = { source: 'person', locked: false, reason: null, contact: null } as const

function room(largestContextTokens: number | undefined, locked = false) {
  const set: number[] = []
  const context = new MachineContext({
    chosen: async () =>
      ok({ contextTokens: 8192, ...(largestContextTokens === undefined ? {} : { largestContextTokens }) }),
    settings: {
      get: () => ({ ...plain, value: 0 }),
      set: (key, value) => {
        if (locked) return fail('setting-locked', { key, reason: '', contact: '' })
        set.push(value)
        return ok({ ...plain, key, value })
      },
    },
  })
  return { context, set }
}

test('half as much again as is needed, in steps, up to the largest', async () => {
  const { context, set } = room(32_768)
  expect(await context.sizes(never)).toEqual(ok({ contextTokens: 8192, largestContextTokens: 32_768 }))
  for (const needed of [8193, 16_384, 30_000]) expect(await context.grow(needed, never)).toEqual(ok(undefined))
  expect(set).toEqual([16_384, 24_576, 32_768])
})

test('more than the largest is refused, and nothing is set', async () => {
  const { context, set } = room(undefined)
  expect(await context.grow(8193, never)).toEqual(
    fail('context-full', { neededTokens: 8193, contextTokens: 8192, reservedTokens: 0 }),
  )
  expect(set).toEqual([])
})

test('a size the organisation decided stays', async () => {
  expect(await room(32_768, true).context.grow(9000, never)).toMatchObject({ failure: { code: 'setting-locked' } })
})
