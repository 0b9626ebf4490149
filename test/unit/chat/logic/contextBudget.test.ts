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
    { what: 'keeps all that fits exactly', exchanges: 5, from: 0, fixed: 5, limit: 165, keeps: 0 },
    { what: 'goes down to half of the limit in whole turns', exchanges: 5, from: 0, fixed: 5, limit: 164, keeps: 6 },
    { what: 'begins where it is told', exchanges: 5, from: 4, fixed: 5, limit: 104, keeps: 8 },
    { what: 'counts what stands before the messages', exchanges: 5, from: 0, fixed: 40, limit: 164, keeps: 8 },
    { what: 'leaves only the last message when half is small', exchanges: 5, from: 0, fixed: 5, limit: 29, keeps: 10 },
    { what: 'keeps the last message even when it is too long', exchanges: 5, from: 0, fixed: 5, limit: 5, keeps: 10 },
    { what: 'has nothing to leave out of one message', exchanges: 0, from: 0, fixed: 5, limit: 5, keeps: 0 },
  ])('$what', ({ exchanges, from, fixed, limit, keeps }) => {
    expect(leaveOutOldest(history(exchanges), from, fixed, limit)).toBe(keeps)
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
