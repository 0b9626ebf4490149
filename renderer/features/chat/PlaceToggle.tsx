// Where the answer is written: here, always. The other side is honest about not being set up, and sends nothing.
import { Monitor } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { OutsideMark } from '../../ui/OutsideMark.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { useTranslate } from '../../ui/text.ts'
import styles from './PlaceToggle.module.css'

/** The control stays on this computer; choosing the other side only says why. */
export function PlaceToggle(): ReactNode {
  const translate = useTranslate()
  const navigate = useSotto((state) => state.navigate)
  const [asked, setAsked] = useState(false)
  return (
    <div
      className={styles.place}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) setAsked(false)
      }}
    >
      <SegmentedControl<'here' | 'cloud'>
        label={translate('chat.place.label')}
        value="here"
        onChange={(side) => setAsked(side === 'cloud')}
        options={[
          {
            value: 'here',
            label: (
              <>
                <Monitor aria-hidden />
                {translate('chat.place.here')}
              </>
            ),
          },
          {
            value: 'cloud',
            label: (
              <>
                <OutsideMark label={translate('chat.place.outside')} />
                {translate('chat.place.cloud')}
              </>
            ),
          },
        ]}
      />
      <div role="status" className={styles.answer}>
        {asked && (
          <>
            <span>{translate('chat.place.notSetUp')}</span>
            <Button size="small" tone="quiet" onPress={() => navigate('settings')}>
              {translate('chat.place.settings')}
            </Button>
          </>
        )}
      </div>
    </div>
  )
}
