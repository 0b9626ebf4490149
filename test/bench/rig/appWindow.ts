// The whole app as people run it, and a window's client on it over the loopback WebSocket, without the window.
import type { Client } from '#client'
import { connect } from '../../browser/seedLibrary.ts'
import { startHost, type HostPlace, type RunningHost } from '../../browser/runningHost.ts'
import { countWords } from '../model/vocabulary.ts'

/** A running host and a client on it. `close` ends both, the engine too. */
export type AppWindow = { readonly client: Client; readonly host: RunningHost; close(): Promise<void> }

/** What the client saw of one answer; times in milliseconds since the message was sent. */
export type SeenAnswer = {
  readonly readings: readonly { readonly at: number; readonly evaluatedTokens: number }[]
  readonly pieces: readonly { readonly at: number; readonly tokens: number }[]
  /** When Stop was pressed and when the answer ended; null when it ended by itself. */
  readonly stop: { readonly pressed: number; readonly ended: number } | null
  readonly evaluatedTokens: number
}

/** Tells, after every item, whether Stop is to be pressed now. */
export type StopWhen = (seen: Pick<SeenAnswer, 'readings' | 'pieces'>) => boolean

/** Starts the host and, if `modelPath` is given, links that model, which is then the one that is used. */
export async function openAppWindow(place: HostPlace, modelPath?: string): Promise<AppWindow> {
  const host = await startHost(place)
  const client = await connect(host)
  if (modelPath !== undefined) await linkModel(client, modelPath)
  return {
    client,
    host,
    async close() {
      client.close()
      // An orderly end, so that the data folder can be opened again at once.
      await host.kill('SIGINT')
      await host.close()
    },
  }
}

async function linkModel(client: Client, modelPath: string): Promise<void> {
  const items = client.stream('models.import', { path: modelPath })
  for (;;) {
    const step = await items.next()
    if (step.done !== true) continue
    if (!step.value.ok) throw new Error(step.value.failure.code)
    return
  }
}

/** Loads the model and waits for it. */
export async function loadModel({ client }: AppWindow): Promise<void> {
  const loaded = await client.call('models.load', {})
  if (!loaded.ok) throw new Error(loaded.failure.code)
}

/** An empty conversation that has a title of its own, so that none is generated beside what is measured. */
export async function newConversation({ client }: AppWindow): Promise<string> {
  const created = await client.call('chat.create', { title: 'Bench' })
  if (!created.ok) throw new Error(created.failure.code)
  return created.value.id
}

/** Sends a message and watches the answer until it is stopped or over. */
export async function send(
  { client }: AppWindow,
  conversationId: string,
  text: string,
  stopWhen: StopWhen,
): Promise<SeenAnswer> {
  const begun = performance.now()
  const now = (): number => performance.now() - begun
  const readings: { at: number; evaluatedTokens: number }[] = []
  const pieces: { at: number; tokens: number }[] = []
  let answerId = ''
  let pressed: number | null = null
  const items = client.stream('chat.send', { conversationId, text })
  for (;;) {
    const step = await items.next()
    if (step.done === true) throw new Error(step.value.ok ? 'an answer without an end' : step.value.failure.code)
    const item = step.value
    if (item.type === 'accepted') answerId = item.answerMessageId
    if (item.type === 'reading') readings.push({ at: now(), evaluatedTokens: item.evaluatedTokens })
    if (item.type === 'text') pieces.push({ at: now(), tokens: countWords(item.text) })
    if (item.type === 'finished') {
      const stop = pressed === null ? null : { pressed, ended: now() }
      return { readings, pieces, stop, evaluatedTokens: item.evaluatedTokens }
    }
    if (pressed === null && stopWhen({ readings, pieces })) {
      pressed = now()
      void client.call('chat.stop', { messageId: answerId })
    }
  }
}

/** Stops once so many tokens are there. */
export function afterTokens(tokens: number): StopWhen {
  return ({ pieces }) => pieces.reduce((sum, piece) => sum + piece.tokens, 0) >= tokens
}

/** When the first text was there, in milliseconds after sending. */
export function firstText({ pieces }: SeenAnswer): number {
  const [first] = pieces
  if (first === undefined) throw new Error('an answer without text')
  return first.at
}
