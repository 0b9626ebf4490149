// System programs: found, installed only where that is allowed, otherwise the exact line to run.
import { expect, test } from 'vitest'
import { ensureChromium, ensureDebianPackage } from '../../../scripts/systemPackages.mjs'

/** A machine with some programs on it; `installs` appear after apt-get ran. */
function machineWith(programs, { root = false, ci = false, installs = [] } = {}) {
  const there = new Set(programs)
  const ran = []
  return {
    ran,
    root,
    ci,
    find: (name) => (there.has(name) ? `/usr/bin/${name}` : undefined),
    run: (...command) => {
      ran.push(command)
      for (const name of installs) there.add(name)
      return installs.length > 0
    },
    say: () => {},
  }
}

const line = 'apt-get update && apt-get install -y --no-install-recommends strace'

test('what is there is used and nothing is installed', () => {
  const machine = machineWith(['strace', 'apt-get'], { root: true })
  expect([ensureDebianPackage('strace', ['strace'], machine), machine.ran]).toEqual([{ path: '/usr/bin/strace' }, []])
})

test('root installs', () => {
  const machine = machineWith(['apt-get'], { root: true, installs: ['strace'] })
  expect(ensureDebianPackage('strace', ['strace'], machine)).toEqual({ path: '/usr/bin/strace' })
  expect(machine.ran).toEqual([['sh', ['-c', line]]])
})

test('under CI it installs with sudo', () => {
  const machine = machineWith(['apt-get', 'sudo'], { ci: true, installs: ['strace'] })
  expect(ensureDebianPackage('strace', ['strace'], machine)).toEqual({ path: '/usr/bin/strace' })
  expect(machine.ran).toEqual([['sudo', ['-n', 'sh', '-c', line]]])
})

test('anybody else is told the exact line', () => {
  const machine = machineWith(['apt-get', 'sudo'])
  const reason = `strace is not installed; run: sudo sh -c '${line}'`
  expect([ensureDebianPackage('strace', ['strace'], machine), machine.ran]).toEqual([{ path: undefined, reason }, []])
})

test('a failed installation is told, not hidden', () => {
  const machine = machineWith(['apt-get'], { root: true })
  expect(ensureDebianPackage('strace', ['strace'], machine).reason).toBe(`strace is not installed; run: ${line}`)
})

test('a system without apt-get is told what is missing', () => {
  expect(ensureDebianPackage('strace', ['strace'], machineWith([])).reason).toBe('strace is not installed')
})

test('any installed Chromium will do', () => {
  expect(ensureChromium(machineWith(['google-chrome']))).toEqual({ path: '/usr/bin/google-chrome' })
})
