// The Settings room: short, one column, each thing with its meaning beside it.
import type { ReactNode } from 'react'
import { RoomPage } from '../../ui/RoomPage.tsx'
import { useTranslate } from '../../ui/text.ts'
import { About } from './About.tsx'
import { Appearance } from './Appearance.tsx'
import { Cloud } from './Cloud.tsx'
import { ModelSection } from './ModelSection.tsx'
import { PolicyNote } from './PolicyNote.tsx'
import { Privacy } from './Privacy.tsx'

/** Everything a person decides once. */
export function SettingsRoom(): ReactNode {
  const translate = useTranslate()
  return (
    <RoomPage title={translate('shell.rail.settings')} width="column">
      <PolicyNote />
      <Appearance />
      <ModelSection />
      <Privacy />
      <Cloud />
      <About />
    </RoomPage>
  )
}
