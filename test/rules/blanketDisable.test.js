// No file switches all rules off: such a line at the very top would silence the rule against it too.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { repository } from './canaryTree.js'

const blanket = /^\s*(?:\/\*|\/\/)\s*eslint-disable(?:-next-line|-line)?\s*(?:--|\*\/|$)/m

test('no file disables every rule', () => {
  const files = ['main', 'preload', 'renderer', 'scripts', 'test']
    .filter((folder) => existsSync(join(repository, folder)))
    .flatMap((folder) =>
      readdirSync(join(repository, folder), { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile() && /\.[cm]?[jt]sx?$/.test(entry.name))
        .map((entry) => join(entry.parentPath, entry.name)),
    )
  expect(files.length).toBeGreaterThan(100)
  expect(files.filter((file) => blanket.test(readFileSync(file, 'utf8')))).toEqual([])
})

test.each(['/* eslint-disable */', '/* eslint-disable -- fine */', '  // eslint-disable-next-line'])(
  '%s is one',
  (line) => {
    expect(blanket.test(line)).toBe(true)
  },
)
