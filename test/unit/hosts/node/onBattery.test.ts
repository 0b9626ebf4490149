// Battery or mains, from folders like those of Linux.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { onBattery } from '../../../../main/hosts/node/onBattery.ts'

const root = mkdtempSync(path.join(tmpdir(), 'sotto-power-'))
afterAll(() => rmSync(root, { recursive: true }))

type Supply = Readonly<Record<string, string>>

function machine(name: string, supplies: Readonly<Record<string, Supply>>): string {
  const folder = path.join(root, name)
  for (const [supply, facts] of Object.entries(supplies)) {
    mkdirSync(path.join(folder, supply), { recursive: true })
    for (const [fact, value] of Object.entries(facts)) writeFileSync(path.join(folder, supply, fact), `${value}\n`)
  }
  return folder
}

const battery = { type: 'Battery', status: 'Discharging' }

test.each([
  ['a laptop unplugged', { AC: { type: 'Mains', online: '0' }, BAT0: battery }, true],
  ['a laptop on mains', { AC: { type: 'Mains', online: '1' }, BAT0: { ...battery, status: 'Charging' } }, false],
  ['one fed over USB', { BAT0: { ...battery, status: 'Not charging' }, usb: { type: 'USB', online: '1' } }, false],
  ['a full battery', { BAT0: { ...battery, status: 'Full' } }, false],
  ['a desktop with a mouse', { mouse: { ...battery, scope: 'Device' } }, null],
  ['a computer without any', {}, null],
])('%s', (name, supplies, expected) => {
  expect(onBattery('linux', machine(name, supplies))).toBe(expected)
})

test('elsewhere nobody says', () => {
  expect(onBattery('win32', root)).toBeNull()
  expect(onBattery('linux', path.join(root, 'missing'))).toBeNull()
})
