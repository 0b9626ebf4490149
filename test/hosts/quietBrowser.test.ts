// The browser as the host starts it, on a page that tries every way out: strace sees nothing leave this machine.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { ensureChromium, ensureDebianPackage } from '../../scripts/systemPackages.mjs'
import { sentOutside } from '../acceptance/connects.ts'
import { watchingPrefix } from '../acceptance/offlineJourney.ts'

const root = path.resolve(import.meta.dirname, '../..')

test('a page that tries WebRTC, sockets, beacons and names reaches nobody', { timeout: 120_000 }, (context) => {
  const strace = ensureDebianPackage('strace', ['strace'])
  const chromium = ensureChromium()
  if (strace.path === undefined) return context.skip(strace.reason ?? 'no strace')
  if (chromium.path === undefined) return context.skip(chromium.reason ?? 'no Chromium')
  const folder = mkdtempSync(path.join(tmpdir(), 'sotto-quiet-test-'))
  try {
    const trace = path.join(folder, 'trace')
    const [command = '', ...rest] = [...watchingPrefix(strace.path, trace), '-yy', process.execPath]
    const run = spawnSync(command, [...rest, 'scripts/quietBrowser.ts', chromium.path], { cwd: root, encoding: 'utf8' })
    const { ran, refused } = JSON.parse(run.stdout) as { ran: boolean; refused: number } // as: printed by that program
    expect({ ran, somethingWasTried: refused > 0 }).toEqual({ ran: true, somethingWasTried: true })
    expect(sentOutside(readFileSync(trace, 'utf8'))).toEqual([])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
