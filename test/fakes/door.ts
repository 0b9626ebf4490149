// The door between a real server on loopback and a real ledger, with everything a test may turn in its hands.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { EgressPurpose, LedgerEntry } from '#contract/ledger.ts'
import type { Result } from '#contract/result.ts'
import type { Resolve } from '../../main/egress/dispatcher.ts'
import { EgressGate, type LocalOnlyCause } from '../../main/egress/egressGate.ts'
import { GrantBook } from '../../main/egress/grant.ts'
import type { Ledger } from '../../main/egress/ledger.ts'
import type { Proxy } from '../../main/egress/logic/proxy.ts'
import type { PublicFetch, PublicOptions } from '../../main/egress/publicFetch.ts'
import type { Storage } from '../../main/storage/storage.ts'
import { createFakeLogger, type FakeLogger } from './fakeLogger.ts'
import { emptyLedger, type LedgerFixture, openLedger } from './ledgerFixture.ts'
import { type LoopbackServer, startLoopbackServer } from './loopbackServer.ts'

/** What the server does with a request. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void

type GateChange = {
  readonly ledger?: Pick<Ledger, 'append'>
  readonly proxy?: Proxy
  readonly resolve?: Resolve
  readonly waitMs?: number
}

/** A gate, its server and its ledger. Replace `gate` by `gateWith(…)` to change its parts; dispose after the test. */
export class Door {
  readonly books: LedgerFixture
  readonly server: LoopbackServer
  readonly logger: FakeLogger = createFakeLogger()
  localOnly: LocalOnlyCause = null
  contentClosed: LocalOnlyCause = null
  /** The two clocks of the grants, in milliseconds; turn them as needed. */
  readonly clock = { wall: Date.UTC(2026, 10, 20, 12), steady: 0 }
  readonly grants: GrantBook
  hosts: Partial<Record<EgressPurpose, readonly string[]>>
  answer: Answer
  gate: EgressGate

  /** Starts the server on a shared database, whose ledger is emptied. */
  static async open(storage: Storage): Promise<Door> {
    await emptyLedger(storage)
    const books = await openLedger({ storage })
    const answers: { current: Answer } = { current: (_request, response) => response.end('hello') }
    const server = await startLoopbackServer((request, response) => answers.current(request, response))
    return new Door(books, server, answers)
  }

  private constructor(books: LedgerFixture, server: LoopbackServer, answers: { current: Answer }) {
    this.books = books
    let grants = 0
    this.grants = new GrantBook({
      now: () => new Date(this.clock.wall),
      steadyMilliseconds: () => this.clock.steady,
      newId: () => `grant-${(grants += 1)}`,
    })
    this.server = server
    this.answer = answers.current
    answers.current = (request, response) => this.answer(request, response)
    const { host } = server
    this.hosts = { 'model-download': [host], 'model-header': [host], 'provider-models': [host] }
    this.gate = this.gateWith({})
  }

  gateWith({ waitMs = 5000, ...change }: GateChange): EgressGate {
    return new EgressGate({
      ledger: this.books.ledger,
      localOnly: () => this.localOnly,
      contentClosed: () => this.contentClosed,
      grants: this.grants,
      allowedHosts: (purpose) => this.hosts[purpose] ?? [],
      proxy: { http: '', https: '', bypass: '' },
      logger: this.logger,
      timeouts: { connectMs: waitMs, headersMs: waitMs, silenceMs: waitMs },
      ...change,
    })
  }

  /** Fetches a path of the server as a model download. */
  get(path: string, options: Partial<PublicOptions> = {}): Promise<Result<PublicFetch>> {
    return this.fetchFrom(`${this.server.address}${path}`, options)
  }

  fetchFrom(
    address: string,
    options: Partial<PublicOptions> = {},
    purpose: EgressPurpose = 'model-download',
  ): Promise<Result<PublicFetch>> {
    const signal = new AbortController().signal
    return this.gate.fetchPublic(purpose, address, { method: 'GET', signal, ...options })
  }

  /** The ledger as sentences: number, event, attempt it belongs to, purpose, place, result, received bytes. */
  async recorded(): Promise<string[]> {
    return (await this.books.entries()).map((entry) => this.#sentence(entry))
  }

  /** Replaces the gate and resolves with the sentence of its first outcome, once that is on disk. */
  nextOutcome(): Promise<string> {
    const outcome = Promise.withResolvers<string>()
    this.gate = this.gateWith({
      ledger: {
        append: async (line) => {
          const entry = await this.books.ledger.append(line)
          if (line.event === 'outcome' && entry.ok) outcome.resolve(this.#sentence(entry.value))
          return entry
        },
      },
    })
    return outcome.promise
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.gate.close()
    await this.server[Symbol.asyncDispose]()
  }

  #sentence(entry: LedgerEntry): string {
    const { seq, event, purpose, destination, receivedBytes, result, attemptSeq } = entry
    const of = attemptSeq === null ? '' : ` of ${attemptSeq}`
    return `${seq} ${event}${of} ${purpose} ${destination.replaceAll(this.server.host, 'SERVER')} ${result} ${receivedBytes}`
  }
}

/** The response of a fetch that got one; throws for any other result. */
export function responseOf(result: Result<PublicFetch>): Extract<PublicFetch, { outcome: 'response' }> {
  if (!result.ok || result.value.outcome !== 'response') throw new Error(`no response: ${JSON.stringify(result)}`)
  return result.value
}

/** Reads a response to its end: its text and how it ended. */
export async function read(result: Result<PublicFetch>): Promise<{ text: string; end: unknown }> {
  const { body } = responseOf(result)
  const chunks: Uint8Array[] = []
  for (;;) {
    const next = await body.next()
    if (next.done === true) return { text: Buffer.concat(chunks).toString(), end: next.value }
    chunks.push(next.value)
  }
}

/** A path of the server as the ledger's sentences spell it. */
export function at(path: string): string {
  return `http://SERVER${path}`
}
