// The cloud: which model may be asked, whose keys are here, endpoints of one's own, the budget, and what is always hidden.
import type { ReactNode } from 'react'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { useTranslate } from '../../ui/text.ts'
import { Budget } from './CloudBudget.tsx'
import { CloudModel } from './CloudModel.tsx'
import { Endpoints } from './Endpoints.tsx'
import { OwnTerms } from './OwnTerms.tsx'
import { Providers } from './Providers.tsx'
import { Row, Section } from './Section.tsx'

/** Nothing set here sends anything; each task is asked about on its own. */
export function Cloud(): ReactNode {
  const translate = useTranslate()
  const navigate = useSotto((state) => state.navigate)
  const closed = useSotto((state) => state.cloud?.blocked?.code === 'local-only')
  return (
    <Section name="cloud">
      <Row
        label={translate(closed ? 'settings.cloud.closed' : 'settings.cloud.text')}
        about={translate(closed ? 'settings.cloud.closedMore' : 'settings.cloud.more')}
        below={
          <Button size="small" onPress={() => navigate('activity')}>
            {translate('settings.cloud.open')}
          </Button>
        }
      />
      <CloudModel setting="cloudModel" />
      <CloudModel setting="cloudFallback" />
      <Providers />
      <Endpoints />
      <Budget />
      <OwnTerms />
    </Section>
  )
}
