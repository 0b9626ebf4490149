// The question at the limit of the context in a real browser: every answer to it is a press, and asks for just that.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser } from '@playwright/test'
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { alterAnswers } from './alteredAnswers.ts'
import { expectNoMisdeeds, launchChromium, openWindow, type OpenWindow } from './openWindow.ts'
import { type RunningHost, startHost } from './runningHost.ts'
import { wordsOf } from './words.ts'

const say = wordsOf('en')
const details = { neededTokens: 9000, contextTokens: 8192, reservedTokens: 1024 }

const dataFolder = mkdtempSync(path.join(tmpdir(), 'sotto-question-'))

let browser: Browser
let host: RunningHost
beforeAll(async () => {
  if (inject('noChromium') !== '') return
  browser = await launchChromium()
  writeFileSync(path.join(dataFolder, 'config.json'), JSON.stringify({ welcomed: true }))
  host = await startHost({ dataFolder })
})
afterAll(async () => {
  await host?.close()
  await browser?.close()
  rmSync(dataFolder, { recursive: true, force: true })
})
beforeEach((context) => {
  if (inject('noChromium') !== '') context.skip(inject('noChromium'))
})

/** A conversation with a message in it, at its limit; `asked` are the turns the window sent since. */
async function atTheLimit(window: OpenWindow, largestContextTokens: number) {
  const page = await window.page.context().newPage()
  page.setDefaultTimeout(20_000)
  const asked: unknown[] = []
  await alterAnswers(page, {
    'chat.send': (input) => {
      asked.push(input['overflow'])
      return { fails: { code: 'context-full', details } }
    },
    'chat.context-room': () => ({ contextTokens: 8192, largestContextTokens }),
    'chat.messages': (input) => [
      {
        id: 'm-1',
        conversationId: String(input['conversationId']),
        parentId: null,
        role: 'person',
        text: 'How deep is the basin?',
        state: 'complete',
        failure: null,
        documentIds: [],
        provenance: null,
        branch: { index: 0, count: 1 },
        siblingIds: ['m-1'],
        createdAt: '2026-11-20T12:00:00.000Z',
      },
    ],
    'chat.list': () => [
      {
        id: 'c-1',
        title: 'Basin',
        titledBy: 'person',
        createdAt: '2026-11-20T12:00:00.000Z',
        updatedAt: '2026-11-20T12:00:00.000Z',
      },
    ],
  })
  await page.goto(`${host.origin}/#/chat/c-1`)
  await page.getByText('How deep is the basin?').waitFor()
  await page.getByRole('textbox', { name: say('chat.composer.label') }).fill('And the northern one?')
  await page.keyboard.press('Enter')
  const question = page.getByRole('region', { name: say('chat.overflow.title') })
  await question.waitFor()
  return { page, asked, question }
}

test('compact, summarize, a larger context: each asks for just that; the text stays in the draft', async () => {
  const window = await openWindow(browser, host)
  const { page, asked, question } = await atTheLimit(window, 32_768)
  for (const [name, overflow] of [
    ['oldest', 'leave-out-oldest'],
    ['summarize', 'summarize-older'],
    ['larger', 'larger-context'],
  ] as const) {
    await question.getByRole('button', { name: say(`chat.overflow.${name}`) }).click()
    await expect.poll(() => asked.at(-1)).toBe(overflow)
    await question.waitFor()
  }
  expect(await page.getByRole('textbox', { name: say('chat.composer.label') }).inputValue()).toBe(
    'And the northern one?',
  )
  await window.close()
  expectNoMisdeeds(window)
})

test('start fresh takes the text along; a larger context is not offered where there is none', async () => {
  const window = await openWindow(browser, host)
  const { page, question } = await atTheLimit(window, 8192)
  await question.getByRole('button', { name: say('chat.overflow.oldest') }).waitFor()
  expect(await question.getByRole('button', { name: say('chat.overflow.larger') }).count()).toBe(0)
  await question.getByRole('button', { name: say('chat.overflow.fresh') }).click()
  await page.waitForURL((address) => !address.hash.endsWith('c-1'))
  const box = page.getByRole('textbox', { name: say('chat.composer.label') })
  await expect.poll(() => box.inputValue()).toBe('And the northern one?')
  await window.close()
  expectNoMisdeeds(window)
})
