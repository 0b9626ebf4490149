// Takes a result out of Sotto: as a file, onto the clipboard, onto paper. Nothing is sent anywhere.
import type { ExportFormat, ExportSubject } from '#contract/export.ts'
import { Share } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Menu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components'
import { exportKey } from '../../state/exportsSlice.ts'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { FailureNote } from '../../ui/FailureNote.tsx'
import { formatCount } from '../../ui/format.ts'
import { saveFile } from '../../ui/saveFile.ts'
import { useLanguage, useTranslate } from '../../ui/text.ts'
import styles from './ExportMenu.module.css'
import { copyRichText } from './copyRichText.ts'

const formats: readonly ExportFormat[] = ['docx', 'pdf', 'html', 'markdown', 'json']

type Said = { readonly key: string; readonly values: Readonly<Record<string, unknown>> }

/** What the menu can do, and what came of the last time. */
function useExport(what: ExportSubject): { readonly said: Said | null; readonly act: (key: string) => Promise<void> } {
  const language = useLanguage()
  const makeExport = useSotto((state) => state.makeExport)
  const exportRichText = useSotto((state) => state.exportRichText)
  const openPrint = useSotto((state) => state.openPrint)
  const [said, say] = useState<Said | null>(null)
  async function act(key: string): Promise<void> {
    say(null)
    if (key === 'print') return openPrint(what, language)
    if (key === 'copy') {
      const copied = await copyRichText(() => exportRichText(what, language))
      return say({ key: copied ? 'copied' : 'notCopied', values: {} })
    }
    const format = formats.find((each) => each === key)
    const file = format === undefined ? null : await makeExport(what, format, language)
    if (file === null) return
    saveFile(file.name, new Blob([...file.bytes]), file.mediaType)
    const amount = formatCount(file.withoutGlyph, language)
    const lacking = file.withoutGlyph > 0
    say({ key: lacking ? 'savedLacking' : 'saved', values: { name: file.name, count: file.withoutGlyph, amount } })
  }
  return { said, act }
}

/** One way out: its name and what comes of it, which is all of it what the item is called. */
function Way({ name }: { readonly name: ExportFormat | 'copy' | 'print' }): ReactNode {
  const translate = useTranslate()
  return (
    <MenuItem id={name} className={styles.item ?? ''} textValue={translate(`exports.${name}`)}>
      <span>{translate(`exports.${name}`)}</span>{' '}
      <span className={styles.note}>{translate(`exports.note.${name}`)}</span>
    </MenuItem>
  )
}

/** A button that opens the ways out, and one line that says what happened. */
export function ExportMenu({ what }: { readonly what: ExportSubject }): ReactNode {
  const translate = useTranslate()
  const exporting = useSotto((state) => state.exporting?.key === exportKey(what))
  const failure = useSotto((state) =>
    state.exportFailure?.key === exportKey(what) ? state.exportFailure.failure : null,
  )
  const { said, act } = useExport(what)
  return (
    <div className={styles.export}>
      <MenuTrigger>
        <Button size="small" tone="quiet" icon={<Share aria-hidden />} isPending={exporting}>
          {translate(exporting ? 'exports.working' : 'exports.open')}
        </Button>
        <Popover className={styles.popover ?? ''} placement="bottom end" offset={4}>
          <Menu
            className={styles.menu ?? ''}
            aria-label={translate('exports.open')}
            onAction={(key) => void act(String(key))}
          >
            {formats.map((format) => (
              <Way key={format} name={format} />
            ))}
            <Separator className={styles.rule ?? ''} />
            <Way name="copy" />
            <Way name="print" />
          </Menu>
        </Popover>
      </MenuTrigger>
      <p role="status" className={styles.said}>
        {said !== null && failure === null && translate(`exports.said.${said.key}`, said.values)}
      </p>
      {failure !== null && <FailureNote failure={failure} />}
    </div>
  )
}
