// Sotto in real Electron listens on no port; started as a person starts it, because a test driver opens ports of its own.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { buildElectron } from '../../scripts/buildElectron.ts'
import { findElectron, repository } from './electronBinary.ts'

test('V9: no process of Sotto listens on a port', async (context) => {
  const found = findElectron()
  if ('missing' in found) return context.skip(found.missing)
  if (process.platform !== 'linux') return context.skip('listening sockets are read with ss, which is on Linux')
  expect(buildElectron(repository, console.info)).toBe(true)
  const folder = mkdtempSync(path.join(tmpdir(), 'sotto-no-port-'))
  const child = spawn(found.program, [path.join(repository, 'dist', 'app'), '--data', folder], {
    stdio: 'ignore',
    env: { ...process.env, SOTTO_KEYSTORE: 'file' },
  })
  const ended = once(child, 'exit')
  try {
    await expect.poll(() => existsSync(path.join(folder, 'lock.json')), { timeout: 30_000 }).toBe(true)
    const sockets = spawnSync('ss', ['-ltnupH'], { encoding: 'utf8' }).stdout.split('\n')
    expect(sockets.filter((line) => line.includes(`pid=${child.pid},`))).toEqual([])
  } finally {
    child.kill('SIGTERM')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
})
