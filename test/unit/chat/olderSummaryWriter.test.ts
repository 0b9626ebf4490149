// Summarizing the older part piece by piece.
import { expect, test } from 'vitest'
import { ok } from '#contract/result.ts'
import { OlderSummaryWriter } from '../../../main/chat/olderSummaryWriter.ts'
import { fixturePrompts, value } from './chatFixture.ts'
import { answering, ScriptedGenerator } from './scriptedGenerator.ts'

test('a part longer than the model holds is summarized in pieces, each onto the summary so far, all within its context', async () => {
  const generator = new ScriptedGenerator()
  const words = Array.from({ length: 900 }, (_, index) => `w${index}`)
  const messages = [{ role: 'person' as const, text: words.join(' ') }]
  let written = 0
  generator.map = (request, listener) => answering(`Summary ${(written += 1)}`)(request, listener)
  const reading: (readonly [number, number])[] = []
  const signal = new AbortController().signal
  const writer = new OlderSummaryWriter({ generator, prompts: fixturePrompts })
  const part = { summary: 'Before', messages }
  const result = await writer.write(generator.model, part, {
    signal,
    onReading: (evaluated, total) => reading.push([evaluated, total]),
  })
  expect(result).toEqual(ok({ stopped: false, text: `Summary ${written}` }))
  expect(written).toBeGreaterThan(3)
  const prompts = generator.requests.map(({ turns }) => turns[0]?.text ?? '')
  expect(prompts.map((text) => text.split('\n')[1])).toEqual([
    'Before',
    ...prompts.slice(1).map((_, index) => `Summary ${index + 1}`),
  ])
  const seen = prompts.flatMap((text) => text.split(/\s+/u)).filter((word) => /^w\d+$/u.test(word))
  expect(seen).toEqual(words)
  for (const { turns, maxTokens } of generator.requests) {
    const tokens = value(await generator.countTurnTokens(turns))
    expect(tokens + maxTokens).toBeLessThanOrEqual(generator.model.mapContextTokens)
  }
  expect(
    reading.every(([evaluated, total], index) => evaluated <= total && evaluated >= (reading[index - 1]?.[0] ?? 0)),
  ).toBe(true)
})

test('a model that writes nothing leaves the summary as it was', async () => {
  const generator = new ScriptedGenerator()
  generator.map = answering(' ')
  const writer = new OlderSummaryWriter({ generator, prompts: fixturePrompts })
  const part = { summary: null, messages: [{ role: 'person' as const, text: 'Hi' }] }
  const signal = new AbortController().signal
  expect(await writer.write(generator.model, part, { signal })).toEqual(ok({ stopped: false, text: null }))
})
