// An address leaves for the browser in one place, as https, after a press on a button that is not the first.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { externalAddress, openExternalSafe } from '../../../../main/hosts/electron/openExternalSafe.ts'
import { createFakeElectron } from '../../../fakes/fakeElectron.ts'

const repository = path.resolve(import.meta.dirname, '../../../..')

function say(key: string): string {
  return key
}

const hostile = [
  'http://example.org/',
  'HTTP://example.org/',
  'file:///etc/passwd',
  'FiLe:///C:/Windows/System32/calc.exe',
  'smb://host/share',
  '\\\\host\\share',
  '//host/share',
  'ms-msdt:/id PCWDiagnostic',
  'search-ms:query=x&crumb=location:\\\\host',
  'ms-officecmd:{}',
  'javascript:alert(1)',
  'java\tscript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:msgbox(1)',
  'mailto:someone@example.org',
  'sotto://do/it',
  'about:blank',
  'blob:https://example.org/1',
  'https:example.org',
  'https:/example.org',
  'https:\\\\example.org\\',
  'https://',
  'https://user@example.org/',
  'https://user:secret@example.org/',
  'https://example.org@evil.example/',
  'ht\ntps://example.org/',
  'https://exam\tple.org/',
  'https://example.org/ --args',
  ' https://example.org/',
  'https://example.org/\0',
  'https://example.org\\@evil.example',
  '',
]

test.each(hostile)('S8: %j is not opened, and the person is told', async (address) => {
  const fake = createFakeElectron({ response: 1 })
  expect(externalAddress(address)).toBeNull()
  expect(await openExternalSafe({ electron: fake.electron, say }, address)).toBe('refused')
  expect({ opened: fake.opened, told: fake.dialogs.map(({ message }) => message) }).toEqual({
    opened: [],
    told: ['link.refused'],
  })
})

test.each([
  { response: 0, outcome: 'stayed', opened: [] },
  { response: 1, outcome: 'opened', opened: ['https://example.org/a?b=1'] },
])('S8: https is asked about first; button $response', async ({ response, outcome, opened }) => {
  const fake = createFakeElectron({ response })
  expect(await openExternalSafe({ electron: fake.electron, say }, 'HTTPS://Example.org/a?b=1')).toBe(outcome)
  expect(fake.opened).toEqual(opened)
  expect(fake.dialogs).toMatchObject([{ detail: 'https://example.org/a?b=1', defaultId: 0, cancelId: 0 }])
})

test('S8: one file opens addresses, and nothing opens paths', () => {
  const files = ['main', 'preload']
    .flatMap((folder) =>
      readdirSync(path.join(repository, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
        path.join(folder, file),
      ),
    )
    .filter((file) => file.endsWith('.ts'))
  const having = (pattern: RegExp) =>
    files.filter((file) => pattern.test(readFileSync(path.join(repository, file), 'utf8')))
  expect(having(/\bopenExternal\(/)).toEqual([path.join('main', 'hosts', 'electron', 'openExternalSafe.ts')])
  expect(having(/\b(openPath|showItemInFolder|setAsDefaultProtocolClient|openInEditor)\b/)).toEqual([])
})
