// Reads a provider's streamed answer as it comes: text, counts and ending, with limits and coded failures.
import type { Failure } from '#contract/failures.ts'
import { failureOf } from '#contract/result.ts'
import type { ContentAnswer } from '../egress/contentSend.ts'
import {
  anthropicEvents,
  type AnswerEvent,
  type AnswerStop,
  openaiEvents,
  type TokenUsage,
} from './logic/answerEvents.ts'
import { doorFailure, eventFailure, type FailureAbout, retryAfterOf, statusFailure } from './logic/answerFailure.ts'
import { EventDecoder } from './logic/eventStream.ts'
import type { Wire } from './providers/providerTable.ts'

/** How an answer was read to its end. `usage` null: the provider did not say. */
export type ReadAnswer = {
  readonly usage: TokenUsage | null
  readonly ending:
    | { readonly kind: 'stop'; readonly stop: Exclude<AnswerStop, 'refused'> }
    | { readonly kind: 'stopped' }
    | { readonly kind: 'failed'; readonly failure: Failure }
}

type Reading = { usage: Partial<TokenUsage> | null; stop: AnswerStop | null; done: boolean; failure: Failure | null }

/** What breaking off a body returns; the gate records how many bytes had come. */
const leaving = { ok: true, value: { reason: 'stopped', receivedBytes: 0 } } as const // as: a fixed value
const lastMomentMs = 1000

/** Bytes of a refusal's body that are read to the end of it; none of it is kept. */
const refusalLimit = 1_000_000

/**
 * Reads until the provider's own last word. A body that ends before it is `cloud-cut`, whatever the transport says; one
 * that is no event stream is `cloud-garbled` or, a web page, `cloud-captive-portal`. `onText` gets text as it comes.
 */
export async function readAnswer(
  answer: ContentAnswer,
  wire: Wire,
  about: FailureAbout,
  options: { readonly nowMs: number; readonly onText: (text: string) => void },
): Promise<ReadAnswer> {
  const type = answer.headers['content-type'] ?? ''
  const html = type.includes('html')
  if (answer.status !== 200 || html) {
    await drain(answer)
    const retryAfter = retryAfterOf(answer.headers['retry-after'], options.nowMs)
    const failure = statusFailure(answer.status, retryAfter, html, about)
    return { usage: null, ending: { kind: 'failed', failure } }
  }
  const reading: Reading = { usage: null, stop: null, done: false, failure: null }
  const decoder = new EventDecoder()
  const characters = new TextDecoder('utf-8', { fatal: false })
  const read = wire === 'anthropic-messages' ? anthropicEvents : openaiEvents
  let receivedBytes = 0
  for (;;) {
    const next = await answer.body.next()
    if (next.done === true) {
      if (next.value.ok && next.value.value.reason === 'stopped') return ended(reading, { kind: 'stopped' })
      const { sentBytes, provider } = about
      const cut = failureOf('cloud-cut', { provider, receivedBytes, sentBytes })
      const failure = next.value.ok ? cut : cutFailure(next.value.failure, cut, about)
      return ended(reading, { kind: 'failed', failure })
    }
    receivedBytes += next.value.length
    const decoded = decoder.push(characters.decode(next.value, { stream: true }))
    if (!decoded.ok) return garbled(answer, reading, 'line-too-long', about)
    for (const data of decoded.events) {
      const events = read(data)
      if (events === null) return garbled(answer, reading, 'format', about)
      for (const event of events) take(event, reading, about, options.onText)
      if (reading.failure !== null || reading.done) {
        await readToEnd(answer)
        return finish(reading, about)
      }
    }
  }
}

function take(event: AnswerEvent, reading: Reading, about: FailureAbout, onText: (text: string) => void): void {
  if (event.type === 'text') onText(event.text)
  if (event.type === 'usage') reading.usage = { ...reading.usage, ...event.usage }
  if (event.type === 'stop') reading.stop = event.stop
  if (event.type === 'error') reading.failure = eventFailure(event.kind, about)
  if (event.type === 'done') reading.done = true
}

function finish(reading: Reading, { provider, sentBytes }: FailureAbout): ReadAnswer {
  if (reading.failure !== null) return ended(reading, { kind: 'failed', failure: reading.failure })
  if (reading.stop === 'refused') {
    return ended(reading, { kind: 'failed', failure: failureOf('cloud-declined', { provider, sentBytes }) })
  }
  return ended(reading, { kind: 'stop', stop: reading.stop ?? 'complete' })
}

function ended(reading: Reading, ending: ReadAnswer['ending']): ReadAnswer {
  const usage = reading.usage === null ? null : { input: 0, cached: 0, written: 0, output: 0, ...reading.usage }
  return { usage, ending }
}

async function garbled(
  answer: ContentAnswer,
  reading: Reading,
  reason: 'format' | 'line-too-long',
  { provider, sentBytes }: FailureAbout,
): Promise<ReadAnswer> {
  await answer.body.return(leaving)
  return ended(reading, { kind: 'failed', failure: failureOf('cloud-garbled', { provider, reason, sentBytes }) })
}

/** A transport that broke off in the middle is a cut answer, unless it stalled or the way out was closed. */
function cutFailure(failure: Failure, cut: Failure, about: FailureAbout): Failure {
  const named = doorFailure(failure, about)
  return named.code === 'cloud-unreachable' || named.code === 'cloud-certificate' ? cut : named
}

/** After the last word the body ends at once; one that does not is left after a moment. */
async function readToEnd(answer: ContentAnswer): Promise<void> {
  const moment = new Promise<'late'>((resolve) => {
    AbortSignal.timeout(lastMomentMs).addEventListener('abort', () => resolve('late'))
  })
  const end = drain(answer).then(() => 'ended' as const)
  if ((await Promise.race([end, moment])) === 'late') void answer.body.return(leaving)
}

async function drain(answer: ContentAnswer): Promise<void> {
  let bytes = 0
  for await (const chunk of answer.body) {
    bytes += chunk.length
    if (bytes > refusalLimit) break
  }
}
