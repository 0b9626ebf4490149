// A folder's way into a batch: the button beside its name, and the question how it is to be summarized.
import { Files } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { LibraryFolder } from '#contract/library.ts'
import type { SummaryPreset } from '#contract/summary.ts'
import { routeOfBatch } from '../../state/batchesSlice.ts'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { FailureNote } from '../../ui/FailureNote.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { useTranslate } from '../../ui/text.ts'
import styles from './FolderBatch.module.css'

const presets: readonly SummaryPreset[] = ['brief', 'detailed', 'bullets', 'actions', 'own']

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
      <Button size="small" icon={<Files aria-hidden />} onPress={() => askForBatch(folder)}>
        {translate('jobs.batch.ask')}
      </Button>
    </>
  )
}

/** The question, laid over the page. */
export function BatchQuestion(): ReactNode {
  const translate = useTranslate()
  const asked = useSotto((state) => state.batchStart)
  const askForBatch = useSotto((state) => state.askForBatch)
  const startBatch = useSotto((state) => state.startBatch)
  const [preset, setPreset] = useState<SummaryPreset>('brief')
  const [instruction, setInstruction] = useState('')
  const wordless = preset === 'own' && instruction.trim() === ''
  return (
    <Dialog
      title={translate('jobs.batch.question', { name: asked?.name ?? '' })}
      closeLabel={translate('jobs.close')}
      open={asked !== null}
      onClose={() => askForBatch(null)}
      width="wide"
    >
      <p className={styles.text}>{translate('jobs.batch.questionText')}</p>
      <SegmentedControl
        label={translate('documents.preset.label')}
        value={preset}
        onChange={setPreset}
        options={presets.map((value) => ({ value, label: translate(`documents.preset.${value}`) }))}
      />
      {preset === 'own' && (
        <TextField
          label={translate('documents.preset.instruction')}
          value={instruction}
          onChange={setInstruction}
          placeholder={translate('documents.preset.instructionPlaceholder')}
          multiline
        />
      )}
      {asked !== null && asked.failure !== null && <FailureNote failure={asked.failure} />}
      <div>
        <Button tone="filled" isDisabled={wordless} onPress={() => void startBatch(preset, instruction)}>
          {translate('jobs.batch.start')}
        </Button>
      </div>
    </Dialog>
  )
}
