// The window comes back where it was if it can be reached there, and a damaged note of it is no note.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { firstPlace, PlaceFile, placeOn, type WindowPlace } from '../../../../main/hosts/electron/windowPlace.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'sotto-place-'))
afterAll(() => rmSync(folder, { recursive: true }))

const screens = [
  { x: 0, y: 0, width: 1920, height: 1040 },
  { x: -1280, y: 0, width: 1280, height: 984 },
]

function at(x: number, y: number): WindowPlace {
  return { bounds: { x, y, width: 1000, height: 700 }, maximized: false }
}

const anywhere: WindowPlace = { bounds: { width: 1000, height: 700 }, maximized: false }

test.each([
  ['nothing kept', null, firstPlace],
  ['on the first screen', at(100, 50), at(100, 50)],
  ['on the second screen', at(-1200, 50), at(-1200, 50)],
  ['partly off, title bar in reach', at(1700, 900), at(1700, 900)],
  ['off to the right', at(1900, 50), anywhere],
  ['on a screen that is gone', at(4000, 50), anywhere],
  [
    'larger than every screen that is left',
    { bounds: { x: 4000, y: 0, width: 3800, height: 2000 }, maximized: true },
    { bounds: { width: 1920, height: 1040 }, maximized: true },
  ],
  ['title bar above the screen', at(100, -60), anywhere],
  ['title bar below the screen', at(100, 1035), anywhere],
])('%s', (_what, kept, expected) => {
  expect(placeOn(kept, screens)).toEqual(expected)
})

test('a place is kept and read again', async () => {
  const file = new PlaceFile(path.join(folder, 'new'))
  expect(file.read()).toBeNull()
  await file.write({ ...at(5, 6), maximized: true })
  expect(file.read()).toEqual({ ...at(5, 6), maximized: true })
})

test.each([
  '',
  'not JSON',
  '{}',
  '{"bounds":null,"maximized":true}',
  '{"bounds":{"x":1,"y":1,"width":1e9,"height":700},"maximized":false}',
  '{"bounds":{"x":1,"y":1,"width":10,"height":10},"maximized":false}',
  '{"bounds":{"x":"1","y":1,"width":900,"height":700},"maximized":false}',
])('%j is no place', (text) => {
  writeFileSync(path.join(folder, 'window.json'), text)
  expect(new PlaceFile(folder).read()).toBeNull()
})

test('a place that cannot be kept is no fault', async () => {
  writeFileSync(path.join(folder, 'a-file'), '')
  await expect(new PlaceFile(path.join(folder, 'a-file')).write(at(1, 1))).resolves.toBeUndefined()
})
