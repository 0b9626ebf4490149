// The Models room in a real browser: verdicts, a download paused and resumed, models of other programs, the GPU's test, the chart.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Locator, Page } from '@playwright/test'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { hashesOf, layOutPeers } from '../fakes/modelPeers.ts'
import { type ModelMirror, startModelMirror } from '../fakes/modelMirror.ts'
import { ggufBytes, withMetadata } from '../fixtures/gguf.ts'
import { expectNoMisdeeds, launchChromium, openWindow, type OpenWindow } from './openWindow.ts'
import { type RunningHost, startHost } from './runningHost.ts'
import { wordsOf } from './words.ts'

const say = wordsOf('en')
const megabyte = 1_000_000
/** A model that needs no engine to be linked, with 30 MB of nothing behind it. */
const content = Buffer.concat([
  ggufBytes(
    withMetadata({
      'tokenizer.chat_template': undefined,
      'general.name': { type: 'text', value: 'Thornmouth Tiny' },
    }),
  ),
  randomBytes(30 * megabyte),
])

let browser: Browser
let mirror: ModelMirror
let host: RunningHost
let window: OpenWindow
let page: Page
let home: string

beforeAll(async () => {
  if (inject('noChromium') !== '') return
  browser = await launchChromium()
})
afterAll(() => browser?.close())
beforeEach(async (context) => {
  if (inject('noChromium') !== '') context.skip(inject('noChromium'))
  home = mkdtempSync(path.join(tmpdir(), 'sotto-models-'))
  layOutPeers(home)
  mirror = await startModelMirror(content)
  const data = path.join(home, 'data')
  mkdirSync(data, { mode: 0o700 })
  writeFileSync(path.join(data, 'config.json'), JSON.stringify({ modelMirror: mirror.server.address, welcomed: true }))
  host = await startHost({ dataFolder: data, environment: { HOME: home } })
  window = await openWindow(browser, host)
  page = window.page
  page.setDefaultTimeout(20_000)
  await page.getByRole('button', { name: say('shell.rail.models'), exact: true }).click()
})
afterEach(async () => {
  await window?.close()
  await host?.close()
  await mirror?.[Symbol.asyncDispose]()
  rmSync(home, { recursive: true, force: true })
})

function button(within: Page | Locator, key: string, values?: Readonly<Record<string, unknown>>): Locator {
  return within.getByRole('button', { name: say(key, values), exact: true })
}

function section(key: string): Locator {
  return page.getByRole('region', { name: say(key), exact: true })
}

/** Shows the models that fit and are folded away, if there are any. */
async function unfold(): Promise<void> {
  const further = section('models.catalogue.title').locator('details[data-folded="further"] > summary')
  if ((await further.count()) > 0) await further.click()
}

test('every model of the catalogue has a verdict in words, and one is the best for this computer', async () => {
  const cards = section('models.catalogue.title').getByRole('article')
  await cards.first().waitFor()
  // A few at once; the others are one press away.
  expect(await cards.filter({ visible: true }).count()).toBeLessThanOrEqual(4)
  await unfold()
  const texts = await cards.filter({ visible: true }).allInnerTexts()
  expect(texts.length).toBeGreaterThanOrEqual(5)
  const verdicts = ['gpu', 'gpu-part', 'memory', 'slow', 'tight'].map(
    (kind) => say(`models.verdict.${kind}`, { tokens: '\u0000' }).split('\u0000')[0],
  )
  const lacking = texts.filter((text) => !verdicts.some((words) => text.includes(words ?? '')))
  expect(lacking).toEqual([])
  expect(texts.filter((text) => text.includes(say('models.catalogue.preferred'))).length).toBe(1)
  expectNoMisdeeds(window)
})

