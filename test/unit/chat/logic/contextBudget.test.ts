// The arithmetic of a turn.
import { describe, expect, test } from 'vitest'
import {
  contextBudget,
  leaveOutOldest,
  nextTurn,
  olderSummaryTokens,
  reservedTokens,
} from '../../../../main/chat/logic/contextBudget.ts'

/** Exchanges of 10 + 20 tokens, then a last message of 10. */
function history(exchanges: number) {
  const turns = Array.from({ length: exchanges }, () => [
    { role: 'person' as const, tokens: 10 },
    { role: 'assistant' as const, tokens: 20 },
  ])
  return [...turns.flat(), { role: 'person' as const, tokens: 10 }]
}

test.each([
  [2048, 512, 256],
  [4096, 1024, 512],
  [32768, 1024, 512],
  [3, 0, 0],
])('of %i tokens %i are kept for the answer and %i for a summary', (context, reserved, older) => {
  expect([reservedTokens(context), olderSummaryTokens(context)]).toEqual([reserved, older])
})

describe('leaveOutOldest', () => {
  test.each([
    ['keeps all that fits exactly', 5, 0, 5, 165, 0],
    ['goes down to half of the limit in whole turns', 5, 0, 5, 164, 6],
    ['begins where it is told', 5, 4, 5, 104, 8],
    ['counts what stands before the messages', 5, 0, 40, 164, 8],
    ['leaves only the last message when half is small', 5, 0, 5, 29, 10],
    ['keeps the last message even when it does not fit', 5, 0, 5, 5, 10],
    ['has nothing to leave out of a single message', 0, 0, 5, 5, 0],
  ])('%s', (_, exchanges, from, fixed, limit, expected) => {
    expect(leaveOutOldest(history(exchanges), from, fixed, limit)).toBe(expected)
  })

  test('a message that was never answered is a turn of its own', () => {
    const messages = [
      { role: 'person' as const, tokens: 50 },
      { role: 'person' as const, tokens: 10 },
      { role: 'assistant' as const, tokens: 10 },
      { role: 'person' as const, tokens: 10 },
    ]
    expect(leaveOutOldest(messages, 0, 0, 70)).toBe(1)
  })

  test('turns that follow fit without moving until the limit is reached again', () => {
    let messages = history(0)
    let from = 0
    const moves: number[] = []
    for (let turn = 0; turn < 40; turn += 1) {
      const next = leaveOutOldest(messages, from, 10, 300)
      if (next !== from) moves.push(turn)
      from = next
      messages = [...messages, { role: 'assistant', tokens: 20 }, { role: 'person', tokens: 10 }]
    }
    expect(moves).toEqual([10, 16, 22, 28, 34])
  })
})

test('nextTurn goes to the following question and stays at the last', () => {
  expect([nextTurn(history(2), 0), nextTurn(history(2), 2), nextTurn(history(2), 4)]).toEqual([2, 4, 4])
})

test('the budget adds up and says what leaving out the oldest would leave out', () => {
  const parts = { contextTokens: 200, fixedTokens: 5, messages: history(5), from: 0, draftTokens: 4, documentTokens: 3 }
  expect(contextBudget(parts)).toEqual({
    contextTokens: 200,
    reservedTokens: 50,
    historyTokens: 158,
    documentTokens: 3,
    draftTokens: 4,
    messagesOverLimit: 6,
    fits: false,
  })
  expect(contextBudget({ ...parts, from: 2 })).toMatchObject({ historyTokens: 128, messagesOverLimit: 0, fits: true })
})
