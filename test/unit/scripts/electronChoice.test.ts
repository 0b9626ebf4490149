// Which host `npm start` opens, and what it remembers.
import { expect, test } from 'vitest'
import { chooseHost, type ElectronQuestion, probeMs, type RememberedHost } from '../../../scripts/electronChoice.ts'

type World = {
  readonly supported?: boolean
  readonly remembered?: RememberedHost | null
  readonly installed?: boolean
  readonly reachable?: boolean
  readonly download?: 'done' | 'failed' | 'interrupted'
}

function setUp({ supported = true, remembered = null, installed = false, reachable = true, download = 'done' }: World) {
  const done: string[] = []
  const press = { ctrlC: () => {} }
  const question: ElectronQuestion = {
    supported,
    remembered,
    remember: (choice) => void done.push(`remember ${choice === null ? 'nothing' : `${choice.host}, ${choice.why}`}`),
    installed: () => installed,
    source: async () => 'https://mirror.example/electron.zip',
    reachable: async (address, milliseconds) => {
      done.push(`probe ${address} ${milliseconds}`)
      return reachable
    },
    download: async (signal) => {
      done.push('download')
      if (download !== 'interrupted') return download
      press.ctrlC()
      return signal.aborted ? 'failed' : 'done'
    },
    onInterrupt: (listener) => {
      press.ctrlC = listener
      return () => void done.push('stopped listening')
    },
    say: () => {},
  }
  return { question, done }
}

const probe = `probe https://mirror.example/electron.zip ${probeMs}`

test('without an Electron host it is the browser, and nothing is probed or remembered', async () => {
  const { question, done } = setUp({ supported: false })
  expect([await chooseHost(null, question), await chooseHost('electron', question), done]).toEqual([
    'browser',
    'browser',
    [],
  ])
})

test('a binary that is there is used', async () => {
  const { question, done } = setUp({ installed: true, remembered: { host: 'browser', why: 'unreachable' } })
  expect([await chooseHost(null, question), done]).toEqual(['electron', []])
})

test('one that can be had is fetched', async () => {
  const { question, done } = setUp({})
  expect([await chooseHost(null, question), done]).toEqual(['electron', [probe, 'download', 'stopped listening']])
})

test('a source that does not answer is remembered', async () => {
  const { question, done } = setUp({ reachable: false })
  expect([await chooseHost(null, question), done]).toEqual(['browser', [probe, 'remember browser, unreachable']])
})

test('a download that fails is remembered', async () => {
  const { question, done } = setUp({ download: 'failed' })
  expect(await chooseHost(null, question)).toBe('browser')
  expect(done.at(-1)).toBe('remember browser, unreachable')
})

test('Ctrl+C opens the browser and is remembered', async () => {
  const { question, done } = setUp({ download: 'interrupted' })
  expect(await chooseHost(null, question)).toBe('browser')
  expect(done).toEqual([probe, 'download', 'stopped listening', 'remember browser, interrupted'])
})

test('what is remembered is not tried again until it is asked for', async () => {
  const remembered = { host: 'browser', why: 'interrupted' } as const
  const { question, done } = setUp({ remembered })
  expect([await chooseHost(null, question), done]).toEqual(['browser', []])
  const again = setUp({ remembered })
  expect(await chooseHost('electron', again.question)).toBe('electron')
  expect(again.done).toEqual(['remember nothing', probe, 'download', 'stopped listening'])
})

test('the browser, asked for, is remembered even where Electron is', async () => {
  const { question, done } = setUp({ installed: true })
  expect([await chooseHost('browser', question), done]).toEqual(['browser', ['remember browser, asked']])
  const later = setUp({ installed: true, remembered: { host: 'browser', why: 'asked' } })
  expect(await chooseHost(null, later.question)).toBe('browser')
})
