// The throw-away profile: private, removed, and swept when its maker died.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeProfile, profileParent, sweepProfiles } from '../../../../main/hosts/browser/profile.ts'

const here = { parent: '' }
beforeEach(() => {
  here.parent = mkdtempSync(path.join(tmpdir(), 'sotto-profiles-'))
})
afterEach(() => rmSync(here.parent, { recursive: true, force: true }))

/** A process id that nobody has any more. */
function deadPid(): number {
  return spawnSync(process.execPath, ['--version']).pid
}

function folder(name: string): string {
  const made = path.join(here.parent, name)
  mkdirSync(path.join(made, 'Default'), { recursive: true })
  writeFileSync(path.join(made, 'Default', 'History'), 'x')
  return made
}

test('a profile is readable by this account alone and removed whole', async () => {
  const profile = await makeProfile(here.parent)
  expect(statSync(profile.folder).mode & 0o777).toBe(0o700)
  writeFileSync(path.join(profile.folder, 'Cookies'), 'x')
  await profile.remove()
  await profile.remove()
  expect(readdirSync(here.parent)).toEqual([])
})

test('a sweep takes what dead runs left, and nothing else', async () => {
  const dead = deadPid()
  const left = folder(`sotto-window-${dead}-aaaaaa`)
  const alive = folder(`sotto-window-${process.pid}-bbbbbb`)
  const stranger = folder('somebody-elses')
  const lookalike = folder(`sotto-window-${dead}-aaaaaa.bak`)
  const stillOpen = folder(`sotto-window-${dead}-cccccc`)
  symlinkSync(`machine-${process.pid}`, path.join(stillOpen, 'SingletonLock'))
  const linked = path.join(here.parent, `sotto-window-${dead}-dddddd`)
  symlinkSync(stranger, linked)

  await sweepProfiles(here.parent)
  expect(existsSync(left)).toBe(false)
  expect([alive, stranger, lookalike, stillOpen, linked].filter((each) => !existsSync(each))).toEqual([])
  expect(readdirSync(stranger)).toEqual(['Default'])
})

test('a folder that is not there is nothing to sweep', async () => {
  await sweepProfiles(path.join(here.parent, 'gone'))
  expect(readdirSync(here.parent)).toEqual([])
})

test('an ordinary browser has its profile in the temporary folder', () => {
  expect(profileParent('/usr/bin/chromium')).toBe(tmpdir())
})
