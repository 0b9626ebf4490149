// The first page ever seen: three sentences, one sample, one button. No account, no tour.
import { type ReactNode, useEffect, useId } from 'react'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { FailureNote } from '../../ui/FailureNote.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { useLanguage, useTranslate } from '../../ui/text.ts'
import styles from './FirstRun.module.css'
import { Recommended } from './Recommended.tsx'
import { SampleCard } from './SampleCard.tsx'

/** Shown instead of the rooms until one of its ways on is taken. */
export function FirstRun(): ReactNode {
  const translate = useTranslate()
  const refreshSamples = useSotto((state) => state.refreshSamples)
  const refreshCatalogueQuickly = useSotto((state) => state.refreshCatalogueQuickly)
  const reading = useSotto((state) => state.sampleReading)
  const sample = useSotto((state) => state.samples[0])
  const sentencesId = useId()
  useEffect(() => {
    void Promise.all([refreshSamples(), refreshCatalogueQuickly()])
  }, [refreshSamples, refreshCatalogueQuickly])
  return (
    <main aria-label={translate('firstRun.label')} className={styles.page}>
      <div className={styles.top}>
        <LanguageChoice />
      </div>
      <div className={styles.letter}>
        <h1 className={styles.wordmark}>
          <img src="/icon.svg" alt="" />
          {translate('firstRun.wordmark')}
        </h1>
        <div id={sentencesId} className={styles.sentences}>
          <p className={styles.first}>{translate('firstRun.what')}</p>
          <p className={styles.sentence}>{translate('firstRun.where')}</p>
          <p className={styles.sentence}>{translate('firstRun.starter')}</p>
        </div>
        {sample !== undefined && <SampleCard sample={sample} describedBy={sentencesId} />}
        {reading.state === 'failed' && <FailureNote failure={reading.failure} />}
        <WaysOn />
        <Recommended />
      </div>
    </main>
  )
}

function WaysOn(): ReactNode {
  const translate = useTranslate()
  const leave = useSotto((state) => state.leaveWelcome)
  const navigate = useSotto((state) => state.navigate)
  const pickDocuments = useSotto((state) => state.pickDocuments)
  return (
    <div className={styles.ways}>
      <Button
        tone="quiet"
        onPress={() => {
          leave()
          navigate('documents')
          pickDocuments()
        }}
      >
        {translate('firstRun.own')}
      </Button>
      <Button
        tone="quiet"
        onPress={() => {
          leave()
          navigate('models', 'import')
        }}
      >
        {translate('firstRun.import')}
      </Button>
      <Button tone="quiet" onPress={leave}>
        {translate('firstRun.skip')}
      </Button>
    </div>
  )
}

function LanguageChoice(): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const locked = useSotto((state) => state.settings.language?.locked === true)
  const changeSetting = useSotto((state) => state.changeSetting)
  return (
    <SegmentedControl
      label={translate('firstRun.language')}
      value={language}
      disabled={locked}
      options={[
        { value: 'en', label: translate('settings.language.en') },
        { value: 'de', label: translate('settings.language.de') },
      ]}
      onChange={(chosen) => void changeSetting('language', chosen)}
    />
  )
}
