// The only way out: refuses what may not leave, records what does, and counts what comes back.
import type { Dispatcher } from 'undici'
import type { Failure, FailureDetails } from '#contract/failures.ts'
import type { EgressPurpose } from '#contract/ledger.ts'
import { fail, failureOf, ok, type Result } from '#contract/result.ts'
import type { Logger } from '../host.ts'
import { addressRefusedCode, createDispatcher, type Resolve, type Timeouts } from './dispatcher.ts'
import { type Exchange, type ExchangeEnd, errorCode, openExchange } from './exchange.ts'
import type { ContentSend } from './contentSend.ts'
import { type Grant, type GrantBook, isAsApproved, type LiveClaim } from './grant.ts'
import type { Ledger, LedgerLine } from './ledger.ts'
import { contentRefusal, destinationOf, permissionRefusal, redirectRefusal } from './logic/permission.ts'
import type { Proxy } from './logic/proxy.ts'
import { followsRedirects } from './logic/purposes.ts'
import type { BodyEnd, BodyStream, PublicFetch, PublicOptions } from './publicFetch.ts'
import { bodyBytes } from './requestDigest.ts'

/** Who closed the way out, or null when it is open. */
export type LocalOnlyCause = FailureDetails['local-only']['by'] | null

type EgressGateDeps = {
  readonly ledger: Pick<Ledger, 'append'>
  readonly localOnly: () => LocalOnlyCause
  /** Who closed the way out for content alone, besides `localOnly`; nobody when left out. */
  readonly contentClosed?: () => LocalOnlyCause
  /** Where grants are claimed; without one no content ever leaves. */
  readonly grants?: Pick<GrantBook, 'claim'>
  /** Exact hosts of a purpose, port included unless it is the default; none closes the purpose. */
  readonly allowedHosts: (purpose: EgressPurpose) => readonly string[]
  readonly proxy: Proxy
  readonly logger: Logger
  readonly timeouts?: Timeouts
  /** How long content waits for an answer to begin, and for more of it, in milliseconds; minutes unless a test says otherwise. */
  readonly contentWaits?: { readonly headersMs: number; readonly silenceMs: number }
  /** How host names are resolved; the operating system's way unless a test says otherwise. */
  readonly resolve?: Resolve
}

type PublicRequest = PublicOptions & { readonly purpose: EgressPurpose }
type Opened = { readonly ok: true; readonly exchange: Exchange } | { readonly ok: false; readonly code: string }
/** As above; `begun` false proves that not one byte of the request was written. */
type OpenedContent = Opened & { readonly begun: boolean }
type Trip = { readonly purpose: EgressPurpose; readonly destination: string; readonly host: string }
/** Content under way: what its ledger lines say, and how far it came. */
type Parcel = Omit<LiveClaim, 'state'> & { readonly url: URL; readonly bytes: number }

const userAgent = 'Sotto'
/** What the last look at the bytes may say. */
const lastRefusals: Readonly<Record<string, Failure>> = {
  CONSENT_MISMATCH: failureOf('consent-mismatch', {}),
  CONSENT_EXPIRED: failureOf('consent-expired', {}),
}
const nobodysGrant = { digest: '', host: 'nowhere', model: '', expiresAt: '' } as const // as: a value, not a type
const passedHeaders: readonly string[] = [
  'accept-ranges',
  'content-length',
  'content-range',
  'content-type',
  'etag',
  'last-modified',
  'retry-after',
]
const redirects: readonly number[] = [301, 302, 303, 307, 308]
const passedOfContent: readonly string[] = ['content-type', 'retry-after', 'retry-after-ms', 'request-id']
/** A model may think for minutes before it writes. */
const usualContentWaits = { headersMs: 300_000, silenceMs: 120_000 }
const usualTimeouts: Timeouts = { connectMs: 15_000, headersMs: 30_000, silenceMs: 60_000 }

/**
 * The door. `fetchPublic` carries no content; `send` carries content under a grant. Not covered here: what a proxy
 * resolves and sees, what an allowed host does with the address it is asked for, and processes other than this one.
 */
export class EgressGate {
  readonly #deps: EgressGateDeps
  readonly #inFlight = new Map<AbortController, Promise<unknown>>()
  #dispatcher: Dispatcher | undefined
  #closed = false

  constructor(deps: EgressGateDeps) {
    this.#deps = deps
  }

