// Where secrets may lie: the system's keystore or the key file that says so; nothing of Chromium's is asked to keep any.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createApp } from '../../../../main/app.ts'
import { createNodeHost } from '../../../../main/hosts/node/createNodeHost.ts'
import { createFakeKeyring } from '../../../fakes/fakeKeyring.ts'

const repository = path.resolve(import.meta.dirname, '../../../..')
const folder = mkdtempSync(path.join(tmpdir(), 'sotto-secrets-'))
afterAll(() => rmSync(folder, { recursive: true }))

function filesBelow(place: string): readonly string[] {
  return readdirSync(place, { recursive: true, encoding: 'utf8' })
    .map((file) => path.join(place, file))
    .filter((file) => statSync(file).isFile())
}

test('S16: with a keystore, no file of the data folder holds a secret it was given', async () => {
  const keyring = createFakeKeyring()
  const host = await createNodeHost({
    kind: 'electron',
    dataFolder: folder,
    mode: 'own',
    environment: { SOTTO_KEYSTORE: 'file' },
  })
  const app = await createApp({ ...host, keyring }, { mode: 'own', resumeJobs: true })
  expect(app.ok).toBe(true)
  if (app.ok) await app.value.close()
  await host.close()
  const secrets = [...keyring.entries.values()]
  expect(secrets.length).toBeGreaterThan(0)
  const forms = secrets.flatMap((secret) => {
    const bytes = Buffer.from(secret, 'base64')
    return [Buffer.from(secret), bytes, Buffer.from(bytes.toString('hex'))]
  })
  const files = filesBelow(folder)
  expect(files.length).toBeGreaterThan(1)
  expect(files.filter((file) => forms.some((form) => readFileSync(file).includes(form)))).toEqual([])
})

test('S16: nothing is kept by Chromium: no safeStorage, no cookie, no session that lasts', () => {
  const files = ['main', 'preload'].flatMap((place) => filesBelow(path.join(repository, place)))
  const code = (file: string) => readFileSync(file, 'utf8').replaceAll(/^\s*\/\/.*$/gm, '')
  expect(files.filter((file) => /safeStorage|persist:|\.cookies\b/.test(code(file)))).toEqual([])
})
