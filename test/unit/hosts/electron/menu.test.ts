// The menus of each platform, every word in both languages.
import path from 'node:path'
import type { MenuItemConstructorOptions } from 'electron'
import { expect, test } from 'vitest'
import { languages } from '#contract/language.ts'
import { menuTemplate } from '../../../../main/hosts/electron/menu.ts'
import { createTranslator } from '../../../../main/hosts/node/translator.ts'

const resources = path.resolve(import.meta.dirname, '../../../../resources')

function shape(platform: string, isPackaged: boolean): readonly string[] {
  const template = menuTemplate({ platform, isPackaged, say: (key) => key })
  return template.map(({ label, submenu }) => {
    const items = submenu as readonly MenuItemConstructorOptions[] // as: our template makes lists
    return `${label}: ${items.map(({ role, type }) => role ?? type).join(' ')}`
  })
}

const edit = 'menu.edit: undo redo separator cut copy paste selectAll'
const view = 'menu.view: reload separator resetZoom zoomIn zoomOut separator togglefullscreen'

test('on Windows and Linux', () => {
  for (const platform of ['win32', 'linux']) {
    expect(shape(platform, true)).toEqual(['menu.file: quit', edit, view, 'menu.window: minimize close'])
  }
})

test('on a Mac', () => {
  expect(shape('darwin', true)).toEqual([
    'Sotto: about separator hide hideOthers unhide separator quit',
    edit,
    view,
    'menu.window: minimize close zoom separator front',
  ])
})

test('tools for developers only outside a package', () => {
  expect(shape('linux', false)[2]).toBe(`${view} separator toggleDevTools`)
})

test.each(languages)('every word stands in %s', (language) => {
  const { say } = createTranslator(language, resources)
  const keys = new Set<string>()
  for (const platform of ['darwin', 'linux']) {
    menuTemplate({ platform, isPackaged: false, say: (key) => (keys.add(key), key) })
  }
  const links = ['question', 'stay', 'open', 'refused', 'refusedDetail', 'close'].map((key) => `link.${key}`)
  const page = ['gone', 'goneDetail', 'hangs', 'hangsDetail', 'reload', 'quit', 'wait'].map((key) => `page.${key}`)
  const missing = [...keys, ...links, ...page].filter((key) => say(`electronHost.${key}`) === `electronHost.${key}`)
  expect(missing).toEqual([])
})
