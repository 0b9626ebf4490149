// Hostile text in a real browser under the real policy: shown as answer, question, title, file name and error text.
import type { Browser, Locator, Page } from '@playwright/test'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import type { Conversation, Message } from '#contract/chat.ts'
import type { DocumentRecord } from '#contract/document.ts'
import { hostileHost, hostilePayloads } from '../fixtures/hostilePayloads.ts'
import { alterAnswers, type Fails } from './alteredAnswers.ts'
import { expectNoMisdeeds, launchChromium, openWindow, type OpenWindow } from './openWindow.ts'
import { type RunningHost, startHost } from './runningHost.ts'
import { wordsOf } from './words.ts'

const say = wordsOf('en')
const at = '2026-11-20T12:00:00.000Z'

const conversations = hostilePayloads.map(({ text }, index): Conversation => ({
  id: `c-${index}`,
  title: text,
  titledBy: 'person',
  createdAt: at,
  updatedAt: at,
}))

/** Each payload as a question, as an answer, and inside a failure. */
const messages = hostilePayloads.flatMap(({ text }, index): readonly Message[] => {
  const common: Pick<
    Message,
    'conversationId' | 'documentIds' | 'provenance' | 'branch' | 'createdAt' | 'failure' | 'state'
  > = {
    conversationId: 'c-0',
    documentIds: [],
    provenance: null,
    branch: { index: 0, count: 1 },
    createdAt: at,
    failure: null,
    state: 'complete',
  }
  const failure = { code: 'file-unreadable', details: { name: text, reason: text } } as const
  const ids = ['question', 'answer', 'failed'].map((kind) => `${kind}-${index}`)
  const [question = '', answer = '', failed = ''] = ids
  return [
    {
      ...common,
      id: question,
      parentId: index === 0 ? null : `failed-${index - 1}`,
      role: 'person',
      text,
      siblingIds: [question],
    },
    { ...common, id: answer, parentId: question, role: 'assistant', text, siblingIds: [answer] },
    {
      ...common,
      id: failed,
      parentId: answer,
      role: 'assistant',
      text: '',
      state: 'failed',
      failure,
      siblingIds: [failed],
    },
  ]
})

const documents = hostilePayloads.map(({ text }, index): DocumentRecord => ({
  id: `d-${index}`,
  name: text,
  path: text,
  sha256: 'a'.repeat(64),
  format: 'text',
  bytes: 1,
  characters: 1,
  segments: 1,
  title: index % 2 === 0 ? text : null,
  coverage: { unit: 'line', total: 1, read: 1, withoutText: [] },
  addedAt: at,
  openedAt: at,
}))

function documentOf(documentId: unknown): DocumentRecord | Fails {
  const found = documents.find(({ id }) => id === documentId)
  return found ?? { fails: { code: 'not-found', details: { what: 'document', id: String(documentId) } } }
}

