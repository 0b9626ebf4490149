// The quiet row of views under a name: summary, ask, compare; files, ask. The address keeps the view.
import type { ReactNode } from 'react'
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import type { DocumentView } from '../../state/routeSlice.ts'
import { useSotto } from '../../state/store.ts'
import { useTranslate } from '../../ui/text.ts'
import styles from './ViewTabs.module.css'

type ViewTabsProps = {
  /** The document, or the view of the library, as the address names it. */
  readonly id: string
  /** What is there without asking for a view. */
  readonly first: 'summary' | 'files'
  /** The views there are besides. */
  readonly others: readonly DocumentView[]
  /** The view being looked at. */
  readonly children: ReactNode
}

/** Arrow keys move between the views, each is an address of its own. */
export function ViewTabs({ id, first, others, children }: ViewTabsProps): ReactNode {
  const translate = useTranslate()
  const navigate = useSotto((state) => state.navigate)
  const asked = useSotto((state) => state.route.view)
  const selected = others.find((view) => view === asked) ?? first
  return (
    <Tabs
      selectedKey={selected}
      onSelectionChange={(key) => {
        if (key !== selected) navigate('documents', id, others.find((view) => view === key) ?? null)
      }}
      className={styles.tabs ?? ''}
    >
      <TabList aria-label={translate('documents.view.label')} className={styles.row ?? ''}>
        {[first, ...others].map((view) => (
          <Tab key={view} id={view} className={styles.tab ?? ''}>
            {translate(`documents.view.${view}`)}
          </Tab>
        ))}
      </TabList>
      <TabPanel id={selected} className={styles.panel ?? ''}>
        {children}
      </TabPanel>
    </Tabs>
  )
}
