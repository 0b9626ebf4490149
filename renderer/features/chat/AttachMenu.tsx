// "Attach document": the documents Sotto knows, the ones that come with it, and the way to others.
import { Paperclip } from 'lucide-react'
import type { ReactNode } from 'react'
import {
  Button as AriaButton,
  Header,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  Separator,
} from 'react-aria-components'
import { visibleText } from '../../markdown/visibleText.ts'
import { useSotto } from '../../state/store.ts'
import { useTranslate } from '../../ui/text.ts'
import styles from './AttachMenu.module.css'
import { documentName } from './chatWords.ts'

/** Documents named in the menu, last opened first; the others are in the documents room. */
const named = 12

type AttachMenuProps = {
  /** Runs once something was chosen. */
  readonly onAttached: () => void
}

/** The button and its menu. */
export function AttachMenu({ onAttached }: AttachMenuProps): ReactNode {
  const translate = useTranslate()
  const samples = useSotto((state) => state.samples)
  const refreshSamples = useSotto((state) => state.refreshSamples)
  const pickDocuments = useSotto((state) => state.pickDocuments)
  return (
    <MenuTrigger
      onOpenChange={(open) => {
        if (open && samples.length === 0) void refreshSamples()
      }}
    >
      <AriaButton className={styles.button ?? ''}>
        <Paperclip aria-hidden />
        <span>{translate('chat.composer.attach')}</span>
      </AriaButton>
      <Popover className={styles.popover ?? ''} placement="top start" offset={6}>
        <Menu className={styles.menu ?? ''} aria-label={translate('chat.composer.attach')}>
          <Known onAttached={onAttached} />
          <Samples onAttached={onAttached} />
          <Separator className={styles.rule ?? ''} />
          <MenuItem id="open" className={styles.item ?? ''} onAction={pickDocuments}>
            {translate('chat.composer.attachOpen')}
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}

function Known({ onAttached }: AttachMenuProps): ReactNode {
  const documents = useSotto((state) => state.documents)
  const attachDocument = useSotto((state) => state.attachDocument)
  const items = documents.slice(0, named).map((document) => ({
    id: `document-${document.id}`,
    name: documentName(document),
    choose: () => attachDocument(document.id),
  }))
  return <Group words="attachKnown" items={items} onAttached={onAttached} />
}

function Samples({ onAttached }: AttachMenuProps): ReactNode {
  const samples = useSotto((state) => state.samples)
  const attachSample = useSotto((state) => state.attachSample)
  const items = samples.map((sample) => ({
    id: `sample-${sample.path}`,
    name: visibleText(sample.title),
    choose: () => void attachSample(sample),
  }))
  return <Group words="attachSamples" items={items} onAttached={onAttached} />
}

type GroupProps = AttachMenuProps & {
  readonly words: 'attachKnown' | 'attachSamples'
  readonly items: readonly { readonly id: string; readonly name: string; readonly choose: () => void }[]
}

function Group({ words, items, onAttached }: GroupProps): ReactNode {
  const translate = useTranslate()
  if (items.length === 0) return null
  return (
    <MenuSection>
      <Header className={styles.group ?? ''}>{translate(`chat.composer.${words}`)}</Header>
      {items.map(({ id, name, choose }) => (
        <MenuItem
          key={id}
          id={id}
          textValue={name}
          className={styles.item ?? ''}
          onAction={() => {
            choose()
            onAttached()
          }}
        >
          {name}
        </MenuItem>
      ))}
    </MenuSection>
  )
}
