// The browser host as a process with a real browser: it opens, ends with its last window, and leaves nothing behind.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildWindow } from '../../scripts/buildWindow.ts'
import { wordsOf } from '../browser/words.ts'
import { ensureChromium } from '../../scripts/systemPackages.mjs'

const root = path.resolve(import.meta.dirname, '../..')
const canary = 'canary-7f3d-herring'
const program = ensureChromium()

type Host = { readonly child: ChildProcess; readonly exited: Promise<number | null>; readonly said: () => string }

let folder: string
let temporary: string
const running: Host[] = []

beforeAll(() => {
  expect(buildWindow(root, console.log)).toBe(true)
})
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sotto-process-'))
  temporary = path.join(folder, 'tmp')
  for (const name of ['home', 'tmp']) mkdirSync(path.join(folder, name))
})
afterEach(async () => {
  for (const { child, exited } of running.splice(0)) {
    child.kill('SIGKILL')
    await exited
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
})

function environment(): Record<string, string | undefined> {
  const home = path.join(folder, 'home')
  return {
    PATH: process.env['PATH'],
    HOME: home,
    XDG_CONFIG_HOME: home,
    TMPDIR: temporary,
    LANG: 'en_US.UTF-8',
    SOTTO_KEYSTORE: 'file',
  }
}

function startHost(args: readonly string[], extra: Record<string, string> = {}): Host {
  const main = path.join(root, 'main/hosts/browser/main.ts')
  const child = spawn(process.execPath, [main, '--data', path.join(folder, 'data'), ...args], {
    env: { ...environment(), ...extra },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let text = ''
  child.stderr.on('data', (part) => (text += String(part)))
  const host = {
    child,
    exited: new Promise<number | null>((resolve) => child.once('exit', resolve)),
    said: () => text,
  }
  running.push(host)
  return host
}

async function until(holds: () => boolean): Promise<void> {
  await expect.poll(holds, { timeout: 30_000 }).toBe(true)
}

describe('without a window', () => {
  test('it prints its address, hands over a second start, and Ctrl+C ends it in words', async () => {
    const host = startHost(['--no-window'])
    await until(() => host.said().includes('/start?code='))
    const second = startHost([])
    expect(await second.exited).toBe(0)
    expect(second.said()).toBe(`Sotto is already running (process ${host.child.pid}). It is opening another window.\n`)
    await until(() => host.said().split('/start?code=').length === 3)
    host.child.kill('SIGINT')
    expect(await host.exited).toBe(130)
    expect(host.said()).toContain('Stopped. What is finished is kept; unfinished work goes on at the next start.')
    expect(readdirSync(temporary)).toEqual([])
  })

  test('a folder used by the command line is told as such', async () => {
    const data = path.join(folder, 'data')
    const file = path.join(folder, 'long.txt')
    writeFileSync(file, Array.from({ length: 4000 }, (_, index) => `Sentence number ${index} is about fish.`).join(' '))
    const cli = spawn(process.execPath, [path.join(root, 'scripts/sotto.mjs'), 'summarize', file, '--data', data], {
      env: environment(),
      stdio: 'ignore',
    })
    const cliExited = new Promise((resolve) => cli.once('exit', resolve))
    await until(() => existsSync(path.join(data, 'lock.json')))
    const host = startHost(['--no-window'])
    expect(await host.exited).toBe(1)
    expect(host.said()).toMatch(/^Another Sotto \(process \d+\) is using this data folder\.\n/)
    cli.kill('SIGKILL')
    await cliExited
  })

  test('wrong arguments are told, with help', async () => {
    const host = startHost(['--colour'])
    expect(await host.exited).toBe(2)
    expect(host.said()).toContain('“--colour” does not fit here.')
  })
})

describe('with a browser', () => {
  beforeEach((context) => {
    if (program.path === undefined) context.skip(program.reason)
    if (process.platform !== 'linux') context.skip('the wrapper around the browser is a shell script')
  })

  /** The installed browser without a screen, and with a line for this test to see its windows. */
  function headless(): Record<string, string> {
    const wrapper = path.join(folder, 'browser.sh')
    writeFileSync(wrapper, `#!/bin/sh\nexec '${program.path}' --headless=new --remote-debugging-port=0 "$@"\n`)
    chmodSync(wrapper, 0o755)
    return { CHROME_PATH: wrapper, DISPLAY: ':99' }
  }

  function profile(): string {
    const name = readdirSync(temporary).find((each) => each.startsWith('sotto-window-'))
    return name === undefined ? '' : path.join(temporary, name)
  }

  async function look(): Promise<{ readonly browser: Browser; readonly page: Page }> {
    const portFile = () => path.join(profile(), 'DevToolsActivePort')
    await until(() => existsSync(portFile()) && readFileSync(portFile(), 'utf8').includes('\n'))
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${readFileSync(portFile(), 'utf8').split('\n')[0]}`)
    const context = browser.contexts()[0]
    await until(() => /^http:\/\/127\.0\.0\.1:\d+\/(#.*)?$/.test(context?.pages()[0]?.url() ?? ''))
    const page = context?.pages()[0]
    if (page === undefined) throw new Error('the browser has no page')
    return { browser, page }
  }

  /** A document in the library whose name is the canary. */
  function addCanary(): void {
    const file = path.join(folder, `${canary}.txt`)
    writeFileSync(file, `The ${canary} sings in the morning. It is small. It is yellow. Nobody has heard it at night.`)
    const args = [path.join(root, 'scripts/sotto.mjs'), 'summarize', file, '--data', path.join(folder, 'data')]
    expect(spawnSync(process.execPath, args, { env: environment(), stdio: 'ignore' }).status).toBe(0)
    rmSync(file)
  }

  test('the window shows the canary, the profile is private, and nothing is left of either', async () => {
    addCanary()
    const host = startHost([], headless())
    const { browser, page } = await look()
    await page.getByRole('button', { name: wordsOf('en')('firstRun.skip') }).click()
    await page.getByText(canary).first().waitFor()
    expect(statSync(profile()).mode & 0o777).toBe(0o700)
    const start = path.join(profile(), 'start.html')
    expect(statSync(start).mode & 0o777).toBe(0o600)
    // The way in is in no process list, and it is spent.
    const processes = spawnSync('ps', ['-eo', 'args='], { encoding: 'utf8' }).stdout
    const code = /code=([\w-]+)/.exec(readFileSync(start, 'utf8'))?.[1] ?? ''
    expect([code.length, processes.includes(code)]).toEqual([43, false])
    expect((await fetch(new URL(`/start?code=${code}`, page.url()))).status).toBe(403)

    await browser.newBrowserCDPSession().then((session) => session.send('Browser.close'))
    expect(await host.exited).toBe(0)
    expect(readdirSync(temporary)).toEqual([])
    const found = spawnSync('grep', ['-rl', canary, path.join(folder, 'home'), temporary], { encoding: 'utf8' })
    expect(found.stdout).toBe('')
  })

  test('Ctrl+C closes the window and removes its profile', async () => {
    const host = startHost([], headless())
    await look()
    host.child.kill('SIGINT')
    expect(await host.exited).toBe(130)
    expect(readdirSync(temporary)).toEqual([])
  })

  test('a run that was killed leaves a profile that the next run sweeps', async () => {
    const killed = startHost([], headless())
    const { browser } = await look()
    const left = profile()
    killed.child.kill('SIGKILL')
    await killed.exited
    await browser.newBrowserCDPSession().then((session) => session.send('Browser.close'))
    await until(() => !existsSync(path.join(left, 'SingletonLock')))
    expect(existsSync(left)).toBe(true)
    const next = startHost([], headless())
    await until(() => profile() !== '' && profile() !== left)
    expect(existsSync(left)).toBe(false)
    next.child.kill('SIGINT')
    expect(await next.exited).toBe(130)
  })

  test('a browser that does not start leaves the address', async () => {
    const broken = path.join(folder, 'broken.sh')
    writeFileSync(broken, '#!/bin/sh\nexit 1\n')
    chmodSync(broken, 0o755)
    const host = startHost([], { CHROME_PATH: broken, DISPLAY: ':99' })
    await until(() => host.said().includes('/start?code='))
    expect(host.said()).toContain('The window did not open.')
  })
})
