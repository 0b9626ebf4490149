// Every test the list of checks names exists, and the page for auditors names every check and every such test.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { checks } from './checkList.ts'
import { repository } from './electronBinary.ts'

const folders = {
  unit: 'test/unit/hosts/electron',
  browser: 'test/browser',
  packaging: 'test/packaging',
  electron: 'test/electron',
}

function textOf(folder: string): string {
  const names = readdirSync(path.join(repository, folder)).filter((name) => name.endsWith('.test.ts'))
  return names.map((name) => readFileSync(path.join(repository, folder, name), 'utf8')).join('\n')
}

test('they are S1 to S18', () => {
  expect(checks.map(({ id }) => id)).toEqual(Array.from({ length: 18 }, (_, index) => `S${index + 1}`))
})

test('every test they name exists', () => {
  const texts = Object.fromEntries(Object.entries(folders).map(([suite, folder]) => [suite, textOf(folder)]))
  const named: readonly { suite: string; name: string }[] = checks.flatMap(({ tests, inElectron }) => [
    ...tests,
    ...inElectron.map((name) => ({ suite: 'electron', name })),
  ])
  expect(named.filter(({ suite, name }) => texts[suite]?.includes(name) !== true)).toEqual([])
})

test('the page for auditors names them all', () => {
  const page = readFileSync(path.join(repository, 'docs', 'security-checks.md'), 'utf8')
  const missing = checks.flatMap(({ id, inElectron }) =>
    [`| ${id} `, ...inElectron].filter((words) => !page.includes(words)),
  )
  expect(missing).toEqual([])
})
