// Children as utility processes: what they are started with, how they end, and where Node stands in for Electron.
import { expect, test } from 'vitest'
import { createElectronSpawn } from '../../../../main/hosts/electron/electronChildren.ts'
import { nodeBeside } from '../../../../main/hosts/electron/nodeBeside.ts'
import { startUtilityChild } from '../../../../main/hosts/electron/utilityChild.ts'
import { entryOf } from '../../../../main/hosts/node/spawnChild.ts'
import { createFakeChild } from '../../../fakes/fakeChildPort.ts'
import { createFakeElectron } from '../../../fakes/fakeElectron.ts'
import { createFakeLogger } from '../../../fakes/fakeLogger.ts'

function start() {
  const fake = createFakeElectron()
  const killed: number[] = []
  const port = startUtilityChild(
    {
      utilityProcess: fake.electron.utilityProcess,
      folder: '/data',
      environment: { TZ: 'UTC', PATH: '/bin', ANTHROPIC_API_KEY: 'secret' },
      forceEnd: (pid) => void killed.push(pid),
      after: (_milliseconds, then) => then(),
    },
    'inference',
    { heapMegabytes: 512 },
  )
  const child = fake.children[0]
  if (child === undefined) throw new Error('no child was started')
  return { port, child, killed }
}

test('a child starts from its entry with a small environment and its heap limited', () => {
  const { child } = start()
  expect({ file: child.file, words: child.words, options: child.options }).toEqual({
    file: entryOf('inference'),
    words: [],
    options: {
      serviceName: 'Sotto inference',
      cwd: '/data',
      env: { TZ: 'UTC', PATH: '/bin' },
      execArgv: ['--max-old-space-size=512'],
      stdio: 'ignore',
      allowLoadingUnsignedLibraries: false,
    },
  })
})

test('messages go both ways, early ones are kept, and its end is told with its code', () => {
  const { port, child } = start()
  const heard: unknown[] = []
  child.emit('message', { early: true })
  port.onMessage((message) => heard.push(message))
  port.onExit((exit) => heard.push(exit))
  child.start(4711)
  expect(port.pid).toBe(4711)
  port.post({ ask: 1 })
  child.emit('message', { late: true })
  child.end(70)
  port.post({ ask: 2 })
  expect({ heard, posted: child.posted }).toEqual({
    heard: [{ early: true }, { late: true }, { code: 70, signal: null }],
    posted: [{ ask: 1 }],
  })
})

test('a kill is immediate, waits for the process id where there is none yet, and is safe to repeat', () => {
  const { port, child, killed } = start()
  port.kill()
  expect(killed).toEqual([])
  child.start(4711)
  expect(killed).toEqual([4711])
  const exits: unknown[] = []
  port.onExit((exit) => exits.push(exit))
  child.end(9)
  port.kill()
  expect({ killed, exits }).toEqual({ killed: [4711], exits: [{ code: null, signal: 'SIGKILL' }] })
})

function choice(withNode: boolean) {
  const children = { utility: [createFakeChild(), createFakeChild(), createFakeChild()], node: [createFakeChild()] }
  const started: string[] = []
  const logger = createFakeLogger()
  const take = (kind: 'utility' | 'node') => () => {
    started.push(kind)
    const child = children[kind][started.filter((each) => each === kind).length - 1]
    if (child === undefined) throw new Error('no more children')
    return child.port
  }
  const spawn = createElectronSpawn({ utility: take('utility'), node: withNode ? take('node') : null, logger })
  const next = () => {
    const port = spawn('inference', { heapMegabytes: 1 })
    port.onMessage(() => undefined)
    port.onExit(() => undefined)
    return port
  }
  return { children, started, logger, next, spawn }
}

test('an engine that ends before it says a word is started on Node the next time, and the reader is not', () => {
  const { children, started, logger, next, spawn } = choice(true)
  next()
  children.utility[0]?.exit(1, null)
  next()
  spawn('reader', { heapMegabytes: 1 })
  expect({ started, lines: logger.lines }).toEqual({
    started: ['utility', 'node', 'utility'],
    lines: [{ level: 'warn', event: 'child.refused', fields: { kind: 'inference', fallback: 'node' } }],
  })
})

test('one that spoke and then died, or was killed, is started in Electron again', () => {
  const { children, started, next } = choice(true)
  next()
  children.utility[0]?.say('pong')
  children.utility[0]?.exit(139, null)
  next().kill()
  next()
  expect(started).toEqual(['utility', 'utility', 'utility'])
})

test('without a Node one that refuses is started in Electron again, and the log says there is no other way', () => {
  const { children, started, logger, next } = choice(false)
  next()
  children.utility[0]?.exit(1, null)
  next()
  expect({ started, fields: logger.lines[0]?.fields }).toEqual({
    started: ['utility', 'utility'],
    fields: { kind: 'inference', fallback: 'none' },
  })
})

test('Node is the checkout’s own, or one a package was given, and never Electron itself', () => {
  const search = {
    platform: 'linux',
    appRoot: '/repo/dist/app',
    resourcesPath: '/opt/Sotto/resources',
    isPackaged: false,
  }
  const having =
    (...files: readonly string[]) =>
    (file: string) =>
      files.includes(file)
  expect(nodeBeside({ ...search, exists: having('/repo/node_modules/node/bin/node') })).toBe(
    '/repo/node_modules/node/bin/node',
  )
  expect(nodeBeside({ ...search, exists: having('/opt/Sotto/resources/runtime/node') })).toBeNull()
  const packaged = { ...search, appRoot: '/opt/Sotto/resources/app.asar', isPackaged: true }
  expect(nodeBeside({ ...packaged, exists: having('/opt/Sotto/resources/runtime/node') })).toBe(
    '/opt/Sotto/resources/runtime/node',
  )
  expect(nodeBeside({ ...packaged, exists: having('/opt/Sotto/sotto') })).toBeNull()
})
