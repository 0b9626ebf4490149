// `npm run screenshots`: every room in every state, theme, size and language, into docs/screenshots/all; twelve are kept.
import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium, type Browser } from '@playwright/test'
import { roomStates, type RoomState } from '../test/browser/roomStates.ts'
import { type RunningHost, startHost } from '../test/browser/runningHost.ts'
import { seedLibrary } from '../test/browser/seedLibrary.ts'
import { showState } from '../test/browser/showState.ts'
import { wordsOf } from '../test/browser/words.ts'
import { buildWindow } from './buildWindow.ts'
import { repository } from './setup.mjs'
import { ensureChromium } from './systemPackages.mjs'

const { values: options } = parseArgs({
  options: { only: { type: 'string' }, quick: { type: 'boolean', default: false } },
})

const themes = options.quick ? (['light'] as const) : (['light', 'dark'] as const)
const languages = options.quick ? (['en'] as const) : (['en', 'de'] as const)
const sizes = options.quick
  ? ([[1280, 800]] as const)
  : ([
      [1280, 800],
      [800, 600],
    ] as const)

/** The twelve that are committed: they stand in the README and in reviews. */
const kept = [
  'first-run.light.en.1280x800',
  'documents-empty.light.en.1280x800',
  'documents-full.light.en.1280x800',
  'documents-source.light.en.1280x800',
  'documents-source.dark.en.1280x800',
  'documents-busy.light.de.1280x800',
  'documents-refused.light.en.800x600',
  'chat-full.light.en.1280x800',
  'chat-full.dark.de.800x600',
  'models-full.light.en.1280x800',
  'activity-full.light.en.1280x800',
  'settings-managed.dark.de.1280x800',
]

/** Those of the library, kept in a folder of their own. */
const keptOfLibrary = [
  'library-full.light.en.1280x800',
  'library-busy.light.de.1280x800',
  'library-failing.light.en.1280x800',
  'library-search.light.en.1280x800',
  'library-search.dark.de.800x600',
  'library-source.dark.en.1280x800',
]

process.exitCode = await takeAll()

async function takeAll(): Promise<number> {
  const { path: executablePath, reason } = ensureChromium()
  if (executablePath === undefined) {
    console.error(reason)
    return 1
  }
  if (!buildWindow(repository, console.log)) return 1
  const folder = join(repository, 'docs', 'screenshots')
  const all = join(folder, 'all')
  if (options.only === undefined) rmSync(all, { recursive: true, force: true })
  mkdirSync(all, { recursive: true })
  const args = ['--hide-scrollbars', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])]
  const browser = await chromium.launch({ executablePath, args })
  const host = await startHost()
  try {
    const states = roomStates(await seedLibrary(host))
    const wanted = states.filter(({ name }) => options.only === undefined || name.startsWith(options.only))
    for (const theme of themes)
      for (const language of languages) await takeOf(browser, host, wanted, { theme, language, all })
  } finally {
    await browser.close()
    await host.close()
  }
  const taken = readdirSync(all)
  for (const name of kept)
    if (taken.includes(`${name}.png`)) copyFileSync(join(all, `${name}.png`), join(folder, `${name}.png`))
  mkdirSync(join(folder, 'library'), { recursive: true })
  for (const name of keptOfLibrary)
    if (taken.includes(`${name}.png`)) copyFileSync(join(all, `${name}.png`), join(folder, 'library', `${name}.png`))
  console.log(`${taken.length} screenshots in docs/screenshots/all, ${kept.length} of them kept in docs/screenshots`)
  return 0
}

type Look = { readonly theme: 'light' | 'dark'; readonly language: 'en' | 'de'; readonly all: string }

async function takeOf(browser: Browser, host: RunningHost, states: readonly RoomState[], look: Look): Promise<void> {
  const { theme, language, all } = look
  const locale = language === 'de' ? 'de-DE' : 'en-GB'
  const context = await browser.newContext({
    colorScheme: theme,
    locale,
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
  })
  const door = await context.newPage()
  await door.goto(await host.address())
  for (const [width, height] of sizes) {
    for (const state of states) {
      const name = `${state.name}.${theme}.${language}.${width}x${height}`
      try {
        const page = await showState(context, host.origin, state, wordsOf(language), { width, height })
        await page.screenshot({ path: join(all, `${name}.png`), animations: 'disabled', caret: 'hide' })
        await page.close()
      } catch (error) {
        console.error(`${name}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`)
      }
    }
  }
  await context.close()
}
