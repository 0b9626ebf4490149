// Mailboxes cut into messages, and mails told from other text.
import { describe, expect, test } from 'vitest'
import { mailFormatOf } from '../../../../../main/documents/logic/mail/mailCues.ts'
import { MboxMessages } from '../../../../../main/documents/logic/mail/mboxMessages.ts'

const from = 'From ann@example.org Mon Mar  2 09:00:00 2026\n'

function messages(text: string, slice = 7, limit = 1000): readonly string[] {
  const mailbox = new MboxMessages(limit)
  const bytes = Buffer.from(text)
  const found = []
  for (let at = 0; at < bytes.length; at += slice) found.push(...mailbox.push(bytes.subarray(at, at + slice)))
  return [...found, ...mailbox.finish()].map((one) => `${one.cut ? 'cut ' : ''}${Buffer.from(one.bytes).toString()}`)
}

describe('mailbox', () => {
  test('messages begin after a blank line; quoted lines lose one mark', () => {
    const text = `${from}Subject: a\n\nOne\nFrom here on, 10:00 in 2026\n>From me\n>>From you\n\n${from}Subject: b\n\nTwo\n`
    const expected = ['Subject: a\n\nOne\nFrom here on, 10:00 in 2026\nFrom me\n>From you\n\n', 'Subject: b\n\nTwo\n']
    expect([messages(text, 1), messages(text, 10_000)]).toEqual([expected, expected])
  })

  test('a message longer than the limit is cut and says so', () => {
    expect(messages(`${from}Subject: a\n\n${'x'.repeat(30)}\n${'y'.repeat(30)}\n`, 50, 50)).toEqual([
      `cut Subject: a\n\n${'x'.repeat(30)}\n`,
    ])
  })

  test('nothing before the first message is one', () => {
    expect(messages(`Junk\n\n${from}Subject: a\n\nOne`)).toEqual(['Subject: a\n\nOne'])
  })
})

describe('what opens like a mail', () => {
  test.each([
    ['a mail', 'Received: by x\n  with y\nFrom: a\nDate: b\n\nText', 'a.txt', 'eml'],
    ['a mailbox', `${from}From: a\nDate: b\nSubject: c\n\nText`, 'inbox', 'mbox'],
    ['a short one by its name', 'MIME-Version: 1.0\nSubject: c\n\nText', 'a.eml', 'eml'],
    ['the same without the name', 'MIME-Version: 1.0\nSubject: c\n\nText', 'a.txt', null],
    ['minutes of a meeting', 'Date: Monday\nSubject: Tides\nPresent: all\n\nText', 'a.txt', null],
    ['prose', 'From here to there.\n', 'a.txt', null],
  ])('%s', (_, opening, name, expected) => {
    expect(mailFormatOf(opening, name)).toBe(expected)
  })
})
