// How full the open conversation's context is, for the header: a meter with its words.
import type { ContextBudget } from '#contract/chat.ts'
import type { ReactNode } from 'react'
import { Button, Meter, Tooltip, TooltipTrigger } from 'react-aria-components'
import { shownChatId } from '../../state/chat/chatState.ts'
import { useSotto } from '../../state/store.ts'
import { classNames } from '../../ui/classNames.ts'
import { useTranslate } from '../../ui/text.ts'
import styles from './ContextMeter.module.css'

/** Tokens used of those the model holds; nothing while they are not known. */
export function ContextMeter(): ReactNode {
  const translate = useTranslate()
  const budget = useSotto((state) => state.budgets[shownChatId(state) ?? ''])
  if (budget === undefined) return null
  const { used, total } = usedOf(budget)
  const over = used > total
  const words = over
    ? translate('chat.meter.over', { over: used - total })
    : translate('chat.meter.words', { used, total })
  return (
    <TooltipTrigger delay={300}>
      <Button className={styles.button ?? ''}>
        <Meter
          aria-label={translate('chat.meter.label')}
          value={Math.min(used, total)}
          maxValue={Math.max(1, total)}
          valueLabel={words}
          className={styles.meter ?? ''}
        >
          <meter
            className={classNames(styles.bar, over && styles.over)}
            value={used}
            max={Math.max(1, total)}
            aria-hidden
          />
          <span className={classNames(styles.words, over && styles.overWords)}>{words}</span>
        </Meter>
      </Button>
      <Tooltip className={styles.tooltip ?? ''}>
        {translate('chat.meter.about', { reserved: budget.reservedTokens })}
      </Tooltip>
    </TooltipTrigger>
  )
}

/** What the turn takes, and what there is once the answer's share is kept. */
function usedOf(budget: ContextBudget): { readonly used: number; readonly total: number } {
  return {
    used: budget.historyTokens + budget.documentTokens + budget.draftTokens,
    total: Math.max(0, budget.contextTokens - budget.reservedTokens),
  }
}
