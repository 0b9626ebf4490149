// One request and its answer on the wire: opened, counted, and ended exactly once.
import type { Dispatcher } from 'undici'

/** What is asked for; the only things that leave besides the protocol's own `host` and `connection` headers. */
export type WireRequest = {
  readonly method: 'GET' | 'HEAD' | 'POST'
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly signal: AbortSignal
  /** Content, which only a grant lets out. */
  readonly body?: Uint8Array
  /** Longest waits of this request, in milliseconds, in place of the dispatcher's. */
  readonly waits?: { readonly headersMs: number; readonly silenceMs: number }
  /** Called when a connection stands and the first byte is about to be written; before that nothing can have left. */
  readonly onSending?: () => void
}

/** How an answer ended: all of it came, we stopped (by signal or by no longer reading), or it was cut with an error code. */
export type ExchangeEnd = {
  readonly kind: 'complete' | 'stopped' | 'cut'
  readonly code: string
  readonly receivedBytes: number
}

/** The head of an answer and its body. `ended` resolves whether or not anybody reads the body. */
export type Exchange = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  chunks(): AsyncGenerator<Uint8Array, ExchangeEnd, void>
  discard(): void
  readonly ended: Promise<ExchangeEnd>
}

/** The `code` an error carries, looked for in its causes too; `UNKNOWN` when there is none. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN'
  if ('code' in error && typeof error.code === 'string') return error.code
  return error.cause === undefined ? 'UNKNOWN' : errorCode(error.cause)
}

/** Sends a request and waits for the head of its answer; rejects with the transport's error, or when aborted. */
export async function openExchange(dispatcher: Dispatcher, request: WireRequest): Promise<Exchange> {
  const { url, method, headers, signal, body: content, waits, onSending } = request
  const watched = onSending === undefined ? dispatcher : dispatcher.compose(telling(onSending))
  const response = await watched.request({
    origin: url.origin,
    path: `${url.pathname}${url.search}`,
    method,
    headers: { ...headers },
    signal,
    ...(content === undefined ? {} : { body: content }),
    ...(waits === undefined ? {} : { headersTimeout: waits.headersMs, bodyTimeout: waits.silenceMs }),
  })
  const { body } = response
  let receivedBytes = 0
  let failure: unknown
  let abandoned = false
  body.on('error', (error) => (failure = error))
  const ended = new Promise<ExchangeEnd>((resolve) => body.once('close', () => resolve(end())))
  function end(): ExchangeEnd {
    if (failure === undefined && body.readableEnded) return { kind: 'complete', code: '', receivedBytes }
    if (failure === undefined || abandoned || signal.aborted) return { kind: 'stopped', code: '', receivedBytes }
    return { kind: 'cut', code: errorCode(failure), receivedBytes }
  }
  async function* chunks(): AsyncGenerator<Uint8Array, ExchangeEnd, void> {
    try {
      for await (const chunk of body) {
        const bytes = chunk as Uint8Array // as: a body without encoding set yields buffers, typed any
        receivedBytes += bytes.length
        let resumed = false
        try {
          yield bytes
          resumed = true
        } finally {
          if (!resumed) abandoned = true
        }
      }
    } catch (error) {
      failure ??= error
    }
    return await ended
  }
  // Nothing follows the head of a HEAD answer; reading its end sets the connection free.
  if (method === 'HEAD') body.resume()
  return {
    status: response.statusCode,
    headers: singleValues(response.headers),
    chunks,
    discard: () => body.destroy(),
    ended,
  }
}

function telling(onSending: () => void): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) =>
    dispatch(options, {
      onRequestStart: (...given) => {
        onSending()
        handler.onRequestStart?.(...given)
      },
      onRequestUpgrade: (...given) => handler.onRequestUpgrade?.(...given),
      onResponseStart: (...given) => handler.onResponseStart?.(...given),
      onResponseData: (...given) => handler.onResponseData?.(...given),
      onResponseEnd: (...given) => handler.onResponseEnd?.(...given),
      onResponseError: (...given) => handler.onResponseError?.(...given),
    })
}

function singleValues(headers: Dispatcher.ResponseData['headers']): Readonly<Record<string, string>> {
  const entries = Object.entries(headers).flatMap(([name, value]) => {
    const single = Array.isArray(value) ? value[0] : value
    return single === undefined ? [] : [[name.toLowerCase(), single] as const] // as: a pair, not a list
  })
  return Object.fromEntries(entries)
}
