// Consent in a real browser, on the real program, against a provider on loopback that counts every byte that reaches it.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { PDFDocument, StandardFonts } from 'pdf-lib'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import type { Client } from '#client'
import { type CloudServer, startCloudServer } from '../fakes/cloudServer.ts'
import { expectNoMisdeeds, launchChromium, openWindow, type OpenWindow } from './openWindow.ts'
import { type RunningHost, startHost } from './runningHost.ts'
import { connect } from './seedLibrary.ts'
import { wordsOf } from './words.ts'

const say = wordsOf('en')
const secret = 'sk-test-0123456789-of-nobody'
const address = 'keeper@thornmouth.org'
const model = 'house-model'

let browser: Browser
let host: RunningHost
let window: OpenWindow
let page: Page
let server: CloudServer
let client: Client

beforeAll(async () => {
  if (inject('noChromium') !== '') return
  browser = await launchChromium()
})
afterAll(() => browser?.close())
beforeEach(async (context) => {
  if (inject('noChromium') !== '') context.skip(inject('noChromium'))
  const started = await startCloudServer({ tls: false })
  if (started === null) throw new Error('unreachable: a plain server needs no certificate')
  server = started
  host = await startHost()
  client = await connect(host)
  await client.call('settings.set', { key: 'welcomed', value: true })
  window = await openWindow(browser, host, { at: '/#/settings' })
  page = window.page
  page.setDefaultTimeout(20_000)
})
afterEach(async () => {
  client?.close()
  await window?.close()
  await host?.close()
  await server?.[Symbol.asyncDispose]()
})

function button(key: string, values?: Readonly<Record<string, unknown>>) {
  return page.getByRole('button', { name: say(key, values), exact: true })
}

function room(name: string) {
  return page.getByRole('navigation').getByRole('button', { name: say(`shell.rail.${name}`), exact: true })
}

function field() {
  return page.getByRole('textbox', { name: say('chat.composer.label') })
}

/** Adds the server as an endpoint, gives it a key and chooses its model, all in the settings. */
async function setUp(contextTokens: number): Promise<void> {
  await button('settings.cloud.endpoint.add').click()
  await page.locator('form').getByLabel(say('settings.cloud.endpoint.name'), { exact: true }).fill('House')
  await page
    .locator('form')
    .getByLabel(say('settings.cloud.endpoint.address'), { exact: true })
    .fill(`${server.baseUrl}/v1`)
  await page.locator('form').getByLabel(say('settings.cloud.endpoint.model'), { exact: true }).fill(model)
  await page
    .locator('form')
    .getByLabel(say('settings.cloud.endpoint.context'), { exact: true })
    .fill(String(contextTokens))
  await page.locator('form').getByLabel(say('settings.cloud.endpoint.output'), { exact: true }).fill('1000')
  await button('settings.cloud.endpoint.keep').click()
  await button('settings.cloud.key.setOf', { name: 'House' }).click()
  await page.getByLabel(say('settings.cloud.key.field', { name: 'House' })).fill(secret)
  await button('settings.cloud.key.keep').click()
  await page.getByText(say('settings.cloud.key.memory')).waitFor()
  await page
    .getByRole('button', { name: say('settings.cloud.cloudModel.label') })
    .first()
    .click()
  await page.getByRole('option', { name: `House · ${model}` }).click()
  await room('chat').click()
  await turnOut()
}

async function turnOut(): Promise<void> {
  await page
    .getByRole('radiogroup', { name: say('chat.place.label') })
    .locator('label')
    .nth(1)
    .click()
}

async function ask(text: string): Promise<void> {
  await field().fill(text)
  await page.keyboard.press('Enter')
}

function keep() {
  return button('consent.decide.keep')
}

/** The button that sends; the glyph before its words is spoken too. */
function send(scope = 'once') {
  return page.getByRole('button', { name: say(`consent.decide.send.${scope}`) })
}

/** Until the button that sends is no longer inert. */
async function awake(scope = 'once'): Promise<void> {
  await expect.poll(() => send(scope).isEnabled(), { timeout: 10_000 }).toBe(true)
}

/** What the sheet shows as sent, all parts joined. */
async function shownText(): Promise<string> {
  return (await page.locator('[data-sent-text]').allTextContents()).join('\n')
}

function digest(): Promise<string> {
  return page.locator('[data-digest]').innerText()
}

/** Waits for a sheet of other bytes than before and answers their digest. */
async function otherDigest(before: string): Promise<string> {
  await expect.poll(digest, { timeout: 10_000 }).not.toBe(before)
  return digest()
}

/** Bytes and connections that reached the provider. */
function reached(): readonly number[] {
  return [server.connections(), server.requests.length]
}

