// Finding entries, and taking the whole ledger or its end elsewhere.
import { Search } from 'lucide-react'
import type { ReactNode } from 'react'
import { ledgerKinds, type LedgerFilter } from '../../state/ledgerSlice.ts'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { saveFile } from '../../ui/saveFile.ts'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { useTranslate } from '../../ui/text.ts'
import styles from './LedgerTools.module.css'

const kinds: readonly LedgerFilter['kind'][] = ['all', ...(Object.keys(ledgerKinds) as (keyof typeof ledgerKinds)[])] // as: Object.keys forgets literal keys

/** Search, kind, export. */
export function LedgerTools(): ReactNode {
  const translate = useTranslate()
  const filter = useSotto((state) => state.ledgerFilter)
  const filterLedger = useSotto((state) => state.filterLedger)
  const exporting = useSotto((state) => state.ledgerExporting)
  const exportLedger = useSotto((state) => state.exportLedger)
  async function download(): Promise<void> {
    const text = await exportLedger()
    if (text !== null)
      saveFile(`sotto-ledger-${new Date().toISOString().slice(0, 10)}.jsonl`, text, 'application/x-ndjson')
  }
  return (
    <div className={styles.tools}>
      <div className={styles.search}>
        <Search aria-hidden />
        <TextField
          label={translate('activity.tools.search')}
          labelHidden
          type="search"
          value={filter.search}
          placeholder={translate('activity.tools.search')}
          onChange={(search) => filterLedger({ search })}
        />
      </div>
      <Select
        label={translate('activity.tools.kind')}
        labelHidden
        value={filter.kind}
        options={kinds.map((kind) => ({ value: kind, label: translate(`activity.tools.kinds.${kind}`) }))}
        onChange={(kind) => filterLedger({ kind })}
      />
      <Button isDisabled={exporting} onPress={() => void download()}>
        {translate(exporting ? 'activity.tools.exporting' : 'activity.tools.export')}
      </Button>
    </div>
  )
}
