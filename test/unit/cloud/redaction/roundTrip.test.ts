// Every fixture comes back exactly, however the answer is cut into pieces, and passes the second look.
import { expect, test } from 'vitest'
import { createRestorer, restoreText } from '../../../../main/cloud/redaction/logic/restore.ts'
import { emptyVault } from '../../../../main/cloud/redaction/logic/vault.ts'
import { findAndRedact, rescan } from '../../../../main/cloud/redaction/redaction.ts'
import { seededRandom } from '../../../acceptance/seededRandom.ts'
import { redactionCorpus } from '../../../fixtures/redaction/corpus.ts'
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
