// The receipt on an answer made elsewhere: what went, to whom, when, what it cost, and the way to its line in the ledger.
import type { Provenance } from '#contract/summary.ts'
import { type ReactNode, useEffect } from 'react'
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { formatCount, formatMoment, formatUsd } from '../../ui/format.ts'
import { OutsideMark } from '../../ui/OutsideMark.tsx'
import { useLanguage, useTranslate } from '../../ui/text.ts'
import styles from './ProvenanceLine.module.css'

type ReceiptProps = {
  readonly provenance: Provenance
  readonly cloud: NonNullable<Provenance['cloud']>
}

/** One amber line; pressing it shows the whole receipt. */
export function CloudReceipt({ provenance, cloud }: ReceiptProps): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const written = formatMoment(new Date(provenance.createdAt), language)
  const cost = cloud.usd === null ? translate('chat.receipt.noPrice') : formatUsd(cloud.usd, language)
  const line = [cloud.providerName, provenance.model.name, cost, written].join(' · ')
  return (
    <DialogTrigger>
      <AriaButton className={styles.outsideLine ?? ''} aria-label={`${line}. ${translate('chat.receipt.details')}`}>
        <OutsideMark label={translate('chat.place.outside')} />
        <span>{line}</span>
      </AriaButton>
      <Popover className={styles.popover ?? ''} placement="top start" offset={6}>
        <Dialog aria-label={translate('chat.receipt.details')} className={styles.dialog ?? ''}>
          {({ close }) => <Whole provenance={provenance} cloud={cloud} written={written} cost={cost} close={close} />}
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}

type WholeProps = ReceiptProps & { readonly written: string; readonly cost: string; readonly close: () => void }

function Whole({ provenance, cloud, written, cost, close }: WholeProps): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const readDraft = useSotto((state) => state.readDraft)
  const showInLedger = useSotto((state) => state.showInLedger)
  const scope = useSotto((state) => state.cloudReceipts?.find(({ grantId }) => grantId === cloud.grantId)?.scope)
  const known = useSotto((state) => state.cloudReceipts !== null)
  const openCloudRecords = useSotto((state) => state.openCloudRecords)
  useEffect(() => {
    if (!known) void openCloudRecords()
  }, [known, openCloudRecords])
  const rows: readonly (readonly [string, string])[] = [
    ['to', cloud.providerName],
    ['model', `${provenance.model.name} (${cloud.modelId})`],
    ['when', written],
    ...(scope === undefined ? [] : [['scope', translate(`chat.receipt.scopes.${scope}`)] as const]),
    [
      'tokens',
      translate('chat.receipt.tokensValue', {
        input: formatCount(cloud.inputTokens, language),
        output: formatCount(cloud.outputTokens, language),
      }),
    ],
    ['cost', cost],
    ['hidden', formatCount(cloud.hidden, language)],
    ['digest', cloud.digest],
  ]
  return (
    <>
      <dl className={styles.rows}>
        {rows.map(([name, value]) => (
          <div key={name} className={styles.row}>
            <dt>{translate(`chat.receipt.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div className={styles.links}>
        <Button
          size="small"
          onPress={() => {
            close()
            void readDraft(cloud.draftId)
          }}
        >
          {translate('chat.receipt.read')}
        </Button>
        <Button
          size="small"
          onPress={() => {
            close()
            void showInLedger(cloud.grantId)
          }}
        >
          {translate('chat.receipt.ledger')}
        </Button>
      </div>
    </>
  )
}
