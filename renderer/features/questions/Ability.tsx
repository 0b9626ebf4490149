// What asking does with the model in use, in one sentence, and the way to other models.
import type { ReactNode } from 'react'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { useTranslate } from '../../ui/text.ts'
import styles from './AskPage.module.css'

/** Nothing until it is known. */
export function Ability(): ReactNode {
  const translate = useTranslate()
  const ability = useSotto((state) => state.askAbility)
  const navigate = useSotto((state) => state.navigate)
  if (ability === null) return null
  return (
    <div className={styles.ability}>
      <p>{translate(`questions.ability.${ability.mode}`, { model: ability.modelName ?? '' })}</p>
      {ability.mode !== 'free' && (
        <Button size="small" tone="quiet" onPress={() => navigate('models')}>
          {translate('questions.ability.models')}
        </Button>
      )}
    </div>
  )
}
