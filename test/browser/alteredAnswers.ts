// Puts other answers into the window's connection, to show it what no real model or file would give on demand.
import type { Page } from '@playwright/test'
import type { CallMethod, Output } from '#contract/index.ts'

/** Answers by method; a function gets the call's input, and null leaves the host's own answer. */
export type Answers = { readonly [M in CallMethod]?: (input: Readonly<Record<string, unknown>>) => Output<M> | null }

type Frame = { readonly type: string; readonly id: number; readonly method?: string; readonly input?: unknown }

/** Alters a page's answers from its next load on. Everything else goes to the host and back as it is. */
export async function alterAnswers(page: Page, answers: Answers): Promise<void> {
  await page.routeWebSocket('**/frames', (socket) => {
    const server = socket.connectToServer()
    const asked = new Map<number, unknown>()
    socket.onMessage((text) => {
      const frame = JSON.parse(String(text)) as Frame // as: frames of our own window
      const answer = answers[frame.method as CallMethod] // as: an unknown method has no answer here
      const value = frame.type === 'call' ? answer?.((frame.input ?? {}) as Record<string, unknown>) : undefined // as: every input is an object
      if (value !== undefined && value !== null) asked.set(frame.id, value)
      server.send(text)
    })
    server.onMessage((text) => {
      const frame = JSON.parse(String(text)) as Frame // as: frames of our own host
      const ends = frame.type === 'done' || frame.type === 'fail'
      if (!ends || !asked.has(frame.id)) return socket.send(text)
      socket.send(JSON.stringify({ type: 'done', id: frame.id, value: asked.get(frame.id) }))
      asked.delete(frame.id)
    })
  })
}