  /**
   * Asks a host on the purpose's allow-list. An attempt is in the ledger before anything is sent and its outcome when
   * the body ended; a refusal is recorded too. Failures: `local-only`, `egress-refused`, `network-failed`,
   * `ledger-broken` and the storage's, after which nothing was sent unless it is `network-failed`.
   */
  async fetchPublic(purpose: EgressPurpose, address: string, options: PublicOptions): Promise<Result<PublicFetch>> {
    const url = URL.parse(address)
    const trip = { purpose, destination: destinationOf(url, 0), host: url?.host ?? '' }
    const cause = this.#deps.localOnly()
    if (cause !== null) return this.#refuse(trip, null, failureOf('local-only', { by: cause }))
    const hosts = this.#deps.allowedHosts(purpose)
    const reason = permissionRefusal({ purpose, method: options.method, address: url, hosts })
    if (url === null || reason !== null) {
      return this.#refuse(trip, null, failureOf('egress-refused', { host: trip.host, reason: reason ?? 'address' }))
    }
    return this.#go({ ...options, purpose }, url, 0)
  }

  /**
   * Sends the content a grant stands for, once. Takes no text: the bytes come from the book of grants, and their digest
   * is computed again here. Nothing is ever sent twice, redirected or sent to another host; every refusal is recorded.
   * Failures: `local-only`, `consent-required`, `consent-used`, `consent-expired`, `consent-mismatch`, `egress-refused`,
   * `network-failed`, `ledger-broken` and the storage's.
   */
  async send(grantId: string, signal: AbortSignal): Promise<ContentSend> {
    const closed = this.#contentClosedBy()
    const claim = this.#deps.grants?.claim(grantId) ?? { state: 'unknown' as const }
    const grant = claim.state === 'unknown' ? { ...nobodysGrant, id: grantId } : claim.grant
    const refusing = async (failure: Failure, url: URL | null = null): Promise<ContentSend> => {
      const destination = url === null ? grant.host : destinationOf(url, 0)
      const trip = { purpose: 'content', destination, host: grant.host } as const // as: a fixed purpose
      return { sentBytes: 0, result: await this.#refuse(trip, null, failure, grant) }
    }
    if (closed !== null) return refusing(failureOf('local-only', { by: closed }))
    if (claim.state === 'unknown') return refusing(failureOf('consent-required', {}))
    if (claim.state === 'used') return refusing(failureOf('consent-used', {}))
    if (claim.state === 'expired') return refusing(failureOf('consent-expired', {}))
    const { order, isExpired } = claim
    const url = URL.parse(order.request.url)
    const reason = contentRefusal(url, grant.host)
    if (url === null || reason !== null) {
      return refusing(failureOf('egress-refused', { host: grant.host, reason: reason ?? 'address' }), url)
    }
    if (!isAsApproved(grant, order.request)) return refusing(failureOf('consent-mismatch', {}), url)
    return this.#carry({ grant, order, isExpired, url, bytes: bodyBytes(order.request.body) }, signal)
  }

  /** Cuts everything under way if the way out has been closed since it began; call when the setting changes. */
  async enforce(): Promise<void> {
    if (this.#contentClosedBy() !== null) await this.#cutAll()
  }

  /** Cuts everything under way, waits until that is recorded, and closes every connection. */
  async close(): Promise<void> {
    this.#closed = true
    await this.#cutAll()
    await this.#dispatcher?.destroy()
  }

  async #cutAll(): Promise<void> {
    const ends = [...this.#inFlight]
    for (const [controller] of ends) controller.abort()
    await Promise.allSettled(ends.map(([, ended]) => ended))
  }

  async #go(request: PublicRequest, url: URL, hop: number): Promise<Result<PublicFetch>> {
    if (request.signal.aborted || this.#closed) return ok({ outcome: 'stopped' })
    const trip = { purpose: request.purpose, destination: destinationOf(url, hop), host: url.host }
    const headers = requestHeaders(request)
    const asked = [request.method, headers.range].filter((part) => part !== undefined).join(' ')
    const attempt = await this.#deps.ledger.append({ ...blank(trip), event: 'attempt', result: asked })
    if (!attempt.ok) return attempt
    const controller = new AbortController()
    const done = Promise.withResolvers<void>()
    this.#inFlight.set(controller, done.promise)
    const finish = async (result: string, receivedBytes: number): Promise<void> => {
      await this.#recordOutcome(trip, attempt.value.seq, result, receivedBytes)
      this.#inFlight.delete(controller)
      done.resolve()
    }
    const signal = AbortSignal.any([request.signal, controller.signal])
    const opened = await this.#open({ method: request.method, url, headers, signal })
    if (!opened.ok) return this.#neverAnswered(trip, opened.code, signal, finish)
    const exchange = opened.exchange
    if (redirects.includes(exchange.status)) {
      exchange.discard()
      await finish(`redirect:${exchange.status}`, 0)
      return this.#redirect(request, url, exchange, hop + 1, attempt.value.seq)
    }
    const ended = exchange.ended.then(async (end) => {
      const result = this.#endOf(trip, end)
      await finish(
        `${result.ok ? result.value.reason : outcomeOf(result.failure)}:${exchange.status}`,
        end.receivedBytes,
      )
      return result
    })
    return ok({
      outcome: 'response',
      status: exchange.status,
      headers: Object.fromEntries(Object.entries(exchange.headers).filter(([name]) => passedHeaders.includes(name))),
      body: bodyStream(exchange, ended),
    })
  }

  #contentClosedBy(): LocalOnlyCause {
    return this.#deps.localOnly() ?? this.#deps.contentClosed?.() ?? null
  }

  async #carry(parcel: Parcel, stop: AbortSignal): Promise<ContentSend> {
    const { grant, url, bytes } = parcel
    if (stop.aborted || this.#closed) return { sentBytes: 0, result: ok('stopped') }
    const trip: Trip = { purpose: 'content', destination: destinationOf(url, 0), host: url.host }
    const named = { digest: grant.digest, grantId: grant.id, model: grant.model }
    const attempt = await this.#deps.ledger.append({
      ...blank(trip),
      ...named,
      event: 'attempt',
      sentBytes: bytes,
      result: 'POST',
    })
    if (!attempt.ok) return { sentBytes: 0, result: attempt }
    const controller = new AbortController()
    const done = Promise.withResolvers<void>()
    this.#inFlight.set(controller, done.promise)
    const finish = async (result: string, sentBytes: number, receivedBytes: number): Promise<void> => {
      await this.#recordOutcome(trip, attempt.value.seq, result, receivedBytes, { ...named, sentBytes })
      this.#inFlight.delete(controller)
      done.resolve()
    }
    const signal = AbortSignal.any([stop, controller.signal])
    const opened = await this.#openContent(parcel, signal)
    if (!opened.ok) {
      const sentBytes = opened.begun ? bytes : 0
      const refusal = lastRefusals[opened.code]
      const end = this.#endOf(trip, { kind: signal.aborted ? 'stopped' : 'cut', code: opened.code, receivedBytes: 0 })
      const result: Result<'stopped'> =
        refusal !== undefined ? { ok: false, failure: refusal } : end.ok ? ok('stopped') : end
      await finish(result.ok ? 'stopped' : outcomeOf(result.failure), sentBytes, 0)
      return { sentBytes, result }
    }
    const { exchange } = opened
    if (exchange.status >= 300 && exchange.status < 400) {
      exchange.discard()
      await finish(`redirect:${exchange.status}`, bytes, 0)
      const failure = failureOf('egress-refused', { host: url.host, reason: 'redirect' })
      return { sentBytes: bytes, result: await this.#refuse(trip, attempt.value.seq, failure, grant) }
    }
    const ended = exchange.ended.then(async (end) => {
      const result = this.#endOf(trip, end)
      const said = result.ok ? result.value.reason : outcomeOf(result.failure)
      await finish(`${said}:${exchange.status}`, bytes, end.receivedBytes)
      return result
    })
    const passed = Object.entries(exchange.headers).filter(([name]) => passedOfContent.includes(name))
    const answer = { status: exchange.status, headers: Object.fromEntries(passed), body: bodyStream(exchange, ended) }
    return { sentBytes: bytes, result: ok(answer) }
  }

