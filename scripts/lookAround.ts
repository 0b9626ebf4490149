// Starts the browser host the way a person would, comes in through its door once, and ends it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Milliseconds until a host that has not printed its address is given up. */
const patienceMs = 60_000

/** Answers true when the host printed its address, let us in once and served its page. Keeps no data unless told where. */
export async function lookAround(
  main: string,
  forHost: readonly string[],
  say: (line: string) => void,
): Promise<boolean> {
  const kept = forHost.includes('--data')
  const folder = mkdtempSync(join(tmpdir(), 'sotto-look-'))
  const data = kept ? [] : ['--data', join(folder, 'data')]
  const child = spawn(process.execPath, [main, '--no-window', ...data, ...forHost], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = once(child, 'exit')
  const giveUp = setTimeout(() => child.kill('SIGKILL'), patienceMs)
  try {
    const address = await printedAddress(child.stderr, say)
    if (address === null) return false
    const page = await visit(address)
    say(page === 200 ? 'The window is served behind its door.\n' : `The window was not served (status ${page}).\n`)
    return page === 200
  } finally {
    child.kill('SIGINT')
    await ended
    clearTimeout(giveUp)
    rmSync(folder, { recursive: true, force: true })
  }
}

async function printedAddress(words: NodeJS.ReadableStream, say: (line: string) => void): Promise<string | null> {
  let text = ''
  for await (const part of words) {
    text += String(part)
    const address = /http:\/\/127\.0\.0\.1:\d+\/start\?code=[\w-]+(?=\s)/.exec(text)?.[0]
    if (address === undefined) continue
    say(text.trimEnd())
    return address
  }
  say(text.trimEnd())
  return null
}

/** Exchanges the address for the cookie and asks for the page; answers the status. */
async function visit(address: string): Promise<number> {
  const door = await fetch(address)
  const cookie = door.headers.get('set-cookie')?.split(';')[0]
  if (cookie === undefined) return door.status
  const page = await fetch(new URL('/', address), { headers: { cookie } })
  return page.status
}
