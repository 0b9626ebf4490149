// A folder's way into a batch: the button beside its name, and the way to the overview that was made last.
import { Files } from 'lucide-react'
import type { ReactNode } from 'react'
import type { LibraryFolder } from '#contract/library.ts'
import { routeOfBatch } from '../../state/batchesSlice.ts'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { useTranslate } from '../../ui/text.ts'

/** Asks for a batch of this folder, or opens the one that is there. */
export function FolderBatch({ folder }: { readonly folder: LibraryFolder }): ReactNode {
  const translate = useTranslate()
  const askForBatch = useSotto((state) => state.askForBatch)
  const navigate = useSotto((state) => state.navigate)
  const known = useSotto((state) => state.jobs.find((job) => job.kind === 'batch' && job.title === folder.name))
  return (
    <>
      {known !== undefined && (
        <Button size="small" tone="quiet" onPress={() => navigate('documents', routeOfBatch(known.id))}>
          {translate('jobs.batch.openLast')}
        </Button>
      )}
      <Button
        size="small"
        icon={<Files aria-hidden />}
        onPress={() => askForBatch({ folderId: folder.id, name: folder.name })}
      >
        {translate('jobs.batch.ask')}
      </Button>
    </>
  )
}