  /** The last look: what is handed to the socket is what the digest is computed of, and the grant lives still. */
  async #openContent({ grant, order, isExpired, url }: Parcel, signal: AbortSignal): Promise<OpenedContent> {
    const { request, secret } = order
    const headers: Record<string, string> = {}
    for (const { name, value } of request.headers) headers[name] = value
    if (secret !== null) {
      const key = await secret.read()
      if (key !== null) headers[secret.name] = `${secret.prefix}${key}`
    }
    if (this.#contentClosedBy() !== null) return { ok: false, code: 'ABORTED', begun: false }
    // A keystore may ask for a password, and the computer may sleep meanwhile.
    if (isExpired()) return { ok: false, code: 'CONSENT_EXPIRED', begun: false }
    if (!isAsApproved(grant, request)) return { ok: false, code: 'CONSENT_MISMATCH', begun: false }
    const body = Buffer.from(request.body, 'utf8')
    let begun = false
    const opened = await this.#open({
      method: 'POST',
      url,
      headers,
      body,
      signal,
      waits: this.#deps.contentWaits ?? usualContentWaits,
      onSending: () => (begun = true),
    })
    return { ...opened, begun }
  }

  async #open(request: Parameters<typeof openExchange>[1]): Promise<Opened> {
    // The ledger was written meanwhile; whoever closed the way out in that moment is obeyed.
    if (this.#deps.localOnly() !== null || request.signal.aborted) return { ok: false, code: 'ABORTED' }
    try {
      this.#dispatcher ??= this.#connect()
      return { ok: true, exchange: await openExchange(this.#dispatcher, request) }
    } catch (error) {
      return { ok: false, code: errorCode(error) }
    }
  }

  #connect(): Dispatcher {
    const { proxy, timeouts, resolve } = this.#deps
    return createDispatcher(proxy, timeouts ?? usualTimeouts, resolve)
  }

  async #neverAnswered(
    trip: Trip,
    code: string,
    signal: AbortSignal,
    finish: (result: string, receivedBytes: number) => Promise<void>,
  ): Promise<Result<PublicFetch>> {
    const end = this.#endOf(trip, { kind: signal.aborted ? 'stopped' : 'cut', code, receivedBytes: 0 })
    await finish(end.ok ? 'stopped' : outcomeOf(end.failure), 0)
    return end.ok ? ok({ outcome: 'stopped' }) : end
  }

  async #redirect(
    request: PublicRequest,
    from: URL,
    answer: Exchange,
    hop: number,
    attemptSeq: number,
  ): Promise<Result<PublicFetch>> {
    const { location } = answer.headers
    const to = location === undefined ? null : URL.parse(location, from.href)
    const trip = { purpose: request.purpose, destination: destinationOf(to, hop), host: to?.host || from.host }
    const cause = this.#deps.localOnly()
    if (cause !== null) return this.#refuse(trip, attemptSeq, failureOf('local-only', { by: cause }))
    const hosts = followsRedirects(request.purpose) ? this.#deps.allowedHosts(request.purpose) : []
    if (to === null || redirectRefusal(from, to, hosts, hop) !== null) {
      return this.#refuse(trip, attemptSeq, failureOf('egress-refused', { host: trip.host, reason: 'redirect' }))
    }
    return this.#go(request, to, hop)
  }

  #endOf(trip: Trip, end: ExchangeEnd): Result<BodyEnd> {
    if (end.kind === 'complete') return ok({ reason: 'complete', receivedBytes: end.receivedBytes })
    const cause = trip.purpose === 'content' ? this.#contentClosedBy() : this.#deps.localOnly()
    if (cause !== null) return fail('local-only', { by: cause })
    if (end.kind === 'stopped') return ok({ reason: 'stopped', receivedBytes: end.receivedBytes })
    if (end.code === addressRefusedCode) return fail('egress-refused', { host: trip.host, reason: 'address' })
    return fail('network-failed', { host: trip.host, reason: end.code })
  }

  async #refuse(trip: Trip, attemptSeq: number | null, failure: Failure, grant?: Grant): Promise<Result<never>> {
    const named = { digest: grant?.digest || null, grantId: grant?.id ?? null, attemptSeq }
    const model = grant === undefined || grant.model === '' ? {} : { model: grant.model }
    const line = { ...blank(trip), ...named, ...model, event: 'refusal', result: outcomeOf(failure) } as const // as: a fixed event
    const recorded = await this.#deps.ledger.append(line)
    if (!recorded.ok) this.#deps.logger.error('egress.refusal-unrecorded', { code: recorded.failure.code })
    return { ok: false, failure }
  }

  async #recordOutcome(
    trip: Trip,
    attemptSeq: number,
    result: string,
    receivedBytes: number,
    named: Partial<LedgerLine> = {},
  ): Promise<void> {
    const fixed = { event: 'outcome', attemptSeq, receivedBytes, result } as const // as: a fixed event
    const line = { ...blank(trip), ...named, ...fixed }
    const recorded = await this.#deps.ledger.append(line)
    // The attempt stands in the ledger without an outcome, which reads as: what became of it is not known.
    if (!recorded.ok) this.#deps.logger.error('egress.outcome-unrecorded', { attemptSeq, code: recorded.failure.code })
  }
}

async function* bodyStream(exchange: Exchange, ended: Promise<Result<BodyEnd>>): BodyStream {
  yield* exchange.chunks()
  return await ended
}

function requestHeaders(options: PublicOptions): Readonly<Record<string, string>> {
  const fixed = { 'user-agent': userAgent, accept: '*/*' }
  const { range } = options
  return range === undefined ? fixed : { ...fixed, range: `bytes=${range.from}-${range.to ?? ''}` }
}

function blank(trip: Trip): Omit<LedgerLine, 'event' | 'result'> {
  const { purpose, destination } = trip
  return { purpose, destination, sentBytes: 0, receivedBytes: 0, digest: null, grantId: null, attemptSeq: null }
}

function outcomeOf(failure: Failure): string {
  if (failure.code === 'local-only') return `local-only:${failure.details.by}`
  const reasoned = failure.code === 'egress-refused' || failure.code === 'network-failed'
  return reasoned ? `${failure.code}:${failure.details.reason}` : failure.code
}