test('a licence is asked for before anything is fetched, and declining fetches nothing', async () => {
  await section('models.catalogue.title').getByRole('article').first().waitFor()
  await unfold()
  const card = section('models.catalogue.title').getByRole('article', { name: 'LFM2.5 1.2B' })
  await card.getByRole('button').first().click()
  await button(page, 'models.licence.no').click()
  await expect.poll(() => page.getByRole('alertdialog').count()).toBe(0)
  expect([mirror.asked, await section('models.download.title').count()]).toEqual([[], 0])
})

test('a model by name: judged by its first bytes, downloaded, paused, resumed after a reload, complete', async () => {
  const outside = section('models.outside.title')
  await outside.getByRole('textbox').fill('user/repo/tiny.gguf')
  await button(outside, 'models.outside.look').click()
  const get = outside.getByRole('button', { name: /30 MB/ })
  await get.waitFor()
  mirror.misdeeds.push({ kind: 'stall', after: 12 * megabyte })
  await get.click()
  const downloads = section('models.download.title')
  const row = downloads.getByRole('article').first()
  await row.getByText(/of 30(\.\d)? MB/).waitFor()
  await button(row, 'models.download.pause').click()
  await row.getByText(say('models.download.state.paused')).waitFor()
  await page.reload()
  await button(row, 'models.download.resume').click()
  await row.getByText(say('models.download.pinned', { size: '\u0000' }).split('\u0000')[1] ?? '').waitFor()
  expect(mirror.asked.at(-1)).toBeGreaterThan(0)
  await section('models.list.title').getByRole('article', { name: 'Thornmouth Tiny' }).waitFor()
  await button(row, 'models.download.dismiss').click()
  await expect.poll(() => downloads.count()).toBe(0)
  expectNoMisdeeds(window)
})

test('models of other programs are found and linked where they are; nothing of theirs changes', async () => {
  const theirs = () => Object.entries(hashesOf(home)).filter(([file]) => !file.startsWith('data'))
  const before = theirs()
  const programs = section('models.programs.title')
  await button(programs, 'models.programs.look').click()
  for (const program of ['LM Studio', 'Ollama', 'Jan', 'GPT4All', 'Hugging Face']) {
    await programs.getByRole('heading', { name: program }).waitFor()
  }
  await programs.getByText(say('models.leftOut.projector')).first().waitFor()
  const link = programs.getByRole('button', { name: /^Link / }).first()
  const name = (await link.getAttribute('aria-label'))?.replace('Link ', '') ?? ''
  await link.click()
  await programs.getByText(say('models.programs.linked'), { exact: true }).first().waitFor()
  await section('models.list.title').getByText(name).first().waitFor()
  expect(theirs()).toEqual(before)
  expectNoMisdeeds(window)
})

test('the GPU panel says what is used and why; its test names every backend; the processor can be chosen', async () => {
  const panel = section('models.gpu.title')
  await button(panel, 'models.gpu.test').click()
  await panel
    .getByRole('listitem')
    .filter({ hasText: say('models.gpu.backend.cpu') })
    .waitFor({ timeout: 60_000 })
  await button(panel, 'models.gpu.testAgain').waitFor({ timeout: 60_000 })
  await panel.getByRole('button', { name: say('models.gpu.wish') }).click()
  await page.getByRole('option', { name: say('models.gpu.wishes.cpu') }).click()
  await panel.getByText(say('doctor.gpu.note_cpu', { reason: 'turned-off' })).waitFor()
  expectNoMisdeeds(window)
})

test('measuring a model draws its bars', { timeout: 180_000 }, async () => {
  const measured = section('models.measured.title')
  await button(measured, 'models.measured.measureNamed', { name: 'Sotto Starter' }).click()
  await measured.getByRole('progressbar').waitFor()
  await measured.getByText(/tokens a second/).waitFor({ timeout: 150_000 })
  expect(await measured.getByText(/Kept \d+ of \d+ facts/).count()).toBe(1)
  await page.reload()
  await measured.getByText(/tokens a second/).waitFor()
  expectNoMisdeeds(window)
})
