// The log file: lines of codes and counts, turned over by size, never a reason to fail.
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createFileLogger } from '../../../../main/hosts/node/fileLogger.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sotto-log-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function now(): Date {
  return new Date(at)
}
const at = '2026-11-20T12:00:00.000Z'

function linesOf(name: string): unknown[] {
  const text = readFileSync(path.join(folder, 'logs', name), 'utf8')
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown) // as: JSON.parse gives any
}

test('writes one JSON line per event, in order', async () => {
  const logger = createFileLogger({ folder, now })
  logger.info('job.started', { id: 'j1', steps: 4 })
  logger.error('job.failed', { code: 'engine-crashed' })
  await logger.flush()
  expect(linesOf('sotto.log')).toEqual([
    { at, level: 'info', event: 'job.started', id: 'j1', steps: 4 },
    { at, level: 'error', event: 'job.failed', code: 'engine-crashed' },
  ])
})

test('a value as long as text is replaced by its length', async () => {
  const logger = createFileLogger({ folder, now })
  logger.warn('oops', { text: 'the diary of Anna '.repeat(20) })
  await logger.flush()
  expect(linesOf('sotto.log')).toEqual([{ at, level: 'warn', event: 'oops', text: '(360 characters)' }])
})

test('turns over by size and keeps three old files', async () => {
  const logger = createFileLogger({ folder, now, limitBytes: 200 })
  for (let index = 0; index < 40; index += 1) {
    logger.info('tick', { index })
    await logger.flush()
  }
  expect(readdirSync(path.join(folder, 'logs')).sort()).toEqual([
    'sotto.log',
    'sotto.log.1',
    'sotto.log.2',
    'sotto.log.3',
  ])
  expect(linesOf('sotto.log').at(-1)).toEqual({ at, level: 'info', event: 'tick', index: 39 })
})

test('waits for the data folder instead of making it, and loses nothing meanwhile', async () => {
  const later = path.join(folder, 'data')
  const logger = createFileLogger({ folder: later, now })
  logger.info('first')
  await logger.flush()
  expect(readdirSync(folder)).toEqual([])
  mkdirSync(later)
  logger.info('second')
  await logger.flush()
  expect(readFileSync(path.join(later, 'logs', 'sotto.log'), 'utf8').match(/first|second/g)).toEqual([
    'first',
    'second',
  ])
})

test('a log that cannot be written does not disturb anyone', async () => {
  writeFileSync(path.join(folder, 'logs'), 'a file where a folder should be')
  const logger = createFileLogger({ folder, now })
  logger.info('lost')
  await expect(logger.flush()).resolves.toBeUndefined()
})
