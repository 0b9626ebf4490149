// Every fixture comes back exactly, however the answer is cut into pieces, and passes the second look.
import { expect, test } from 'vitest'
import { createRestorer, restoreText } from '../../../../main/cloud/redaction/logic/restore.ts'
import { emptyVault, setInTheClear } from '../../../../main/cloud/redaction/logic/vault.ts'
import { findAndRedact, rescan } from '../../../../main/cloud/redaction/redaction.ts'
import { seededRandom } from '../../../acceptance/seededRandom.ts'
import { redactionCorpus, type Fixture } from '../../../fixtures/redaction/corpus.ts'
import { pick, type Chance } from '../../../fixtures/redaction/numbers.ts'
import { split } from '../../../fixtures/redaction/splits.ts'

const seed = Number(process.env['SOTTO_SEED'] ?? 1)

test('each fixture: redacted, looked at again, cut at random, restored', () => {
  const chance = seededRandom(seed)
  const bad = redactionCorpus(chance).filter(({ text }) => {
    const { text: sent, vault } = findAndRedact(text, { vault: emptyVault })
    const restorer = createRestorer(vault)
    const streamed = split(sent, chance).map((piece) => restorer.push(piece)).join('') + restorer.end() // prettier-ignore
    return streamed !== text || !rescan(sent, { vault }).ok
  })
  expect({ seed, bad }).toEqual({ seed, bad: [] })
})

test('the whole corpus as one text', () => {
  const chance = seededRandom(seed)
  const text = redactionCorpus(chance).map((fixture) => fixture.text).join('\n\n') // prettier-ignore
  const { text: sent, vault } = findAndRedact(text, { vault: emptyVault })
  const again = rescan(sent, { vault })
  expect({ seed, again, restored: restoreText(sent, vault) === text }).toEqual({
    seed,
    again: { ok: true },
    restored: true,
  })
})

/** What texts are joined with here: openings of placeholders, cues without what they announce, escapes. */
const debris = [
  '[', '\\[', ']', 'PERSON_', '[PERSON_1]', '[TEXT_1]', '\n', ', ', '.', '"', '<', 'Herr ', 'Dear ', 'GmbH', '& Co. KG', 'Tel. ',
  'geb. ', 'password: ', '@', '-', '/', '\uE000', '’s', 's', 'Name: ', '\\', '(', '1', '.5', '',
] // prettier-ignore

test(
  'torn and glued fixtures: restored exactly, accepted by the second look, with one thing in the clear too',
  { timeout: 180_000 },
  () => {
    const chance = seededRandom(seed)
    const corpus = redactionCorpus(chance)
    const count = process.env['SOTTO_DEEP'] === '1' ? 20_000 : 500
    const texts = Array.from({ length: count }, () => torn(corpus, chance))
    const bad = texts.filter((text) => {
      const hidden = findAndRedact(text, { vault: emptyVault })
      const vault = setInTheClear(
        hidden.vault,
        hidden.used[Math.floor(chance() * hidden.used.length)]?.entry.placeholder ?? '',
        true,
      )
      const shown = findAndRedact(text, { vault })
      const accepted = rescan(hidden.text, { vault: hidden.vault }).ok && rescan(shown.text, { vault: shown.vault }).ok
      return !accepted || [hidden, shown].some((each) => restoreText(each.text, each.vault) !== text)
    })
    expect({ seed, bad }).toEqual({ seed, bad: [] })
  },
)

function torn(corpus: readonly Fixture[], chance: Chance): string {
  const pieces = Array.from({ length: 1 + Math.floor(chance() * 8) }, () => {
    if (chance() < 0.5) return pick(chance, debris)
    const { text } = pick(chance, corpus)
    const start = chance() < 0.5 ? 0 : Math.floor((chance() * text.length) / 2)
    return text.slice(start, chance() < 0.5 ? text.length : start + Math.floor(chance() * 40))
  })
  return pieces.join(chance() < 0.4 ? ' ' : '')
}
