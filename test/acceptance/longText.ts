// A long text of real free prose: the Jargon File, public domain, from Debian's package `jargon-text`.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { checkout } from './runSotto.ts'

/** A text file on this disk and how many words it holds. */
export type LongText = { readonly path: string; readonly words: number }

/**
 * Finds the text in the cache, on the system, or downloads the package (no root needed). Answers the reason when this
 * machine can do none of the three; the reason names the line a person can run.
 */
export function longText(): LongText | { readonly reason: string } {
  const path = join(checkout, '.sotto', 'corpus', 'jargon.txt')
  const installed = '/usr/share/doc/jargon-text/jargon.txt.gz'
  if (!existsSync(path)) {
    mkdirSync(join(path, '..'), { recursive: true })
    const packed = existsSync(installed) ? readFileSync(installed) : downloaded()
    if (packed === null) return { reason: 'no long text here; run: apt-get update && apt-get install -y jargon-text' }
    writeFileSync(path, gunzipSync(packed))
  }
  return { path, words: readFileSync(path, 'utf8').split(/\s+/).filter(Boolean).length }
}

function downloaded(): Buffer | null {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-corpus-'))
  try {
    // A new machine may have no package lists yet; refreshing them needs root and may fail harmlessly.
    for (const refresh of [false, true]) {
      if (refresh) attempt('apt-get', ['update', '-qq'], folder)
      if (!attempt('apt-get', ['download', '-qq', 'jargon-text'], folder)) continue
      const archive = readdirSync(folder).find((name) => name.endsWith('.deb'))
      if (archive === undefined || !attempt('dpkg', ['-x', archive, 'out'], folder)) continue
      return readFileSync(join(folder, 'out/usr/share/doc/jargon-text/jargon.txt.gz'))
    }
    return null
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function attempt(command: string, args: readonly string[], cwd: string): boolean {
  try {
    execFileSync(command, args, { cwd, stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
