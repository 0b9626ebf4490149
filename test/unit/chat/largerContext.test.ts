// A turn that does not fit, answered with a larger context.
import { expect, test } from 'vitest'
import { fail, ok } from '#contract/result.ts'
import { exchange, makeChat, newConversation, shown } from './chatFixture.ts'
import { answering } from './scriptedGenerator.ts'

const never = new AbortController().signal

/** A text of so many words (one token each). */
function wordy(count: number, word = 'word'): string {
  return Array.from({ length: count }, () => word).join(' ')
}

test('the model gets a larger context when asked to, with every message still there', async () => {
  const asked: number[] = []
  const { service, generator } = await makeChat({
    context: (given) => ({
      sizes: async () => ok({ contextTokens: given.model.contextTokens, largestContextTokens: 900 }),
      grow: async (neededTokens) => {
        asked.push(neededTokens)
        if (neededTokens > 900) {
          return fail('context-full', { neededTokens, contextTokens: 900, reservedTokens: 0 })
        }
        given.model = { ...given.model, contextTokens: 900 }
        return ok(undefined)
      },
    }),
  })
  const id = await newConversation(service, 'Long')
  generator.chat = answering(wordy(20, 'answer'))
  for (let turn = 1; turn <= 5; turn += 1) await exchange(service, id, wordy(23, `q${turn}`))
  generator.requests.length = 0
  const before = await shown(service, id)
  const full = await exchange(service, id, wordy(700), { overflow: 'larger-context' })
  expect(full.ending).toMatchObject({ ok: false, failure: { code: 'context-full' } })
  expect(await shown(service, id)).toEqual(before)
  const { items } = await exchange(service, id, wordy(60), { overflow: 'larger-context' })
  expect(items.at(-1)).toMatchObject({ type: 'finished', reason: 'complete', leftOutMessages: 0 })
  expect(generator.requests.at(-1)?.turns).toHaveLength(12)
  // What the prompt takes, and a quarter of the largest context for the answer.
  expect(asked).toEqual([965 + 225, 325 + 225])
  expect(await service.contextRoom(never)).toEqual(ok({ contextTokens: 900, largestContextTokens: 900 }))
})
