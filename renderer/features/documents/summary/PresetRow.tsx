// What kind of summary: the row of presets, the instruction of one's own, and the one filled button.
import type { DocumentRecord } from '#contract/document.ts'
import type { SummaryPreset } from '#contract/summary.ts'
import type { ReactNode } from 'react'
import { useSotto } from '../../../state/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { SegmentedControl } from '../../../ui/SegmentedControl.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { useTranslate } from '../../../ui/text.ts'
import { CloudSummary } from './CloudSummary.tsx'
import styles from './PresetRow.module.css'

const presets: readonly SummaryPreset[] = ['brief', 'detailed', 'bullets', 'actions', 'own']

type PresetRowProps = { readonly document: DocumentRecord; readonly made: boolean }

/** Choosing a preset shows its summary at once when there is one; `made` says so of the chosen one. */
export function PresetRow({ document, made }: PresetRowProps): ReactNode {
  const translate = useTranslate()
  const preset = useSotto((state) => state.preset)
  const instruction = useSotto((state) => state.instruction)
  const choosePreset = useSotto((state) => state.choosePreset)
  const writeInstruction = useSotto((state) => state.writeInstruction)
  const startSummary = useSotto((state) => state.startSummary)
  const phase = useSotto((state) => state.summaryRuns[document.id]?.phase)
  const busy = phase === 'working' || phase === 'stopping'
  const wordless = preset === 'own' && instruction.trim() === ''
  return (
    <div className={styles.presets}>
      <div className={styles.row}>
        <SegmentedControl
          label={translate('documents.preset.label')}
          value={preset}
          onChange={choosePreset}
          options={presets.map((value) => ({ value, label: translate(`documents.preset.${value}`) }))}
        />
        <Button
          tone={made && preset !== 'own' ? 'plain' : 'filled'}
          isDisabled={busy || wordless}
          onPress={() => void startSummary(document.id, made && preset !== 'own')}
        >
          {translate(made && preset !== 'own' ? 'documents.preset.again' : 'documents.preset.start')}
        </Button>
      </div>
      {preset === 'own' && (
        <TextField
          label={translate('documents.preset.instruction')}
          value={instruction}
          onChange={writeInstruction}
          placeholder={translate('documents.preset.instructionPlaceholder')}
          multiline
        />
      )}
      <CloudSummary document={document} />
    </div>
  )
}
