// How a folder or chosen documents are to be summarized together: the question before a batch.
import { type ReactNode, useState } from 'react'
import type { SummaryPreset } from '#contract/summary.ts'
import type { BatchOrder } from '../../state/batchesSlice.ts'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { FailureNote } from '../../ui/FailureNote.tsx'
import { formatCount } from '../../ui/format.ts'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { type Language, type Translate, useLanguage, useTranslate } from '../../ui/text.ts'
import styles from './BatchQuestion.module.css'

const presets: readonly SummaryPreset[] = ['brief', 'detailed', 'bullets', 'actions', 'own']

function titleOf(order: BatchOrder, translate: Translate, language: Language): string {
  if ('folderId' in order) return translate('jobs.batch.question', { name: order.name })
  const { length } = order.documentIds
  return translate('jobs.batch.questionChosen', { count: length, amount: formatCount(length, language) })
}

/** The question, laid over the page. */
export function BatchQuestion(): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const asked = useSotto((state) => state.batchStart)
  const askForBatch = useSotto((state) => state.askForBatch)
  const startBatch = useSotto((state) => state.startBatch)
  const [preset, setPreset] = useState<SummaryPreset>('brief')
  const [instruction, setInstruction] = useState('')
  const wordless = preset === 'own' && instruction.trim() === ''
  return (
    <Dialog
      title={asked === null ? '' : titleOf(asked.order, translate, language)}
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
