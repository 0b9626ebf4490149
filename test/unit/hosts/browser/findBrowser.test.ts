// Which browser opens the window.
import { expect, test } from 'vitest'
import { type BrowserSearch, findBrowser } from '../../../../main/hosts/browser/findBrowser.ts'

function search(there: readonly string[], rest: Partial<BrowserSearch> = {}): BrowserSearch {
  return {
    platform: 'linux',
    environment: {},
    exists: (file) => there.includes(file),
    installations: async () => {
      throw new Error('none')
    },
    ...rest,
  }
}

test('CHROME_PATH comes first', async () => {
  const environment = { CHROME_PATH: '/own/chrome' }
  const installations = async () => ['/usr/bin/chromium']
  const there = ['/own/chrome', '/usr/bin/chromium']
  expect(await findBrowser(search(there, { environment, installations }))).toBe('/own/chrome')
  expect(await findBrowser(search(['/usr/bin/chromium'], { environment, installations }))).toBe('/usr/bin/chromium')
})

test('what the library finds is used only if it is there', async () => {
  const installations = async () => ['/gone/chrome', '/usr/bin/google-chrome']
  expect(await findBrowser(search(['/usr/bin/google-chrome'], { installations }))).toBe('/usr/bin/google-chrome')
})

test.each([
  ['linux', {}, '/usr/bin/microsoft-edge'],
  ['darwin', {}, '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge'],
  [
    'win32',
    { 'ProgramFiles(x86)': 'C:\\Program Files (x86)' },
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
])('Edge on %s', async (platform, environment, file) => {
  expect(await findBrowser(search([file], { platform, environment }))).toBe(file)
})

test('none at all', async () => {
  expect(await findBrowser(search([]))).toBeNull()
})