describe('consent', () => {
  test('a key is set, the sheet is read and changed, Enter and Escape never send, one press sends exactly what it showed', async () => {
    await setUp(32_000)
    await ask(`Write one line to ${address} about the second gate.`)
    await keep().waitFor()
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(say('consent.decide.keep'))
    expect(await shownText()).not.toContain(address)
    const first = await digest()

    const chip = page.locator('button[data-chip]').filter({ hasText: 'MAIL' }).first()
    const placeholder = await chip.innerText()
    await chip.click()
    const revealed = page.locator('button[data-chip="revealed"]')
    expect(await revealed.innerText()).toBe(address)
    expect(await digest()).toBe(first)
    // A second press counts once there was time to read.
    await expect
      .poll(
        async () => {
          if ((await revealed.count()) > 0) await revealed.click()
          return digest()
        },
        { timeout: 10_000 },
      )
      .not.toBe(first)
    const second = await digest()
    expect(await page.locator('button[data-chip="clear"]').innerText()).toBe(address)
    // The keyboard keeps its place in the text.
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-chip'))).toBe('clear')
    await page.locator('button[data-chip="clear"]').click()
    expect(await otherDigest(second)).toBe(first)
    expect(await shownText()).toContain(placeholder)

    await awake()
    await send().focus()
    for (const key of ['Enter', 'Enter', 'NumpadEnter']) await page.keyboard.press(key)
    await keep().waitFor()
    expect(reached()).toEqual([0, 0])
    await page.keyboard.press('Escape')
    await keep().waitFor({ state: 'detached' })
    expect(await field().inputValue()).toContain(address)
    expect(reached()).toEqual([0, 0])

    await turnOut()
    await field().press('Enter')
    await keep().waitFor()
    // A press in the first 600 milliseconds does nothing.
    expect(await send().isEnabled()).toBe(false)
    await awake()
    await page.getByText(say('consent.view.raw')).click()
    const body = await page.locator('[data-raw-body]').textContent()
    expect(await page.content()).not.toContain(secret)
    expect(reached()).toEqual([0, 0])

    server.echo(true)
    await send().click()
    await page.getByRole('button', { name: say('chat.receipt.details') }).waitFor()
    expect(server.requests.map((request) => request.body)).toEqual([body])
    expect(body).not.toContain(address)
    expect(server.requests[0]?.headers['authorization']).toBe(`Bearer ${secret}`)
    // The provider sends the placeholder back; here it is the address again.
    await page.locator('[data-message]').nth(1).getByText(address).waitFor()

    await page.getByRole('button', { name: say('chat.receipt.details') }).click()
    const receipt = page.getByRole('dialog', { name: say('chat.receipt.details') })
    const tokens = say('chat.receipt.tokensValue', { input: '100', output: '20' })
    expect(await receipt.innerText()).toContain(tokens)
    expect(await receipt.innerText()).toContain(say('chat.receipt.noPrice'))
    await receipt.getByRole('button', { name: say('chat.receipt.ledger') }).click()
    await page.getByText(say('activity.result.complete'), { exact: true }).waitFor()
    await page
      .getByText(say('activity.result.decision.approved', { scope: say('activity.receipts.scope.once') }))
      .waitFor()
    expectNoMisdeeds(window)
  })

  test('what one does not see is marked by name, counted in one line and spoken, and leaves unchanged', async () => {
    await setUp(32_000)
    const hidden = [...'obey'].map((letter) => String.fromCodePoint(0xe0000 + (letter.codePointAt(0) ?? 0))).join('')
    const text = `Pay\u200B\u200B the \u202Eeef\u202C of the pier${hidden}. \u{1F469}\u200D\u{1F4BB} \u2764\uFE0F`
    await ask(text)
    await keep().waitFor()
    await page.getByText(say('consent.text.invisible', { count: 8 })).waitFor()
    const names = ['zeroWidthSpace', 'rightToLeftOverride', 'endOfDirection', 'tag'].map((name) =>
      say(`consent.invisible.name.${name}`, { spelled: 'obey' }),
    )
    const [space = '', ...others] = names
    const marks = [say('consent.invisible.many', { name: space, count: 2 }), ...others]
    const sent = page.locator('[data-sent-text]').filter({ hasText: 'of the pier' })
    expect(
      await sent.getByRole('img').evaluateAll((all) => all.map((each) => each.getAttribute('aria-label'))),
    ).toEqual(marks.map((name) => say('consent.invisible.label', { name })))
    // The names are drawn beside the text and are no part of it.
    expect(await sent.textContent()).toBe(text)
    await page.getByText(say('consent.view.raw')).click()
    const body = await page.locator('[data-raw-body]').textContent()
    expect(body).toContain(JSON.stringify(text).slice(1, -1))
    await awake()
    await send().click()
    await page.getByText('Fine.').waitFor()
    expect(server.requests.map((request) => request.body)).toEqual([body])
    expectNoMisdeeds(window)
  })

  test('a conversation is allowed, withdrawn in one press, and asked about again', async () => {
    await setUp(32_000)
    await ask('Say one word.')
    await page.getByText(say('consent.scope.conversation'), { exact: true }).click()
    await awake('conversation')
    await send('conversation').click()
    await page.getByText('Fine.').waitFor()
    const withdraw = button('chat.cloud.withdraw')
    await withdraw.waitFor()
    expect(server.requests.length).toBe(1)

    await ask('And another.')
    await expect.poll(() => server.requests.length, { timeout: 10_000 }).toBe(2)
    await page.getByText('Fine.').nth(1).waitFor()
    await withdraw.click()
    await withdraw.waitFor({ state: 'detached' })

    await turnOut()
    await ask('And a third.')
    await keep().waitFor()
    expect(server.requests.length).toBe(2)
    await page.keyboard.press('Enter')
    await keep().waitFor({ state: 'detached' })
    expect(server.requests.length).toBe(2)
    expectNoMisdeeds(window)
  })

  test('a document of sixty pages is summarized elsewhere under one permission', async () => {
    await setUp(4000)
    await room('documents').click()
    const chooser = page.waitForEvent('filechooser')
    await page.keyboard.press('ControlOrMeta+o')
    await (await chooser).setFiles(await sixtyPages(path.dirname(host.dataFolder)))
    await page.getByRole('heading', { name: say('documents.gist.title') }).waitFor()
    await page.getByRole('button', { name: say('consent.document.ask', { name: 'House' }) }).click()
    await keep().waitFor()
    expect(await shownText()).not.toContain('@thornmouth.org')
    expect(reached()).toEqual([0, 0])
    for (let pier = 1; pier <= 60; pier += 1) {
      server.next({ kind: 'text', deltas: [`The harbour will pay for the planks of pier ${pier} out of the fund.`] })
    }
    await awake('document-job')
    await send('document-job').click()
    const summary = page.getByRole('region', { name: say('documents.summary.label'), exact: true })
    await summary.getByText(`House · ${model}`).waitFor({ timeout: 60_000 })
    await summary.getByText('The harbour will pay').first().waitFor()
    expect(server.requests.length).toBeGreaterThan(3)
    expect(server.requests.filter(({ body }) => body.includes('@thornmouth.org'))).toEqual([])
    const scopes = await client.call('cloud.scopes', {})
    const receipts = await client.call('cloud.receipts', {})
    const covered = receipts.ok ? receipts.value.filter(({ event }) => event === 'covered').length : -1
    expect([scopes.ok ? scopes.value.length : -1, covered]).toEqual([1, server.requests.length - 1])
    // Another one would go without a sheet, and the button says so as long as that is so.
    await page.getByRole('button', { name: say('consent.document.send') }).waitFor()
    await button('chat.cloud.withdraw').click()
    await button('chat.cloud.withdraw').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: say('consent.document.ask', { name: 'House' }) }).waitFor()
    expectNoMisdeeds(window)
  })

  test('a summary that fails under its permission is read again before another attempt goes', async () => {
    await setUp(4000)
    await room('documents').click()
    const chooser = page.waitForEvent('filechooser')
    await page.keyboard.press('ControlOrMeta+o')
    await (await chooser).setFiles(await sixtyPages(path.dirname(host.dataFolder)))
    await page.getByRole('button', { name: say('consent.document.ask', { name: 'House' }) }).click()
    await keep().waitFor()
    server.next({ kind: 'answer', act: (_, response) => void response.writeHead(503).end() })
    await awake('document-job')
    await send('document-job').click()
    await button('chat.cloud.withdraw').waitFor()
    await button('chat.cloud.again').click()
    await keep().waitFor()
    expect(server.requests.length).toBe(1)
    await awake('document-job')
    await send('document-job').click()
    await expect.poll(() => server.requests.length, { timeout: 20_000 }).toBeGreaterThan(1)
    expectNoMisdeeds(window)
  })

  test('with everything kept here the other side says so, and nothing can be asked for', async () => {
    await setUp(32_000)
    await client.call('settings.set', { key: 'localOnly', value: true })
    await page.getByRole('button', { name: new RegExp(say('shell.header.localOnly')) }).waitFor()
    await turnOut()
    await page.getByText(say('chat.place.why.local-only')).waitFor()
    expect(reached()).toEqual([0, 0])
  })
})

/** A PDF of sixty pages, each with a paragraph of its own and an address to hide. */
async function sixtyPages(folder: string): Promise<string> {
  const pdf = await PDFDocument.create()
  const font = await pdf.embedFont(StandardFonts.Helvetica)
  for (let pier = 1; pier <= 60; pier += 1) {
    const sheet = pdf.addPage([595, 842])
    const lines = [
      `On this page the commission says that pier ${pier} needs new planks before the winter comes.`,
      `Its keeper can be asked at keeper${pier}@thornmouth.org about every detail of the work.`,
      `The harbour will pay for the planks of pier ${pier} out of the fund.`,
    ]
    lines.forEach((line, index) => sheet.drawText(line, { x: 60, y: 760 - index * 18, size: 11, font }))
  }
  const file = path.join(folder, 'piers.pdf')
  writeFileSync(file, await pdf.save())
  return file
}
