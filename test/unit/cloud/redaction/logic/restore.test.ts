// The restorer: placeholders over pieces, in a model's own spelling, and what is none.
import { describe, expect, test } from 'vitest'
import { createRestorer, restoreText } from '../../../../../main/cloud/redaction/logic/restore.ts'
import { createVaultWriter, emptyVault } from '../../../../../main/cloud/redaction/logic/vault.ts'

const writer = createVaultWriter(emptyVault)
writer.entryFor({ class: 'person', original: 'Anna Müller', entity: 'anna müller' })
writer.entryFor({ class: 'person', original: 'Müller', entity: 'müller' })
writer.entryFor({ class: 'organisation', original: 'Nordlicht GmbH', entity: 'nordlicht gmbh' })
const vault = writer.vault()

describe('pieces', () => {
  test('a placeholder in single characters comes back whole, and text before it at once', () => {
    const restorer = createRestorer(vault)
    const seen = [...'Hi [PERSON_1]!'].map((letter) => restorer.push(letter))
    expect([...seen, restorer.end()]).toEqual(['H', 'i', ' ', ...Array<string>(9).fill(''), 'Anna Müller', '!', ''])
  })

  test('what only begins like one is given out at the end', () => {
    const restorer = createRestorer(vault)
    expect([restorer.push('see [PERS'), restorer.end()]).toEqual(['see ', '[PERS'])
  })

  test('no more than 42 characters are ever held', () => {
    const restorer = createRestorer(vault)
    expect(restorer.push(`[${'a'.repeat(41)}`)).toBe(`[${'a'.repeat(41)}`)
  })
})

describe('spelling', () => {
  test.each([
    ['[person_1]', 'Anna Müller'],
    ['[ PERSON 1 ]', 'Anna Müller'],
    ['[Person-1]', 'Anna Müller'],
    ['**[PERSON\\_1]**', '**Anna Müller**'],
    ['\\[PERSON\\_1\\]', 'Anna Müller'],
    ['[PERSON_1b]s', 'Müllers'],
    ['[PERSON_1 B]', 'Müller'],
    ['[Organization_1]', 'Nordlicht GmbH'],
    ['[PERSON_1C]', 'Anna Müller'],
    ['[PERSON_2]', '[PERSON_2]'],
    ['[SECRET_1]', '[SECRET_1]'],
    ['PERSON_1', 'PERSON_1'],
    ['array[1]', 'array[1]'],
    ['[[PERSON_1]]', '[Anna Müller]'],
  ])('%s', (written, restored) => {
    expect(restoreText(written, vault)).toBe(restored)
  })
})
