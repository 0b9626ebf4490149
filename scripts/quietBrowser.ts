// A program: starts a browser exactly as the browser host does, on a page that tries to get out, and prints what came.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { browserFlags } from '../main/hosts/browser/browserFlags.ts'

/** What the page's server saw: whether the page ran to its end, and requests for anybody else, refused as by the host. */
export type QuietReport = { readonly ran: boolean; readonly refused: number }

/** Addresses that belong to nobody (RFC 5737, RFC 2606): an attempt at them would show, and reach no one. */
const page = `<!doctype html><title>out</title>
<link rel="dns-prefetch" href="//prefetch.example"><link rel="preconnect" href="https://preconnect.example">
<link rel="icon" href="https://icon.example/i.png"><img src="https://image.example/i.png"><img src="http://192.0.2.1/i.png">
<script>
const quietly = (attempt) => { try { Promise.resolve(attempt()).catch(() => undefined) } catch { /* refused at once */ } }
quietly(() => fetch('https://fetch.example/', { mode: 'no-cors' }))
quietly(() => fetch('http://192.0.2.2/', { mode: 'no-cors' }))
quietly(() => navigator.sendBeacon('https://beacon.example/', 'x'))
quietly(() => new WebSocket('wss://socket.example/'))
quietly(() => new WebTransport('https://192.0.2.3/'))
quietly(async () => {
  const call = new RTCPeerConnection({ iceServers: [{ urls: ['stun:192.0.2.4:3478', 'stun:stun.example:3478'] }] })
  call.createDataChannel('x')
  await call.setLocalDescription(await call.createOffer())
})
setTimeout(() => fetch('/over'), 4000)
</script>`

/** How long a browser may take to start and run the page, and how long it is left alone afterwards, in milliseconds. */
const waits = { start: 60_000, after: 2_000 } as const

if (import.meta.main) console.log(JSON.stringify(await tempt(process.argv[2] ?? 'chromium')))

async function tempt(program: string): Promise<QuietReport> {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-quiet-'))
  const over = Promise.withResolvers<boolean>()
  const seen = { refused: 0 }
  const server = createServer(({ url = '' }, response) => {
    if (url === '/over') over.resolve(true)
    // A proxy is asked with the whole address.
    if (!url.startsWith('/')) seen.refused += 1
    response.writeHead(url.startsWith('/') ? 200 : 403, { 'content-type': 'text/html' }).end(url === '/' ? page : '')
  })
  server.on('connect', (_request, socket) => {
    seen.refused += 1
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo // as: a server on a port has one
  const flags = browserFlags({
    page: `http://127.0.0.1:${port}/`,
    profile: folder,
    port,
    root: process.getuid?.() === 0,
  })
  const browser = spawn(program, ['--headless=new', ...flags], { stdio: 'ignore' })
  const ended = once(browser, 'exit').then(() => false)
  try {
    const ran = await Promise.race([over.promise, ended, pause(waits.start, false, { ref: false })])
    await Promise.race([ended, pause(waits.after, undefined, { ref: false })])
    return { ran, refused: seen.refused }
  } finally {
    if (browser.exitCode === null && browser.signalCode === null) browser.kill('SIGKILL')
    await ended
    server.closeAllConnections()
    server.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
}
