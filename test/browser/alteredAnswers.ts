// Puts other answers into the window's connection, to show it what no real model or file would give on demand.
import type { Page } from '@playwright/test'
import type { Failure } from '#contract/failures.ts'
import { contract, type CallMethod, type Item, type Output, type StreamMethod } from '#contract/index.ts'

type Input = Readonly<Record<string, unknown>>

/** A failure instead of an answer. */
export type Fails = { readonly fails: Failure }

/** What to answer instead: a value made from the input and the host's own answer (undefined where it failed). */
export type Answers = {
  readonly [M in CallMethod]?: (input: Input, own: Output<M> | undefined) => Output<M> | Fails
} & {
  /** Items to send for a stream, which then goes on for ever. */
  readonly [M in StreamMethod]?: (input: Input) => readonly Item<M>[] | Fails
}

type Frame = {
  readonly type: string
  readonly id: number
  readonly method?: string
  readonly input?: Input
  readonly value?: unknown
}

type Answer = (input: Input, own?: unknown) => unknown

/** Methods that stream; their answers are items. */
const streams: ReadonlySet<string> = new Set(
  Object.entries(contract).flatMap(([method, { kind }]) => (kind === 'stream' ? [method] : [])),
)

/** Alters a page's answers from its next load on. Everything else goes to the host and back as it is. */
export async function alterAnswers(page: Page, answers: Answers): Promise<void> {
  await page.routeWebSocket('**/frames', (socket) => {
    const server = socket.connectToServer()
    const asked = new Map<number, (own: unknown) => unknown>()
    socket.onMessage((text) => {
      const { type, id, method = '', input = {} } = JSON.parse(String(text)) as Frame // as: frames of our own window
      const answer = answers[method as CallMethod] as Answer | undefined // as: the types above tie method and answer
      if (type !== 'call' || answer === undefined) return server.send(text)
      if (streams.has(method)) {
        const items = answer(input)
        if (isFailure(items)) return socket.send(JSON.stringify({ type: 'fail', id, failure: items.fails }))
        const each = items as readonly unknown[] // as: a stream's answer is its items
        return each.forEach((value, seq) => socket.send(JSON.stringify({ type: 'item', id, seq, value })))
      }
      asked.set(id, (own) => answer(input, own))
      server.send(text)
    })
    server.onMessage((text) => {
      const { type, id, value } = JSON.parse(String(text)) as Frame // as: frames of our own host
      const answer = type === 'done' || type === 'fail' ? asked.get(id) : undefined
      if (answer === undefined) return socket.send(text)
      asked.delete(id)
      const altered = answer(value)
      const end = isFailure(altered) ? { type: 'fail', failure: altered.fails } : { type: 'done', value: altered }
      socket.send(JSON.stringify({ ...end, id }))
    })
  })
}

function isFailure(value: unknown): value is Fails {
  return typeof value === 'object' && value !== null && 'fails' in value
}
