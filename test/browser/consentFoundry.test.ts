// Consent in a real browser for the Messages wire: Claude on an endpoint of one's own, over TLS, as on Microsoft Foundry.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { type CloudServer, startCloudServer } from '../fakes/cloudServer.ts'
import { expectNoMisdeeds, launchChromium, openWindow, type OpenWindow } from './openWindow.ts'
import { type RunningHost, startHost } from './runningHost.ts'
import { connect } from './seedLibrary.ts'
import { wordsOf } from './words.ts'

const say = wordsOf('en')
const secret = 'key-0123456789-of-nobody'
const model = 'claude-house'
const folder = mkdtempSync(path.join(tmpdir(), 'sotto-foundry-'))

let browser: Browser
let host: RunningHost
let window: OpenWindow
let page: Page
let server: CloudServer

beforeAll(async () => {
  if (inject('noChromium') === '') browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true })
})
beforeEach(async (context) => {
  if (inject('noChromium') !== '') context.skip(inject('noChromium'))
  const started = await startCloudServer({ tls: true })
  if (started === null) context.skip('no openssl here, so no certificate for the server of the test')
  else {
    server = started
    const trusted = path.join(folder, 'server.pem')
    writeFileSync(trusted, server.certificate ?? '')
    // The program trusts what the system trusts; for this one process the test's server is part of that.
    host = await startHost({ environment: { NODE_EXTRA_CA_CERTS: trusted } })
    const client = await connect(host)
    await client.call('settings.set', { key: 'welcomed', value: true })
    client.close()
    window = await openWindow(browser, host, { at: '/#/settings' })
    page = window.page
    page.setDefaultTimeout(20_000)
  }
})
afterEach(async () => {
  await window?.close()
  await host?.close()
  await server?.[Symbol.asyncDispose]()
})

function button(key: string, values?: Readonly<Record<string, unknown>>) {
  return page.getByRole('button', { name: say(key, values), exact: true })
}

function formField(name: string) {
  return page.locator('form').getByLabel(say(`settings.cloud.endpoint.${name}`), { exact: true })
}

async function addEndpoint(): Promise<void> {
  await button('settings.cloud.endpoint.add').click()
  const kind = page.locator('form').getByRole('button', { name: say('settings.cloud.endpoint.kind') })
  await kind.first().click()
  await page.getByRole('option', { name: say('settings.cloud.endpoint.kinds.foundry') }).click()
  await formField('name').fill('Claude House')
  await formField('address').fill(`${server.baseUrl}/anthropic`)
  await formField('model').fill(model)
  await formField('context').fill('32000')
  await formField('output').fill('1000')
  await button('settings.cloud.endpoint.keep').click()
  await button('settings.cloud.key.setOf', { name: 'Claude House' }).click()
  await page.getByLabel(say('settings.cloud.key.field', { name: 'Claude House' })).fill(secret)
  await button('settings.cloud.key.keep').click()
  await page.getByText(say('settings.cloud.key.memory')).waitFor()
  const choice = page.getByRole('button', { name: say('settings.cloud.cloudModel.label') })
  await choice.first().click()
  await page.getByRole('option', { name: `Claude House · ${model}` }).click()
}

test('what the sheet showed is what arrives in the Messages wire, and the streamed answer comes back whole', async () => {
  await addEndpoint()
  await page
    .getByRole('navigation')
    .getByRole('button', { name: say('shell.rail.chat'), exact: true })
    .click()
  const places = page.getByRole('radiogroup', { name: say('chat.place.label') })
  await places.locator('label').nth(1).click()
  await page.getByRole('textbox', { name: say('chat.composer.label') }).fill('Write to keeper@thornmouth.org about it.')
  await page.keyboard.press('Enter')
  await button('consent.decide.keep').waitFor()
  await page.getByText(server.host, { exact: true }).waitFor()
  await page.getByText(say('consent.retention.foundry')).waitFor()
  await page.getByText(say('consent.names.not-able')).waitFor()
  await page.getByText(say('consent.view.raw')).click()
  const body = await page.locator('[data-raw-body]').textContent()
  expect(body).not.toContain('keeper@thornmouth.org')
  expect([server.connections(), server.requests.length]).toEqual([0, 0])

  server.echo(true)
  const send = page.getByRole('button', { name: say('consent.decide.send.once') })
  await expect.poll(() => send.isEnabled(), { timeout: 10_000 }).toBe(true)
  await send.click()
  await page.locator('[data-message]').nth(1).getByText('keeper@thornmouth.org').waitFor()
  expect(server.requests.map((request) => [request.path, request.body])).toEqual([['/anthropic/v1/messages', body]])
  const [received] = server.requests
  expect(Object.values(received?.headers ?? {})).toContain(secret)
  expect(received?.headers['anthropic-version']).toBeDefined()

  await page.getByRole('button', { name: say('chat.receipt.details') }).click()
  const receipt = page.getByRole('dialog', { name: say('chat.receipt.details') })
  expect(await receipt.innerText()).toContain(say('chat.receipt.tokensValue', { input: '100', output: '20' }))
  expectNoMisdeeds(window)
})
