// Who may come in: codes that work once and for a time, one cookie, one Host, one Origin.
import { describe, expect, test } from 'vitest'
import { Door } from '../../../../main/hosts/browser/door.ts'

function setUp(port = 4711) {
  const clock = { now: 0 }
  return { clock, door: new Door({ port, now: () => clock.now }) }
}

function cookieOf(door: Door): string {
  return door.exchangeCode(door.issueCode(1000))?.split(';')[0] ?? ''
}

describe('codes', () => {
  test('work once', () => {
    const { door } = setUp()
    const code = door.issueCode(1000)
    expect(door.exchangeCode(code)).toMatch(/^sotto-4711=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/)
    expect(door.exchangeCode(code)).toBeNull()
  })

  test('expire', () => {
    const { door, clock } = setUp()
    const code = door.issueCode(1000)
    clock.now = 1001
    expect(door.exchangeCode(code)).toBeNull()
  })

  test('do not disturb each other', () => {
    const { door, clock } = setUp()
    const early = door.issueCode(10)
    const late = door.issueCode(1000)
    clock.now = 500
    expect(door.exchangeCode(early)).toBeNull()
    expect(door.exchangeCode(late)).not.toBeNull()
  })

  test.each(['', ' ', 'x'.repeat(100_000), '\0'])('a guess is refused', (guess) => {
    const { door } = setUp()
    door.issueCode(1000)
    expect(door.exchangeCode(guess)).toBeNull()
  })
})

describe('the cookie', () => {
  test('is let in among others', () => {
    const { door } = setUp()
    const cookie = cookieOf(door)
    expect(door.cookieMatches(`theme=dark; ${cookie}; x=1`)).toBe(true)
  })

  test('is refused twice, changed, of another port, or absent', () => {
    const { door } = setUp()
    const cookie = cookieOf(door)
    const other = cookieOf(setUp(4712).door)
    const renamed = `sotto-4711=${other.split('=')[1]}`
    const refused = [
      `${cookie}; ${cookie}`,
      `${cookie}x`,
      cookie.toUpperCase(),
      other,
      renamed,
      'sotto-4711=',
      '',
      undefined,
    ]
    expect(refused.map((header) => door.cookieMatches(header))).toEqual(refused.map(() => false))
  })
})

test.each([undefined, '', 'localhost:4711', '127.0.0.1', '127.0.0.1:4712', 'evil.example:4711', '127.0.0.1:4711.evil'])(
  'the Host %s is refused',
  (host) => expect(setUp().door.hostMatches(host)).toBe(false),
)

test.each([
  undefined,
  'null',
  '',
  'http://localhost:4711',
  'https://127.0.0.1:4711',
  'http://127.0.0.1:47110',
  'file://',
])('the Origin %s is refused', (origin) => expect(setUp().door.originMatches(origin)).toBe(false))

test('ours are let in', () => {
  const { door } = setUp()
  expect([door.hostMatches('127.0.0.1:4711'), door.originMatches('http://127.0.0.1:4711')]).toEqual([true, true])
})
