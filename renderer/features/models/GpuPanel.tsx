// The graphics card in plain words: what it does for the model, why not more, its test, and the ways back.
import type { ReactNode } from 'react'
import type { DeviceWish, GpuPanel as Gpu } from '#contract/machine.ts'
import type { GpuTest } from '#contract/model.ts'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { FailureNote } from '../../ui/FailureNote.tsx'
import { formatBytes } from '../../ui/format.ts'
import { LockNote } from '../../ui/LockNote.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { Select } from '../../ui/Select.tsx'
import { useLanguage, useTranslate } from '../../ui/text.ts'
import { gpuSentence } from './gpuWords.ts'
import { Panel } from './Panel.tsx'
import styles from './Panel.module.css'

/** What the graphics card does; empty until it is known. */
export function GpuPanel(): ReactNode {
  const translate = useTranslate()
  const gpu = useSotto((state) => state.gpu)
  const refused = useSotto((state) => state.gpuFailure)
  const lock = useSotto((state) => state.settings.gpu)
  const testing = useSotto((state) => state.gpuTesting)
  if (gpu === null) return null
  const tests = testing.state === 'running' ? testing.tests : gpu.tests
  return (
    <Panel title={translate('models.gpu.title')}>
      <div className={styles.body}>
        <div role="status">
          <p className={styles.line}>{gpuSentence(gpu, translate)}</p>
          {gpu.savesBattery && (
            <p className={styles.why}>{translate('models.gpu.savesBattery', { count: gpu.threads })}</p>
          )}
        </div>
        {refused !== null && <FailureNote failure={refused} />}
        {gpu.canRestore && <Restore gpu={gpu} />}
        {gpu.wishLocked && lock !== undefined ? <LockNote entry={lock} /> : <Wish gpu={gpu} />}
        {testing.state === 'running' && (
          <ProgressBar
            value={testing.total === 0 ? null : testing.tests.length / testing.total}
            label={translate('models.gpu.testing')}
          />
        )}
        {testing.state === 'failed' && <FailureNote failure={testing.failure} />}
        {testing.state === 'ended' && testing.reason === 'stopped' && (
          <p className={styles.why}>{translate('models.gpu.stopped')}</p>
        )}
        {tests.length > 0 && <Tests tests={tests} />}
        <TestButton tried={tests.length > 0} />
      </div>
    </Panel>
  )
}

/** One press back to what last worked. */
function Restore({ gpu }: { readonly gpu: Gpu }): ReactNode {
  const translate = useTranslate()
  const restoreWorking = useSotto((state) => state.restoreWorking)
  const { lastWorking } = gpu
  if (lastWorking === null) return null
  return (
    <div className={styles.body}>
      <p className={styles.why}>
        {translate('models.gpu.worked', {
          gpu: lastWorking.deviceName ?? translate('models.engine.someGpu'),
          layers: lastWorking.gpuLayers,
          total: lastWorking.totalLayers,
        })}
      </p>
      <Button size="small" onPress={() => void restoreWorking()}>
        {translate('models.gpu.restore')}
      </Button>
    </div>
  )
}

function Wish({ gpu }: { readonly gpu: Gpu }): ReactNode {
  const translate = useTranslate()
  const chooseDevice = useSotto((state) => state.chooseDevice)
  const wishes: readonly DeviceWish[] = ['auto', ...gpu.devices]
  return (
    <Select
      label={translate('models.gpu.wish')}
      value={gpu.wish}
      options={wishes.map((wish) => ({ value: wish, label: translate(`models.gpu.wishes.${wish}`) }))}
      onChange={(wish) => void chooseDevice(wish)}
    />
  )
}

function TestButton({ tried }: { readonly tried: boolean }): ReactNode {
  const translate = useTranslate()
  const running = useSotto((state) => state.gpuTesting.state === 'running')
  const testGpu = useSotto((state) => state.testGpu)
  const stopGpuTest = useSotto((state) => state.stopGpuTest)
  return (
    <div className={styles.actions}>
      {running ? (
        <Button size="small" onPress={stopGpuTest}>
          {translate('shell.actions.stop')}
        </Button>
      ) : (
        <Button size="small" onPress={() => void testGpu()}>
          {translate(tried ? 'models.gpu.testAgain' : 'models.gpu.test')}
        </Button>
      )}
    </div>
  )
}

function Tests({ tests }: { readonly tests: readonly GpuTest[] }): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  return (
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
  )
}
