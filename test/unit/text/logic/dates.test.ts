// Dates in every usual spelling, English and German, compared part by part; what is relative is not guessed.
import { expect, test } from 'vitest'
import { coversDate, datesOf } from '../../../../main/text/logic/dates.ts'

/** Year-month-day, with a dash for what is not said, and the weekday after it. */
function said(text: string): string[] {
  return datesOf(text).map(({ year, month, day, weekday }) =>
    [[year, month, day].map((part) => part ?? '_').join('-'), ...(weekday === null ? [] : [`w${weekday}`])].join(' '),
  )
}

test.each([
  ['on 7 July 2026', ['2026-7-7']],
  ['on the 7th of July, 2026', ['2026-7-7']],
  ['July 7, 2026', ['2026-7-7']],
  ['Tuesday 9 September 2025', ['2025-9-9 w2']],
  ['am 7. Juli 2026', ['2026-7-7']],
  ['am Dienstag, den 9. September 2025', ['2025-9-9 w2']],
  ['1.9.2025', ['2025-9-1']],
  ['01.09.25', ['2025-9-1']],
  ['2025-09-01', ['2025-9-1']],
  ['vom 1.9. bis 30.9.', ['_-9-1', '_-9-30']],
  ['The two readings were 17.4 and 19.1.', []],
  ['1/9/2025', ['2025-9-1']],
  ['1. Jänner 2026', ['2026-1-1']],
  ['3 Oct. 2025', ['2025-10-3']],
  ['in May 2026', ['2026-5-_']],
  ['Ende 2025', ['2025-_-_']],
  ['by 30 May', ['_-5-30']],
  ['in May', ['_-5-_']],
  ['on Mondays and Thursdays', ['_-_-_ w1', '_-_-_ w4']],
  ['from 22 December 2025 to 2 January 2026', ['2025-12-22', '2026-1-2']],
  ['They may come, and the march goes on.', []],
  ['next week, tomorrow, in three days', []],
  ['2025 pounds, 1.450 Euro, version 2.10.3', []],
])('%s', (text, dates) => {
  expect(said(text)).toEqual(dates)
})

test.each([
  ['7 July 2026', '7 July', true],
  ['7 July 2026', 'July 2026', true],
  ['7 July 2026', '2026', true],
  ['7 July 2026', 'Tuesday 7 July 2026', true],
  ['7 July 2026', 'Monday 7 July 2026', false],
  ['7 July 2026', '8 July 2026', false],
  ['7 July', '7 July 2027', false],
  ['July 2026', '7 July 2026', false],
])('%s carries %s: %s', (known, claimed, carried) => {
  const [[source], [claim]] = [datesOf(known), datesOf(claimed)]
  if (source === undefined || claim === undefined) throw new Error('no date')
  expect(coversDate(source, claim, new Set())).toBe(carried)
})

test('a year that stands nearby completes a day', () => {
  const [[source], [claim]] = [datesOf('7 July'), datesOf('7 July 2026')]
  if (source === undefined || claim === undefined) throw new Error('no date')
  expect([coversDate(source, claim, new Set([2026])), coversDate(source, claim, new Set([2025]))]).toEqual([
    true,
    false,
  ])
})
