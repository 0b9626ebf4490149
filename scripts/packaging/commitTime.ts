// The one date two builds of a commit agree on.
import { execFileSync } from 'node:child_process'

/** Seconds since 1970 of the last commit, or what `SOURCE_DATE_EPOCH` says; 0 in an unpacked source archive. */
export function commitTime(repository: string, environment: Readonly<Record<string, string | undefined>>): number {
  const told = Number(environment['SOURCE_DATE_EPOCH'])
  if (environment['SOURCE_DATE_EPOCH'] !== undefined && Number.isInteger(told)) return told
  try {
    const time = execFileSync('git', ['log', '-1', '--format=%ct'], {
      cwd: repository,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return Number(time.trim())
  } catch {
    return 0
  }
}
