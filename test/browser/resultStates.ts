// A comparison with its changes, and the menu that takes a result along.
import { sampleComparison } from '../fakes/exportSamples.ts'
import type { RoomState } from './roomState.ts'
import { shownChanges } from './comparisonSteps.ts'

/** States of the Compare view of a document and of the export menu; `documentId` has a summary. */
export function resultStates(documentId: string): readonly RoomState[] {
  const place = `#/documents/${documentId}`
  const { comparison, changes } = sampleComparison
  const answers = {
    'comparisons.list': () => [comparison],
    'comparisons.changes': ({ kinds }: { readonly kinds?: readonly string[] }) =>
      changes.filter(({ kind }) => kinds?.includes(kind) ?? true),
  }
  return [
    { name: 'compare-empty', hash: `${place}/compare`, answers: { 'comparisons.list': () => [] } },
    {
      name: 'compare-full',
      hash: `${place}/compare`,
      answers,
      act: (page) => shownChanges(page).first().waitFor(),
    },
    {
      name: 'export-menu',
      hash: place,
      async act(page, say) {
        await page
          .getByRole('button', { name: say('exports.open'), exact: true })
          .first()
          .click()
        await page.getByRole('menuitem').first().waitFor()
      },
    },
  ]
}
