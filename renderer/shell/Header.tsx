// The header of every page: the model in use, the context meter when a chat is open, and what has left this computer.
import { ArrowUpRight, KeyRound, Lock, Search } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button, Tooltip, TooltipTrigger } from 'react-aria-components'
import { JobsLine } from '../features/jobs/JobsLine.tsx'
import { likelyModel } from '../state/likelyModel.ts'
import { useSotto } from '../state/store.ts'
import { classNames } from '../ui/classNames.ts'
import { formatBytes, formatDay } from '../ui/format.ts'
import { type Translate, useLanguage, useTranslate } from '../ui/text.ts'
import type { State } from '../state/state.ts'
import styles from './Header.module.css'
import { commandKey } from './shortcuts.ts'

function modelWords(state: State, translate: Translate): string {
  const { engine } = state
  const model = likelyModel(state)
  if (model === null) return translate('shell.header.modelNone')
  switch (engine.state) {
    case 'idle':
      return translate('shell.header.modelIdle', { name: model.name })
    case 'loading':
      return translate('shell.header.modelLoading', { name: model.name, percent: Math.round(engine.progress * 100) })
    case 'ready':
      return translate('shell.header.modelReady', { name: model.name, device: translate(`shell.device.${engine.gpu}`) })
    case 'failed':
      return translate('shell.header.modelFailed', { name: model.name })
  }
}

function EgressLine(): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const totals = useSotto((state) => state.ledgerTotals)
  const localOnly = useSotto((state) => state.settings.localOnly?.value === true)
  const streams = useSotto((state) => state.cloud?.streams ?? 0)
  const navigate = useSotto((state) => state.navigate)
  const words =
    totals === null
      ? translate('shell.header.egressUnknown')
      : translate('shell.header.egress', {
          amount: formatBytes(totals.contentBytes, language),
          since: formatDay(new Date(totals.since), new Date(), language),
        })
  const outside = streams > 0 || (totals !== null && totals.contentBytes > 0)
  const now = streams > 0 ? `${translate('shell.header.sendingNow')} · ${words}` : words
  const shown = localOnly ? `${translate('shell.header.localOnly')} · ${words}` : now
  return (
    <Button
      className={classNames(styles.egress, outside && styles.outside)}
      aria-label={`${shown}. ${translate('shell.header.openActivity')}`}
      onPress={() => navigate('activity')}
    >
      {localOnly && <Lock aria-hidden />}
      {outside && <ArrowUpRight aria-hidden />}
      <span>{shown}</span>
    </Button>
  )
}

function KeyNotice(): ReactNode {
  const translate = useTranslate()
  const inFile = useSotto((state) => state.info?.keyPlace === 'file')
  if (!inFile) return null
  return (
    <TooltipTrigger delay={300}>
      <Button className={styles.key ?? ''} aria-label={translate('shell.header.keyInFile')}>
        <KeyRound aria-hidden />
        <span>{translate('shell.header.keyInFile')}</span>
      </Button>
      <Tooltip className={styles.tooltip ?? ''}>{translate('shell.header.keyInFileWhy')}</Tooltip>
    </TooltipTrigger>
  )
}

/** Three things a person always knows: what works, where, and what has left. `middle` is the room's own meter. */
export function Header({ middle }: { readonly middle: ReactNode }): ReactNode {
  const translate = useTranslate()
  const words = useSotto((state) => modelWords(state, translate))
  const navigate = useSotto((state) => state.navigate)
  const openPalette = useSotto((state) => state.openPalette)
  return (
    <header className={styles.header}>
      <Button
        className={styles.model ?? ''}
        aria-label={`${words}. ${translate('shell.header.openModels')}`}
        onPress={() => navigate('models')}
      >
        <span>{words}</span>
      </Button>
      <div className={styles.middle}>{middle}</div>
      <JobsLine />
      <TooltipTrigger delay={500} closeDelay={0}>
        <Button
          className={styles.find ?? ''}
          aria-label={translate('shell.header.palette')}
          onPress={() => openPalette(true)}
        >
          <Search aria-hidden />
          <span>{translate('shell.header.palette')}</span>
        </Button>
        <Tooltip className={styles.tooltip ?? ''} offset={6}>
          {`${translate('shell.header.palette')} · ${commandKey()}+K`}
        </Tooltip>
      </TooltipTrigger>
      <KeyNotice />
      <EgressLine />
    </header>
  )
}