/** What must not be in the page, wherever it came from. */
function forbiddenParts(): readonly string[] {
  const ownNames = /^(root|page|gist|viewport|react-aria.*)$/
  const found: string[] = []
  for (const element of document.querySelectorAll('*')) {
    const name = element.localName
    if (['iframe', 'object', 'embed', 'base', 'form', 'frame', 'portal', 'video', 'audio'].includes(name))
      found.push(name)
    if (name === 'script' && !/^\/(assets\/|browser-preload)/.test(element.getAttribute('src') ?? ''))
      found.push('script')
    if (name === 'meta' && element.hasAttribute('http-equiv')) found.push('meta refresh')
    for (const { name: attribute, value } of element.attributes) {
      if (attribute.startsWith('on')) found.push(`${name} ${attribute}`)
      if (['src', 'srcset', 'action', 'formaction', 'data', 'background', 'ping'].includes(attribute)) {
        if (!/^(\/|data:image\/svg)/.test(value)) found.push(`${name} ${attribute}=${value}`)
      }
      if (attribute === 'href' && name !== 'link' && !/^(https:|mailto:|#)/.test(value))
        found.push(`${name} href=${value}`)
      // An id becomes a name of the window: only our own may.
      if (['id', 'name'].includes(attribute) && !ownNames.test(value)) found.push(`${name} ${attribute}=${value}`)
    }
  }
  if ('pwned' in globalThis) found.push('a script ran')
  return found
}

/** Scrolls a list from end to end; everything that must not be is gathered at every stop, with the rows seen. */
async function readThrough(
  page: Page,
  frame: Locator,
  row: string,
): Promise<{ seen: number; found: readonly string[] }> {
  const seen = new Set<string>()
  const found = new Set<string>()
  await frame.evaluate((element) => element.scrollTo(0, 0))
  for (let stop = 0; stop < 400; stop += 1) {
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
    for (const part of await page.evaluate(forbiddenParts)) found.add(part)
    for (const id of await frame.locator(row).evaluateAll(idsOf)) seen.add(id)
    const moved = await frame.evaluate((element) => {
      const before = element.scrollTop
      element.scrollBy(0, element.clientHeight * 0.8)
      return element.scrollTop > before
    })
    if (!moved) break
  }
  return { seen: seen.size, found: [...found] }
}

function idsOf(elements: readonly Element[]): readonly string[] {
  return elements.map((element) => element.getAttribute('data-message') ?? element.getAttribute('data-key') ?? '')
}

describe(`${hostilePayloads.length} hostile texts`, () => {
  let browser: Browser
  let host: RunningHost
  let window: OpenWindow
  beforeAll(async () => {
    if (inject('noChromium') !== '') return
    browser = await launchChromium()
    host = await startHost()
    window = await openWindow(browser, host)
    await window.page.getByRole('button', { name: say('firstRun.skip') }).click()
    await alterAnswers(window.page, {
      'chat.list': () => conversations,
      'chat.messages': () => messages,
      'documents.list': () => documents,
      'documents.get': ({ documentId }) => documentOf(documentId),
      'documents.open': ({ documentId }) => documentOf(documentId),
      'documents.segments': () => [{ text: 'x', locator: { kind: 'lines', from: 1, to: 1 } }],
    })
  })
  afterAll(async () => {
    await window?.close()
    await host?.close()
    await browser?.close()
  })
  beforeEach((context) => {
    if (inject('noChromium') !== '') context.skip(inject('noChromium'))
  })

  async function go(hash: string): Promise<Page> {
    const { page } = window
    await page.goto(`${host.origin}/${hash}`)
    await page.reload()
    return page
  }

  test('there are enough of them', () => {
    expect(hostilePayloads.length).toBeGreaterThanOrEqual(150)
  })

  test('as questions, answers and errors', async () => {
    const page = await go('#/chat/c-0')
    const feed = page.getByRole('feed')
    await feed.locator('[data-message]').first().waitFor()
    expect(await readThrough(page, feed, '[data-message]')).toEqual({ seen: messages.length, found: [] })
    expectNoMisdeeds(window)
  })

  test('as titles of conversations', async () => {
    const page = await go('#/chat/c-0')
    const list = page.getByRole('navigation', { name: say('chat.list.label') })
    await list.waitFor()
    expect(await page.evaluate(forbiddenParts)).toEqual([])
    for (const kind of ['script', 'img', 'onerror']) expect(await list.innerText()).toContain(kind)
    expectNoMisdeeds(window)
  })

  test('as names and titles of documents', async () => {
    const page = await go('#/documents')
    const rows = page.getByRole('listbox', { name: say('documents.list.label') })
    await rows.waitFor()
    expect(await readThrough(page, rows, '[data-key]')).toEqual({ seen: documents.length, found: [] })
    expectNoMisdeeds(window)
  })

  test('as the document on the page', async () => {
    for (let index = 0; index < documents.length; index += 25) {
      const page = await go(`#/documents/d-${index}`)
      await page.getByRole('heading', { level: 1 }).first().waitFor()
      expect(await page.evaluate(forbiddenParts)).toEqual([])
    }
    expectNoMisdeeds(window)
  })

  test('no name of theirs was ever asked for', () => {
    expect(window.misdeeds.strangers.filter((address) => address.includes(hostileHost))).toEqual([])
  })
})
