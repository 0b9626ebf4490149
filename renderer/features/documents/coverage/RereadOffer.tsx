// What can be done about a unit that gave no text or was not read: read it again, and hear what came.
import type { Coverage } from '#contract/document.ts'
import type { Summary } from '#contract/summary.ts'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Reread } from '../../../state/documents/claimChecks.ts'
import { useSotto } from '../../../state/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { FailureNote } from '../../../ui/FailureNote.tsx'
import { formatCount } from '../../../ui/format.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { type Language, type Translate, useLanguage, useTranslate } from '../../../ui/text.ts'
import styles from './RereadOffer.module.css'

/** A unit somebody pressed, and why it has nothing. */
export type MissedUnit = { readonly unit: number; readonly why: 'empty' | 'limit' | 'not-shown' }

function outcome(reread: Reread, place: string, translate: Translate, language: Language): string {
  const { characters, charactersBefore, redoing } = reread
  if (characters === 0) return translate('claims.reread.still', { place })
  const key = characters === charactersBefore ? 'same' : 'came'
  const values = {
    place,
    count: characters,
    amount: formatCount(characters, language),
    before: formatCount(charactersBefore, language),
  }
  const came = translate(`claims.reread.${key}`, values)
  return redoing ? `${came} ${translate('claims.reread.redoing')}` : came
}

type RereadOfferProps = {
  readonly summary: Summary
  readonly unit: Coverage['unit']
  readonly missed: MissedUnit
  readonly onClose: () => void
}

/** One line under the strip. */
export function RereadOffer({ summary, unit, missed, onClose }: RereadOfferProps): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const known = useSotto((state) => state.rereads[summary.documentId])
  const rereadUnit = useSotto((state) => state.rereadUnit)
  const reread = known?.unit === missed.unit ? known : undefined
  const place = translate(`claims.reread.${unit}`, { unit: formatCount(missed.unit, language) })
  const reading = known?.phase === 'reading'
  const button = (
    <Button size="small" isDisabled={reading} onPress={() => void rereadUnit(summary, missed.unit)}>
      {translate('claims.reread.again')}
    </Button>
  )
  if (reread !== undefined && reread.failure !== null) return <FailureNote failure={reread.failure} action={button} />
  return (
    <div className={styles.offer} role="status">
      <p className={styles.words}>
        {reread === undefined
          ? translate(`claims.reread.${missed.why}`, { place })
          : reread.phase === 'reading'
            ? translate('claims.reread.reading', { place })
            : outcome(reread, place, translate, language)}
      </p>
      {button}
      <IconButton label={translate('claims.reread.close')} onPress={onClose}>
        <X aria-hidden />
      </IconButton>
    </div>
  )
}
