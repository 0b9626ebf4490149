// All of it in one window: a folder as a batch, a question to one of its documents, two versions compared and exported.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { beforeEach, expect, test } from 'vitest'
import { askInTheWindow } from './askInTheWindow.ts'
import { batchInTheWindow, makeFolder } from './batchInTheWindow.ts'
import { compareInTheWindow, exportInTheWindow, versions } from './comparisonSteps.ts'
import { freshWindow } from './freshWindow.ts'
import { expectNoMisdeeds, type OpenWindow } from './openWindow.ts'
import { wordsOf } from './words.ts'

const say = wordsOf('en')

const fresh = freshWindow({}, 30_000)
let window: OpenWindow
let page: Page
let folder: string

beforeEach(async () => {
  ;({ window, page, folder } = fresh())
  makeFolder(path.join(folder, 'Files'))
  await page.getByRole('button', { name: say('firstRun.skip'), exact: true }).click()
  await page.getByRole('button', { name: say('shell.rail.documents'), exact: true }).click()
})

/** A picture of each state in `SOTTO_LOOK`, for whoever wants to look at them. */
async function look(state: string): Promise<void> {
  const pictures = process.env['SOTTO_LOOK']
  if (pictures === undefined) return
  for (const [width, height] of [
    [1280, 800],
    [800, 600],
  ] as const) {
    await page.setViewportSize({ width, height })
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.screenshot({ path: path.join(pictures, `${state}.${colorScheme}.${width}x${height}.png`) })
    }
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: 1280, height: 800 })
}

test('batch, pause, reload, resume, ask, compare, export', { timeout: 400_000 }, async () => {
  await batchInTheWindow({ page, say, folder: path.join(folder, 'Files'), look })
  const documents = page.getByRole('list', { name: say('jobs.batch.documents') })
  await documents.getByRole('button', { name: 'Notes.md' }).click()
  await askInTheWindow(page, say)

  const [before, after] = [path.join(folder, 'Before.txt'), path.join(folder, 'After.txt')]
  writeFileSync(before, versions.before)
  writeFileSync(after, versions.after)
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: say('documents.list.add'), exact: true }).click()
  await (await chooser).setFiles(before)
  await page.getByRole('heading', { name: 'Before.txt' }).waitFor()
  expect(await compareInTheWindow(page, after, say)).toBeGreaterThan(0)
  const { name, bytes } = await exportInTheWindow(page, 'json', say)
  expect(name).toMatch(/\.json$/)
  expect(bytes.length).toBeGreaterThan(100)
  expectNoMisdeeds(window)
})
