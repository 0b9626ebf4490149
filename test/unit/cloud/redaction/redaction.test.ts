// Redaction from text to text: the same thing under the same name, the person's own words, and the second look.
import { describe, expect, test } from 'vitest'
import { fail, ok } from '#contract/result.ts'
import { restoreText } from '../../../../main/cloud/redaction/logic/restore.ts'
import { emptyVault, setInTheClear } from '../../../../main/cloud/redaction/logic/vault.ts'
import { findAndRedact, findRedactions, rescan } from '../../../../main/cloud/redaction/redaction.ts'

describe('placeholders', () => {
  test('a person keeps number and name over messages, and a surname alone is the same person', () => {
    const first = findAndRedact('Robert Miller called Susan Clarke.', { vault: emptyVault })
    const second = findAndRedact('Mr Miller and Robert Miller agree.', { vault: first.vault })
    expect(first.text).toBe('[PERSON_1] called [PERSON_2].')
    expect(second.text).toBe('Mr [PERSON_1B] and [PERSON_1] agree.')
    expect(restoreText(second.text, second.vault)).toBe('Mr Miller and Robert Miller agree.')
  })

  test('a surname two people bear is nobody’s until it is certain', () => {
    const { text } = findAndRedact('Anna Vogtmann and Thomas Vogtmann met Frau Vogtmann.', { vault: emptyVault })
    expect(text).toBe('[PERSON_1] and [PERSON_2] met Frau [PERSON_3].')
  })

  test('a genitive keeps its ending', () => {
    const { text } = findAndRedact('Thomas Berger kommt. Bergers Bericht fehlt.', { vault: emptyVault })
    expect(text).toBe('[PERSON_1] kommt. [PERSON_1B]s Bericht fehlt.')
  })

  test('a number in groups is the same number', () => {
    const text = 'DE89370400440532013000, also DE89 3704 0044 0532 0130 00'
    expect(findAndRedact(text, { vault: emptyVault }).text).toBe('[IBAN_1], also [IBAN_1B]')
  })

  test('what reads as a placeholder already is hidden too, so nothing is confused', () => {
    const text = 'Template: [PERSON_1] and [ person-2 ]. From: Robert Miller'
    const { text: sent, vault } = findAndRedact(text, { vault: emptyVault })
    expect(sent).toBe('Template: [TEXT_1] and [TEXT_2]. From: [PERSON_1]')
    expect(restoreText(sent, vault)).toBe(text)
  })

  test('a path before a name comes back', () => {
    const text = 'C:\\Users\\Robert Miller\\notes and \\[Susan Clarke\\]'
    const { text: sent, vault } = findAndRedact(text, { vault: emptyVault })
    expect(sent).toBe('C:\\Users\\[PERSON_1]\\notes and \\[[PERSON_2]\\]')
    expect(restoreText(sent, vault)).toBe(text)
  })
})

describe('what the person decides', () => {
  test('own words are hidden in any case, with endings, over a line break', () => {
    const { text } = findAndRedact('Projekt Falke; des PROJEKT\nFALKES; Falken', {
      vault: emptyVault,
      hide: ['Projekt Falke'],
    })
    expect(text).toBe('[TERM_1]; des [TERM_1B]S; Falken')
  })

  test('words never to hide stay, also inside what a rule finds', () => {
    const text = 'Robert Miller, info@example.org, Susan Clarke'
    const { text: sent } = findAndRedact(text, { vault: emptyVault, never: ['Robert Miller', 'info@example.org'] })
    expect(sent).toBe('Robert Miller, info@example.org, [PERSON_1]')
  })

  test('one thing switched into the clear stays in all its forms, is listed, and passes the second look', () => {
    const text = 'Robert Miller called. Mr Miller wrote to a@example.org.'
    const hidden = findAndRedact(text, { vault: emptyVault })
    const vault = setInTheClear(hidden.vault, '[PERSON_1]', true)
    const shown = findAndRedact(text, { vault })
    expect(shown.text).toBe('Robert Miller called. Mr Miller wrote to [EMAIL_1].')
    expect(shown.used.map(({ entry }) => [entry.placeholder, entry.inTheClear])).toEqual([
      ['[PERSON_1]', true],
      ['[PERSON_1B]', true],
      ['[EMAIL_1]', false],
    ])
    expect(shown.used.map(({ start, end }) => shown.text.slice(start, end))).toEqual([
      'Robert Miller',
      'Miller',
      '[EMAIL_1]',
    ])
    expect(rescan(shown.text, { vault: shown.vault })).toEqual(ok(undefined))
  })

  test('a finding says where it is, what it is and how sure the rule is', () => {
    expect(findRedactions('To 10.1.2.3')).toEqual([
      {
        id: 'ip-3-11',
        class: 'ip',
        start: 3,
        end: 11,
        original: '10.1.2.3',
        entity: '10.1.2.3',
        confidence: 'checked',
      },
    ])
  })
})

describe('the second look', () => {
  test('passes what was hidden and is the same without the vault’s words', () => {
    const { text, vault } = findAndRedact('Dear Anna, pay DE89370400440532013000.', { vault: emptyVault })
    expect(rescan(text, { vault })).toEqual(ok(undefined))
  })

  test('fails closed, with classes and a count and no text', () => {
    const result = rescan('[PERSON_1] and a@example.org, b@example.org, 10.1.2.3', { vault: emptyVault })
    expect(result).toEqual(fail('redaction-incomplete', { classes: ['email', 'ip'], count: 3 }))
  })

  test('one in the clear that clings to a number passes too', () => {
    const text = 'Signed by: Harold Pemberton6'
    const hidden = findAndRedact(text, { vault: emptyVault })
    const vault = setInTheClear(hidden.vault, '[PERSON_1]', true)
    expect(hidden.text).toBe('Signed by: [PERSON_1]6')
    expect([findAndRedact(text, { vault }).text, rescan(text, { vault })]).toEqual([text, ok(undefined)])
  })

  test('finds what the conversation hid before, where no rule would', () => {
    const { vault } = findAndRedact('Contact: Xiomara Quispe', { vault: emptyVault })
    expect(rescan('quiet words about Quispe', { vault })).toEqual(
      fail('redaction-incomplete', { classes: ['person'], count: 1 }),
    )
  })
})
