// The event stream: whatever the pieces it comes in, the same events; and limits that hold while it comes.
import { expect, test } from 'vitest'
import { EventDecoder, lineLimit } from '../../../main/cloud/logic/eventStream.ts'
import { seededRandom } from '../../acceptance/seededRandom.ts'

const stream = 'event: a\ndata: one\n\n: comment\r\ndata: two\r\ndata:three\r\n\r\nid: 4\rdata: four\r\rdata: left'

function decode(pieces: readonly string[]): readonly string[] {
  const decoder = new EventDecoder()
  return pieces.flatMap((piece) => {
    const decoded = decoder.push(piece)
    if (!decoded.ok) throw new Error(decoded.reason)
    return decoded.events
  })
}

test('events are the same however they are cut', () => {
  const seed = Number(process.env['SOTTO_SEED'] ?? 1)
  const random = seededRandom(seed)
  for (let round = 0; round < 300; round += 1) {
    const pieces: string[] = []
    for (let at = 0; at < stream.length;) {
      const size = 1 + Math.floor(random() * 12)
      pieces.push(stream.slice(at, at + size))
      at += size
    }
    expect(decode(pieces), `seed ${seed}`).toEqual(['one', 'two\nthree', 'four'])
  }
})

test('a line that never ends is refused as soon as it is too long, in time that grows with its length only', () => {
  const decoder = new EventDecoder()
  const piece = 'x'.repeat(4096)
  let pushed = 0
  for (;;) {
    const decoded = decoder.push(piece)
    pushed += piece.length
    if (!decoded.ok) break
  }
  expect(pushed).toBeGreaterThan(lineLimit)
  expect(pushed).toBeLessThanOrEqual(lineLimit + 2 * piece.length)
})

test('an event of many short lines is limited like one long line', () => {
  const decoder = new EventDecoder()
  const line = `data: ${'x'.repeat(1_000_000)}\n`
  expect(Array.from({ length: 11 }, () => decoder.push(line).ok).includes(false)).toBe(true)
})
