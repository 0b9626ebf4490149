// Processes that die, stop or hang under the real command line: a coded failure, no child left, finished work kept.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { extractOutput, summarizeOutput } from '../../main/hosts/cli/output.ts'
import { prose } from '../fakes/prose.ts'
import { failureOf, root, sotto, start, testFolder, type Run, type Running } from './faultCli.ts'

const linux = process.platform === 'linux'
const folder = testFolder()
const long = path.join(folder, 'long.txt')
const short = path.join(folder, 'short.txt')
const larger = path.join(folder, 'larger.txt')
const engine = path.join('inference', 'process', 'entry.ts')
const reader = path.join('documents', 'reader', 'entry.ts')

beforeAll(() => {
  // Long enough that progress is said before a fast machine is done.
  const text = Array.from({ length: 130 }, (_, index) => prose(12, index + 1)).join('\n\n')
  writeFileSync(long, text)
  writeFileSync(short, text.slice(0, 2500))
  writeFileSync(larger, `${text}\n\n`.repeat(Math.ceil(15_000_000 / text.length)))
})

describe.skipIf(!linux)('under Linux, where /proc shows who started whom', () => {
  test('R7: the engine killed once in the middle: its step is done again', async () => {
    const running = start(folder, ['summarize', long, '--json'])
    process.kill(await midway(running), 'SIGKILL')
    const { code, output } = await running.done
    expect([code, summarizeOutput.parse(JSON.parse(output)).summary.coverage.withoutText]).toEqual([0, []])
  })

  test('R7: the engine killed whenever it comes up: coded, and the next run goes on from there', async () => {
    const data = path.join(folder, 'killed')
    const command = ['summarize', long, '--data', data, '--json']
    const running = start(folder, command)
    await midway(running)
    let over = false
    const ended = running.done.finally(() => (over = true))
    await until(() => {
      for (const pid of children(running.child.pid ?? 0))
        if (read(pid, 'cmdline').includes(engine)) kill(pid, 'SIGKILL')
      return over
    })
    expect(['engine-crashed', 'engine-unavailable']).toContain(failureOf(await ended))
    const next = await sotto(folder, command)
    summarizeOutput.parse(JSON.parse(next.output))
    expect(next.errors).toMatch(/Continuing: [1-9]\d* of \d+ steps were already done\./)
  })

  test.each([
    ['R7: the engine killed', 'SIGKILL', 'ended unexpectedly'],
    ['R8: the engine stopped dead', 'SIGSTOP', 'for 20 seconds'],
  ] as const)('%s in the middle of an answer: coded, gone', async (_, signal, words) => {
    const { run, pid } = await struckInAnswer(signal)
    expect([run.code, isThere(pid)]).toEqual([1, false])
    expect(run.errors).toContain(words)
  })

  test('R8: Stop does not wait for an engine that hears nothing', async () => {
    const running = start(folder, ['summarize', long, '--json'])
    const pid = await midway(running)
    process.kill(pid, 'SIGSTOP')
    const asked = performance.now()
    running.child.kill('SIGINT')
    expect(await running.done).toMatchObject({ code: 130, output: '' })
    expect(performance.now() - asked).toBeLessThan(10_000)
    expect(isThere(pid)).toBe(false)
  })

  test('the reader killed: coded, alone on its line', async () => {
    const running = start(folder, ['extract', larger, '--json'])
    process.kill(await childOf(running, reader), 'SIGKILL')
    const { code, output } = await running.done
    const line = extractOutput.parse(JSON.parse(output))
    expect([code, line.failure?.code]).toEqual([1, 'reader-crashed'])
  })

  test('Stop does not wait for a reader that was stopped dead', async () => {
    const running = start(folder, ['extract', larger, '--json'])
    const pid = await childOf(running, reader)
    process.kill(pid, 'SIGSTOP')
    running.child.kill('SIGINT')
    expect(await running.done).toMatchObject({ code: 130, output: '' })
    expect(isThere(pid)).toBe(false)
  })

  test.each([
    ['engine', ['summarize', long, '--json'], engine],
    ['reader', ['extract', larger, '--json'], reader],
  ])('R7: the app itself killed: no %s outlives it', async (_, command, entry) => {
    const running = start(folder, command)
    const pid = await childOf(running, entry)
    process.kill(running.child.pid ?? 0, 'SIGKILL')
    await running.done
    await until(() => !isThere(pid))
  })
})

test('what these tests need', (context) => {
  if (!linux) context.skip('children are found through /proc, which only Linux has')
  expect(readdirSync(root)).toContain('main')
})

/** The engine of a run that has finished at least one step. */
async function midway(running: Running): Promise<number> {
  const seen = Promise.withResolvers<void>()
  let errors = ''
  running.child.stderr?.on('data', (part) => {
    errors += String(part)
    if (/[1-9]\d* of \d+ steps/.test(errors)) seen.resolve()
  })
  await Promise.race([seen.promise, running.done])
  return childOf(running, engine)
}

/** An answer whose engine got a signal at its first words; one that was over sooner is asked for again. */
async function struckInAnswer(signal: NodeJS.Signals): Promise<{ readonly run: Run; readonly pid: number }> {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const running = start(folder, ['ask', `What happened? ${readFileSync(short, 'utf8').slice(0, 2000)}`])
    const pid = await childOf(running, engine)
    running.child.stdout?.once('data', () => kill(pid, signal))
    const run = await running.done
    if (run.code !== 0) return { run, pid }
  }
  throw new Error('every answer was over before its engine could be struck')
}

/** Sends a signal to a process that may have ended meanwhile. */
function kill(pid: number, signal: NodeJS.Signals): void {
  if (isThere(pid)) process.kill(pid, signal)
}

/** The child of a run that runs `entry`, as soon as there is one. */
async function childOf(running: Running, entry: string): Promise<number> {
  let found: number | undefined
  await until(
    () => (found = children(running.child.pid ?? 0).find((pid) => read(pid, 'cmdline').includes(entry))) !== undefined,
  )
  return found ?? 0
}

function children(parent: number): readonly number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.map(Number).filter((pid) => /^\d+ \(.*\) \S (\d+)/s.exec(read(pid, 'stat'))?.[1] === String(parent))
}

/** Whether a process runs; one that only waits to be counted out does not. */
function isThere(pid: number): boolean {
  return !['', 'Z', 'X'].includes(/\) (\S)/.exec(read(pid, 'stat'))?.[1] ?? '')
}

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}

/** Looks until it holds; a process of the system tells nobody when it begins or ends. */
async function until(holds: () => boolean): Promise<void> {
  const end = performance.now() + 20_000
  while (!holds()) {
    if (performance.now() > end) throw new Error('it did not come to that')
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
}
