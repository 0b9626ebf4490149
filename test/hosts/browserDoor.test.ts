// The browser host's server on a real port, with clients that do not behave.
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request, type IncomingHttpHeaders } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { maxFrameCharacters, type FramePort } from '#contract/frames.ts'
import { browserHeaders } from '../../main/hosts/browser/page.ts'
import { startServer, type BrowserServer } from '../../main/hosts/browser/server.ts'

type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string }

const clock = { now: 0 }
let windows: number[]
let folder: string
let server: BrowserServer
let ports: FramePort[]

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'sotto-door-'))
  for (const [file, text] of [
    ['window/index.html', '<meta nonce="__NONCE__"><script type="module" src="/assets/a.js"></script>'],
    ['window/assets/a.js', 'one()'],
    ['window-else/index.html', 'SECRET'],
    ['secret.html', 'SECRET'],
  ] as const) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
    writeFileSync(path.join(folder, file), text)
  }
  ports = []
  const counted: number[] = []
  windows = counted
  clock.now = 0
  server = await startServer({
    pageRoot: path.join(folder, 'window'),
    attach: (port) => {
      ports.push(port)
      port.onFrame((text) => port.post(`heard ${text}`))
    },
    onWindows: (open) => counted.push(open),
    now: () => clock.now,
    refusal: 'no way in',
  })
})
afterEach(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

/** One request as it stands: the path is not tidied up on this side. */
function ask(rawPath: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { port } = server.door
    const asked = request({ host: '127.0.0.1', port, path: rawPath, method, headers, agent: false }, (response) => {
      let body = ''
      response.on('data', (part) => (body += String(part)))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
    })
    asked.on('error', reject).end()
  })
}

async function enter(): Promise<string> {
  const { headers } = await ask(`/start?code=${server.door.issueCode(1000)}`)
  return headers['set-cookie']?.[0]?.split(';')[0] ?? ''
}

/** Bytes as they stand over a socket; everything that comes back. */
async function sendRaw(text: string): Promise<string> {
  const socket = connect(server.door.port, '127.0.0.1')
  let answer = ''
  socket.on('data', (part) => (answer += String(part)))
  socket.end(text)
  await once(socket, 'close')
  return answer
}

