// The main job in a real browser on the real engine: read a document, check it at the source, talk about it, come back.
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { beforeEach, describe, expect, test } from 'vitest'
import { prose } from '../fakes/prose.ts'
import { freshWindow } from './freshWindow.ts'
import { expectNoMisdeeds, type OpenWindow } from './openWindow.ts'
import type { RunningHost } from './runningHost.ts'
import { wordsOf } from './words.ts'

const sample = path.resolve(import.meta.dirname, '../../resources/samples/harbour-report.pdf')
const say = wordsOf('en')

const fresh = freshWindow()
let host: RunningHost
let window: OpenWindow
let page: Page

beforeEach(() => {
  ;({ host, window, page } = fresh())
})

function button(key: string, values?: Readonly<Record<string, unknown>>) {
  return page.getByRole('button', { name: say(key, values), exact: true })
}

/** Hands a file to the file picker that pressing `opener` opens. */
async function upload(opener: ReturnType<typeof button>, file: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await opener.click()
  await (await chooser).setFiles(file)
}

/** Drops a file on the window, as a hand does. */
async function drop(file: string): Promise<void> {
  const held = { name: path.basename(file), base64: readFileSync(file).toString('base64') }
  const transfer = await page.evaluateHandle(({ name, base64 }) => {
    const holding = new DataTransfer()
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    holding.items.add(new File([bytes], name, { type: 'application/pdf' }))
    return holding
  }, held)
  for (const event of ['dragenter', 'dragover', 'drop'])
    await page.dispatchEvent('body', event, { dataTransfer: transfer })
}

/** Chips that lead from a sentence of the summary to its place. */
function chips() {
  const place = say('documents.summary.show', { place: '' }).trim()
  return page.getByRole('region', { name: say('documents.summary.label') }).getByRole('button', { name: place })
}

/** The way out of a document that is too long; its button also says what it does. */
function shorten() {
  return page.getByRole('button', { name: say('chat.overflow.shorten') })
}

function answers() {
  return page.locator('[data-message]').filter({ has: button('chat.message.regenerate') })
}

describe('the main job', () => {
  test('from the first run to a document summarized and checked at its source', async () => {
    await page.getByRole('main', { name: say('firstRun.label') }).waitFor()
    await drop(sample)
    const droppedAt = performance.now()
    await page.getByRole('heading', { name: say('documents.gist.title') }).waitFor()
    const gistMs = Math.round(performance.now() - droppedAt)
    console.info(`gist ${gistMs} ms after the file was dropped`)
    expect(gistMs).toBeLessThan(3000)
    expect(await host.engines()).toEqual([])

    await button('documents.preset.start').click()
    await chips().first().waitFor({ timeout: 60_000 })
    expect(await host.engines()).toHaveLength(1)

    await chips().last().click()
    const source = page.getByRole('complementary', { name: say('documents.source.label') })
    await source.locator('mark').first().waitFor()
    const claim = await source.locator('mark').first().innerText()
    expect(claim.length).toBeGreaterThan(20)
    expect(await page.getByRole('region', { name: say('documents.summary.label') }).innerText()).toContain(
      claim.slice(0, 20),
    )
    await button('documents.source.close').click()
    await source.waitFor({ state: 'detached' })

    await page.reload()
    await chips().first().waitFor()
    expectNoMisdeeds(window)
  })

  test('a question about the document, the context limit, another answer, a branch, and all of it after a reload', async () => {
    await upload(button('firstRun.own'), sample)
    await button('documents.page.ask').click()
    const field = page.getByRole('textbox', { name: say('chat.composer.label') })
    await field.fill('When will the second gate be towed?')
    await page.keyboard.press('Enter')
    // The starter model holds two thousand tokens: the person is asked, and nothing is cut silently.
    await page.getByText(say('chat.overflow.title')).waitFor()
    await shorten().click()
    await expect.poll(() => answers().count(), { timeout: 60_000 }).toBe(1)

    await button('chat.message.regenerate').click()
    await page.getByRole('group', { name: say('chat.message.branchLabel', { index: 2, count: 2 }) }).waitFor()
    await expect.poll(() => answers().count(), { timeout: 60_000 }).toBe(1)

    await button('chat.message.edit').click()
    await field.fill('And the third?')
    await page.keyboard.press('Enter')
    await shorten().click()
    await page.locator('[data-message]').filter({ hasText: 'And the third?' }).waitFor()
    await expect.poll(() => answers().count(), { timeout: 60_000 }).toBe(1)

    const before = await page.locator('[data-message]').allInnerTexts()
    await page.reload()
    await expect.poll(() => page.locator('[data-message]').allInnerTexts(), { timeout: 15_000 }).toEqual(before)
    await button('chat.message.previous').first().click()
    await page.locator('[data-message]').filter({ hasText: 'When will the second gate be towed?' }).waitFor()
    expectNoMisdeeds(window)
  })

  test('Stop keeps what was written', async () => {
    await button('firstRun.skip').click()
    await page.getByRole('button', { name: say('shell.rail.chat'), exact: true }).click()
    const field = page.getByRole('textbox', { name: say('chat.composer.label') })
    await field.fill(prose(4, 1))
    await page.keyboard.press('Enter')
    await expect.poll(() => answers().count(), { timeout: 60_000 }).toBe(1)
    await field.fill(prose(24, 3))
    await page.keyboard.press('Enter')
    await runUntilItWrites()
    await button('chat.composer.stop').click()
    for (const pid of await host.engines()) process.kill(pid, 'SIGCONT')
    await page.getByText(say('chat.message.partial')).waitFor()
    const before = await page.locator('[data-message]').allInnerTexts()
    await page.reload()
    await expect.poll(() => page.locator('[data-message]').allInnerTexts(), { timeout: 15_000 }).toEqual(before)
    expectNoMisdeeds(window)
  })

  /** The starter model is quicker than a hand, so its process is let run in small steps until the answer has begun. */
  async function runUntilItWrites(): Promise<void> {
    const [engine = 0] = await host.engines()
    const written = page.locator('[data-message]').nth(3).locator('p')
    for (let step = 0; step < 2000 && (await written.count()) === 0; step += 1) {
      process.kill(engine, 'SIGCONT')
      await new Promise((resolve) => setTimeout(resolve, 5))
      process.kill(engine, 'SIGSTOP')
    }
  }

  test('a long summary goes on through a reload, with its progress, to its end', async () => {
    const long = path.join(path.dirname(host.dataFolder), 'long.txt')
    writeFileSync(long, Array.from({ length: 80 }, (_, index) => prose(12, index + 1)).join('\n\n'))
    await upload(button('firstRun.own'), long)
    await button('documents.preset.start').click()
    const bar = page.getByRole('progressbar')
    await expect.poll(() => progress(), { timeout: 60_000 }).toBeGreaterThan(0)
    const before = await progress()
    await page.reload()
    await bar.waitFor()
    await expect.poll(() => progress(), { timeout: 15_000 }).toBeGreaterThanOrEqual(before)
    await chips().first().waitFor({ timeout: 90_000 })
    await bar.waitFor({ state: 'detached' })
    expectNoMisdeeds(window)

    async function progress(): Promise<number> {
      return Number(await bar.getAttribute('aria-valuenow').catch(() => '0'))
    }
  })
})
