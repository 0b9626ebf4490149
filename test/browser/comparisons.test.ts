// Comparing and exporting in a real browser: two versions, what changed, both sources, every way out.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { beforeEach, expect, test } from 'vitest'
import { compareInTheWindow, exportInTheWindow, shownChanges, versions, wayOut } from './comparisonSteps.ts'
import { freshWindow } from './freshWindow.ts'
import { expectNoMisdeeds, type OpenWindow } from './openWindow.ts'
import { wordsOf } from './words.ts'

const say = wordsOf('en')
const screenshots = process.env['SOTTO_SCREENSHOTS']

const fresh = freshWindow({ permissions: ['clipboard-read', 'clipboard-write'] })
let window: OpenWindow
let page: Page
let folder: string

beforeEach(async () => {
  ;({ window, page, folder } = fresh())
  writeFileSync(path.join(folder, 'Contract v1.txt'), versions.before)
  writeFileSync(path.join(folder, 'Contract v2.txt'), versions.after)
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: say('firstRun.own'), exact: true }).click()
  await (await chooser).setFiles(path.join(folder, 'Contract v1.txt'))
  await page.getByRole('heading', { name: 'Contract v1.txt' }).first().waitFor()
})

function kinds(): Promise<string[]> {
  return shownChanges(page).evaluateAll((entries) => entries.map((entry) => entry.getAttribute('data-change') ?? ''))
}

test('two versions: substance first, all kinds, from change to change by key, both sources, the same after a reload', async () => {
  expect(await compareInTheWindow(page, path.join(folder, 'Contract v2.txt'))).toBe(2)
  expect(await kinds()).toEqual(['substance', 'substance'])
  await page.getByRole('radio', { name: say('comparisons.kind.all') }).click({ force: true })
  await expect
    .poll(async () => (await kinds()).toSorted())
    .toEqual(['added', 'moved', 'substance', 'substance', 'wording'])

  await page.getByRole('button', { name: say('comparisons.next') }).click()
  await page.keyboard.press('F7')
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-change') ?? null)
  expect(await focused()).toBe((await kinds())[1])

  const source = page.getByRole('complementary', { name: say('documents.source.label') })
  const changed = page.locator('[data-change=substance]').first()
  await changed.getByRole('button', { name: /Contract v1\.txt/ }).click()
  await expect.poll(() => source.locator('mark').first().innerText()).toContain('thirty (30) days')
  await changed.getByRole('button', { name: /Contract v2\.txt/ }).click()
  await expect.poll(() => source.locator('mark').first().innerText()).toContain('forty-five (45) days')

  await page.reload()
  await shownChanges(page).first().waitFor()
  expect(page.url()).toContain('/compare')
  await capture('compare')
  expectNoMisdeeds(window)
})

test('every way out: files, the clipboard, the printer; nothing is asked of anybody else', async () => {
  await compareInTheWindow(page, path.join(folder, 'Contract v2.txt'))
  const named = 'Contract v1.txt compared with Contract v2.txt'
  const markdown = await exportInTheWindow(page, 'markdown')
  expect(markdown.name).toBe(`${named}.md`)
  expect(markdown.bytes.toString('utf8')).toContain('~~thirty (30~~')
  expect((await exportInTheWindow(page, 'json')).name).toBe(`${named}.json`)
  expect((await exportInTheWindow(page, 'docx')).bytes.subarray(0, 2).toString('latin1')).toBe('PK')
  expect((await exportInTheWindow(page, 'pdf')).bytes.subarray(0, 5).toString('latin1')).toBe('%PDF-')
  expect((await exportInTheWindow(page, 'html')).bytes.toString('utf8')).not.toMatch(/<script|https?:\/\//)

  // The window may write to the clipboard and not read it; so what it writes is looked at on the way.
  await page.evaluate(() => {
    const told = Promise.withResolvers<{ html: string; text: string }>()
    const { clipboard } = navigator
    const write = clipboard.write.bind(clipboard)
    clipboard.write = async ([item, ...more]) => {
      if (item === undefined) return
      const textOf = async (type: string) => (await item.getType(type)).text()
      told.resolve({ html: await textOf('text/html'), text: await textOf('text/plain') })
      await write([item, ...more])
    }
    Object.assign(globalThis, { copied: told.promise })
  })
  await page.getByRole('button', { name: say('exports.open'), exact: true }).click()
  await page.getByRole('menuitem', { name: wayOut('copy'), exact: true }).click()
  await page.getByText(say('exports.said.copied'), { exact: true }).waitFor()
  const pasted = await page.evaluate(() => {
    const { copied } = globalThis as unknown as { copied: Promise<{ html: string; text: string }> } // as: set above
    return copied
  })
  expect(pasted.html).toContain('<del>')
  expect(pasted.text).toContain('[−thirty (30−]')

  const printed = await page.evaluate(() => {
    const told = Promise.withResolvers<string>()
    globalThis.print = () => told.resolve(document.querySelector('[data-print-sheet]')?.textContent ?? '')
    Object.assign(globalThis, { printed: told.promise })
  })
  expect(printed).toBeUndefined()
  await page.getByRole('button', { name: say('exports.open'), exact: true }).click()
  await capture('export')
  await page.getByRole('menuitem', { name: wayOut('print'), exact: true }).click()
  const sheet = await page.evaluate(() => (globalThis as unknown as { printed: Promise<string> }).printed) // as: set above
  expect(sheet).toContain('SHA-256')
  await page.emulateMedia({ media: 'print' })
  expect(await page.getByRole('navigation').first().isVisible()).toBe(false)
  await page.emulateMedia({ media: 'screen' })
  expectNoMisdeeds(window)
})

/** With `SOTTO_SCREENSHOTS` set to a folder: the view in both themes and sizes, to be looked at. */
async function capture(name: string): Promise<void> {
  if (screenshots === undefined) return
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme })
    for (const [width, height] of [
      [1280, 800],
      [800, 600],
    ] as const) {
      await page.setViewportSize({ width, height })
      await page.screenshot({ path: path.join(screenshots, `${name}-${theme}-${width}.png`) })
    }
  }
}