/** Opens a WebSocket; answers the refusal's status, or the open socket. */
function dial(headers: Record<string, string>, where = '/frames'): Promise<number | WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${server.door.port}${where}`, { headers })
  return new Promise((resolve) => {
    socket.on('unexpected-response', (_request, response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    socket.on('open', () => resolve(socket))
    socket.on('error', () => undefined)
  })
}

/** Every header of the constant, with the nonce of this response. */
function expectOurHeaders(answer: Answer): void {
  const nonce = /'nonce-([^']+)'/.exec(String(answer.headers['content-security-policy']))?.[1] ?? ''
  expect(nonce).not.toBe('')
  expect(answer.headers).toMatchObject(browserHeaders(nonce))
}

describe('without the cookie', () => {
  test.each([
    '/',
    '/index.html',
    '/assets/a.js',
    '/nothing.js',
    '/frames',
    '/start',
    '/start?code=guess',
    '/start?code=',
  ])('%s is refused, and says nothing of what is there', async (rawPath) => {
    const answer = await ask(rawPath)
    expect([answer.status, answer.body]).toEqual([403, 'no way in'])
    expectOurHeaders(answer)
  })

  test('a start code lets in once; what follows it is a page that leads on, not a redirect', async () => {
    const code = server.door.issueCode(1000)
    const first = await ask(`/start?code=${code}`)
    const again = await ask(`/start?code=${code}`)
    expect([first.status, again.status]).toEqual([200, 403])
    expect(first.body).toContain('content="0;url=/"')
    expect(first.headers['set-cookie']?.[0]).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/)
    expect(again.headers['set-cookie']).toBeUndefined()
    expectOurHeaders(first)
  })

  test('an expired code is refused', async () => {
    const code = server.door.issueCode(1000)
    clock.now = 1001
    expect((await ask(`/start?code=${code}`)).status).toBe(403)
  })

  test('a look ahead does not spend the code', async () => {
    const code = server.door.issueCode(1000)
    expect((await ask(`/start?code=${code}`, {}, 'HEAD')).status).toBe(403)
    expect((await ask(`/start?code=${code}`, { 'sec-purpose': 'prefetch;prerender' })).status).toBe(403)
    expect((await ask(`/start?code=${code}`)).status).toBe(200)
  })
})

describe('with the cookie', () => {
  test('the page comes with a fresh nonce and its bridge', async () => {
    const cookie = await enter()
    const pages = [await ask('/', { cookie }), await ask('/', { cookie })]
    for (const page of pages) {
      expectOurHeaders(page)
      const nonce = /nonce="([^"]+)"/.exec(page.body)?.[1] ?? ''
      expect(page.headers['content-security-policy']).toContain(`'nonce-${nonce}'`)
      expect(page.body).toMatch(/browser-preload\.js"><\/script>\s*<script type="module" src="\/assets\/a\.js">/)
    }
    expect(pages[0]?.body).not.toBe(pages[1]?.body)
  })

  test('unknown files are not found, POST and its like are not allowed', async () => {
    const cookie = await enter()
    const answers = [await ask('/nothing.js', { cookie }), await ask('/frames', { cookie })]
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) answers.push(await ask('/', { cookie }, method))
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 405, 405, 405, 405, 405])
    answers.forEach(expectOurHeaders)
  })

  test.each([
    '/../secret.html',
    '/../window-else/index.html',
    '/assets/../../secret.html',
    '/%2e%2e/secret.html',
    '/..%2fsecret.html',
    '/%2e%2e%2fwindow-else%2findex.html',
    '/..%5csecret.html',
    '/..\\secret.html',
    '/....//secret.html',
    '/assets%00/../../secret.html',
    '/%00',
    '//secret.html',
    '/index.html/../../secret.html',
    '/%c0%ae%c0%ae/secret.html',
    'http://127.0.0.1/../secret.html',
  ])('%s stays inside', async (rawPath) => {
    const answer = await ask(rawPath, { cookie: await enter() })
    expect(answer.status).toBe(404)
    expect(answer.body).not.toContain('SECRET')
  })

  test.each(['localhost', '127.0.0.1', 'evil.example', '127.0.0.1.evil.example', '[::1]', '0.0.0.0'])(
    'under the name %s nothing is served (rebinding)',
    async (name) => {
      const cookie = await enter()
      const hosts = name === '127.0.0.1' ? [name, `${name}:1`] : [name, `${name}:${server.door.port}`]
      for (const host of hosts) {
        const answer = await ask('/', { cookie, host })
        expect(answer.status).toBe(421)
        expectOurHeaders(answer)
        expect(await dial({ cookie, host, origin: server.origin })).toBe(403)
      }
    },
  )

  test('without any Host, and as a proxy, nothing is served', async () => {
    const cookie = await enter()
    expect(await sendRaw(`GET / HTTP/1.1\r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`)).toMatch(/^HTTP\/1.1 421 /)
    const elsewhere = 'GET http://example.com/ HTTP/1.1\r\nHost: example.com\r\nConnection: close\r\n\r\n'
    expect(await sendRaw(elsewhere)).toMatch(/^HTTP\/1.1 421 /)
    expect(await sendRaw('CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n')).toMatch(
      /^HTTP\/1.1 403 /,
    )
  })

  test('what is no HTTP gets the same headers and nothing else', async () => {
    const answer = await sendRaw('\u0016\u0003\u0001 hello\r\n\r\n')
    expect(answer).toMatch(/^HTTP\/1.1 400 /)
    for (const [name, value] of Object.entries(browserHeaders('none')))
      expect(answer).toContain(`${name}: ${value}\r\n`)
  })

  test('two cookies of our name, or one of another port, are refused', async () => {
    const cookie = await enter()
    const other = cookie.replace(/^sotto-\d+/, 'sotto-1')
    for (const header of [`${cookie}; ${cookie}`, `${cookie.slice(0, -1)}`, other]) {
      expect((await ask('/', { cookie: header })).status).toBe(403)
      expect(await dial({ cookie: header, origin: server.origin })).toBe(403)
    }
  })
})

describe('the socket', () => {
  async function open(): Promise<WebSocket> {
    const socket = await dial({ cookie: await enter(), origin: server.origin })
    if (typeof socket === 'number') throw new Error(`refused with ${socket}`)
    return socket
  }

  test('needs cookie, Origin, Host and its one path', async () => {
    const cookie = await enter()
    const { origin } = server
    const refused = [
      await dial({ origin }),
      await dial({ cookie }),
      await dial({ cookie, origin: 'http://evil.example' }),
      await dial({ cookie, origin: 'null' }),
      await dial({ cookie, origin: origin.replace('127.0.0.1', 'localhost') }),
      await dial({ cookie, origin }, '/'),
      await dial({ cookie, origin }, '/frames?x'),
    ]
    expect(refused).toEqual([403, 403, 403, 403, 403, 403, 403])
    expect(ports).toEqual([])
  })

  test('carries frames for two windows, and every window is counted', async () => {
    const [first, second] = [await open(), await open()]
    for (const socket of [first, second]) {
      socket.send('x')
      expect(String((await once(socket, 'message'))[0])).toBe('heard x')
    }
    const gone = once(second, 'close')
    second.close()
    await gone
    ports[0]?.close()
    await once(first, 'close')
    expect(ports.length).toBe(2)
    await expect.poll(() => windows).toEqual([1, 2, 1, 0])
  })

  test('is closed by a binary frame, without anything being heard', async () => {
    const socket = await open()
    socket.send(Buffer.from('x'))
    expect((await once(socket, 'close'))[0]).toBe(1003)
  })

  test('is closed by an oversize frame', async () => {
    const socket = await open()
    socket.send('x'.repeat(maxFrameCharacters * 4 + 1))
    expect((await once(socket, 'close'))[0]).toBe(1009)
  })

  test('that breaks off is only closed', async () => {
    const socket = await open()
    const closed = new Promise<void>((resolve) => ports[0]?.onClose(resolve))
    socket.terminate()
    await closed
    expect((await ask('/')).status).toBe(403)
  })

  test('ends with the server', async () => {
    const socket = await open()
    const closed = once(socket, 'close')
    await server.close()
    await closed
    await expect.poll(() => windows).toEqual([1, 0])
  })
})
