// The ways out of a failure that lie in another room, as buttons beside it.
import type { Failure, FailureCode } from '#contract/failures.ts'
import type { ReactNode } from 'react'
import type { Room } from '../../state/routeSlice.ts'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { useTranslate } from '../../ui/text.ts'

/** Where a person goes who wants to do what the failure's next step says. */
const elsewhere: Readonly<Partial<Record<FailureCode, Extract<Room, 'models' | 'settings'>>>> = {
  'model-not-installed': 'models',
  'engine-unavailable': 'models',
  'engine-out-of-memory': 'models',
  'engine-crashed': 'models',
  'cloud-not-set-up': 'settings',
  'cloud-key-missing': 'settings',
  'cloud-key-refused': 'settings',
  'cloud-budget-reached': 'settings',
  'local-only': 'settings',
}

/** A button to the room that helps; nothing where none does. */
export function FailureWays({ failure }: { readonly failure: Failure }): ReactNode {
  const translate = useTranslate()
  const navigate = useSotto((state) => state.navigate)
  const room = elsewhere[failure.code]
  if (room === undefined) return null
  return (
    <Button size="small" onPress={() => navigate(room)}>
      {translate(room === 'models' ? 'shell.header.openModels' : 'chat.place.settings')}
    </Button>
  )
}
