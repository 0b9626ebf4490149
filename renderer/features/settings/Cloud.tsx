// What can be said honestly about the cloud today: there is none.
import type { ReactNode } from 'react'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { useTranslate } from '../../ui/text.ts'
import { Row, Section } from './Section.tsx'

/** One sentence, and the way to the ledger that proves it. */
export function Cloud(): ReactNode {
  const translate = useTranslate()
  const navigate = useSotto((state) => state.navigate)
  return (
    <Section name="cloud">
      <Row
        label={translate('settings.cloud.text')}
        about={translate('settings.cloud.more')}
        below={
          <Button size="small" onPress={() => navigate('activity')}>
            {translate('settings.cloud.open')}
          </Button>
        }
      />
    </Section>
  )
}
