// The graphics card in plain words: whether it is used, what its test said, and the two buttons.
import type { ReactNode } from 'react'
import type { GpuTest } from '#contract/model.ts'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { FailureNote } from '../../ui/FailureNote.tsx'
import { formatBytes } from '../../ui/format.ts'
import { LockNote } from '../../ui/LockNote.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { useLanguage, useTranslate } from '../../ui/text.ts'
import { Panel } from './Panel.tsx'
import styles from './Panel.module.css'

/** Whether the graphics card works for Sotto. */
export function GpuPanel(): ReactNode {
  const translate = useTranslate()
  const setting = useSotto((state) => state.settings.gpu)
  const refused = useSotto((state) => (state.settingFailure?.key === 'gpu' ? state.settingFailure.failure : null))
  const testing = useSotto((state) => state.gpuTesting)
  const off = setting?.value === 'off'
  return (
    <Panel title={translate('models.gpu.title')}>
      <div className={styles.body}>
        <p className={styles.why}>{translate(`models.gpu.${off ? 'off' : 'auto'}`)}</p>
        {setting?.locked === true && <LockNote entry={setting} />}
        {refused !== null && <FailureNote failure={refused} />}
        {testing.state === 'running' && <ProgressBar value={null} label={translate('models.gpu.testing')} />}
        {testing.state === 'failed' && <FailureNote failure={testing.failure} />}
        {testing.state === 'done' && <Tests tests={testing.tests} stopped={testing.stopped} />}
        <Actions />
      </div>
    </Panel>
  )
}

function Actions(): ReactNode {
  const translate = useTranslate()
  const setting = useSotto((state) => state.settings.gpu)
  const changeSetting = useSotto((state) => state.changeSetting)
  const testing = useSotto((state) => state.gpuTesting.state)
  const testGpu = useSotto((state) => state.testGpu)
  const stopGpuTest = useSotto((state) => state.stopGpuTest)
  const off = setting?.value === 'off'
  return (
    <div className={styles.actions}>
      {testing === 'running' ? (
        <Button size="small" onPress={stopGpuTest}>
          {translate('shell.actions.stop')}
        </Button>
      ) : (
        <Button size="small" onPress={() => void testGpu()}>
          {translate(testing === 'none' ? 'models.gpu.test' : 'models.gpu.testAgain')}
        </Button>
      )}
      {setting !== undefined && !setting.locked && (
        <Button size="small" onPress={() => void changeSetting('gpu', off ? 'auto' : 'off')}>
          {translate(off ? 'models.gpu.useGpu' : 'models.gpu.useCpu')}
        </Button>
      )}
    </div>
  )
}

function Tests({ tests, stopped }: { readonly tests: readonly GpuTest[]; readonly stopped: boolean }): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  return (
    <>
      {stopped && <p className={styles.why}>{translate('models.gpu.stopped')}</p>}
      <ul className={styles.tests}>
        {tests.map(({ backend, outcome, deviceNames, memoryBytes }) => {
          const memory =
            memoryBytes === null ? [] : [translate('models.gpu.memory', { amount: formatBytes(memoryBytes, language) })]
          const devices = outcome === 'works' ? [...deviceNames, ...memory] : []
          return (
            <li key={backend} className={styles.test} data-outcome={outcome}>
              <span>{translate(`models.gpu.backend.${backend}`)}</span>
              <span className={styles.outcome}>{translate(`models.gpu.outcome.${outcome}`)}</span>
              {devices.length > 0 && <span className={styles.devices}>{devices.join(' · ')}</span>}
            </li>
          )
        })}
      </ul>
    </>
  )
}
