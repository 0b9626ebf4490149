// Starts a script on this Node for the suite runner: with a time limit, without stdin, its output shown or kept.
import { spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import type { Counts } from './countingReporter.ts'

/** What a suite came to, in tests or checks. */
export type Outcome = {
  readonly passed: number
  readonly failed: number
  readonly skipped: readonly { readonly test: string; readonly reason: string | null }[]
}

/** Runs `args[0]` with this Node; `quiet` keeps the output instead of showing it. A run past its limit answers 124. */
export function runProgram(
  args: readonly string[],
  { quiet, minutes, environment = {} }: { quiet: boolean; minutes: number; environment?: Record<string, string> },
): Promise<{ readonly code: number; readonly output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
      // Colours are for people at a terminal; in a log they are noise.
      env: {
        ...process.env,
        ...(process.stdout.isTTY ? {} : { NO_COLOR: '1', FORCE_COLOR: undefined }),
        ...environment,
      },
    })
    let output = ''
    for (const pipe of [child.stdout, child.stderr]) pipe?.on('data', (data: Buffer) => (output += data.toString()))
    const limit = setTimeout(() => {
      output += `\nstopped after ${minutes} minutes`
      console.log(`stopped after ${minutes} minutes`)
      child.kill('SIGTERM')
      setTimeout(() => child.kill('SIGKILL'), 5_000).unref()
    }, minutes * 60_000)
    child.on('close', (code, signal) => {
      clearTimeout(limit)
      resolve({ code: signal === null ? (code ?? 1) : 124, output })
    })
  })
}

/** Runs a script that writes `Counts` to the path in `SOTTO_COUNTS`; undefined when it ended without writing any. */
export async function readCounts(path: string, args: readonly string[]): Promise<Counts | undefined> {
  rmSync(path, { force: true })
  const { code } = await runProgram(args, { quiet: false, minutes: 15, environment: { SOTTO_COUNTS: path } })
  try {
    const counts = JSON.parse(readFileSync(path, 'utf8')) as Counts // as: our own reporter wrote it a moment ago
    // An exit code without a failed test is a failure all the same.
    return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
  } catch {
    return undefined
  }
}
