// What the starter model can and cannot do, said before anybody relies on it.
import { Check, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslate } from '../../ui/text.ts'
import styles from './StarterAbilities.module.css'

const abilities = {
  can: ['opening', 'place'],
  cannot: ['answer', 'write', 'languages'],
} as const

/** Two short lists. */
export function StarterAbilities(): ReactNode {
  const translate = useTranslate()
  return (
    <div className={styles.abilities}>
      <p className={styles.why}>{translate('models.starter.why')}</p>
      {(['can', 'cannot'] as const) /* as: the two keys of the lists */
        .map((side) => (
          <div key={side} className={styles.side}>
            <h4 className={styles.title}>{translate(`models.starter.${side}`)}</h4>
            <ul className={styles.list}>
              {abilities[side].map((ability) => (
                <li key={ability} className={styles.ability} data-side={side}>
                  {side === 'can' ? <Check aria-hidden /> : <X aria-hidden />}
                  <span>{translate(`models.starter.${side}List.${ability}`)}</span>
                </li>
              ))}
            </ul>
          </div>
        ))}
    </div>
  )
}
