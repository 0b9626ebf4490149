// The CLI over faked handlers, with everything it writes in hand.
import path from 'node:path'
import { PassThrough } from 'node:stream'
import { createClient } from '#client'
import { ok, type Result } from '#contract/result.ts'
import { runCli, type CliWorld, type Session, type SessionOrder } from '../../../../main/hosts/cli/cli.ts'
import { createMemoryPorts } from '../../../../main/hosts/node/memoryPorts.ts'
import type { Handlers } from '../../../../main/rpc/handler.ts'
import { RpcServer } from '../../../../main/rpc/rpcServer.ts'
import { createFakeHandlers } from '../../../fakes/fakeHandlers.ts'
import { createFakeLogger } from '../../../fakes/fakeLogger.ts'

/** What a run of the CLI left behind. */
export type CliRun = {
  readonly code: number
  readonly output: string
  readonly errors: string
  readonly orders: readonly SessionOrder[]
  readonly closed: number
}

/** What a test may set; `interrupt` is Ctrl+C. */
export type FakeWorld = {
  readonly handlers?: Partial<Handlers>
  readonly environment?: Readonly<Record<string, string | undefined>>
  readonly interrupt?: AbortController
  readonly terminal?: boolean
  /** How wide the output is; 80 unless said. */
  readonly columns?: number
  readonly cwd?: string
  /** What is piped in, or typed where `typed` says so. */
  readonly input?: string
  readonly typed?: boolean
  readonly open?: () => Promise<Result<Session>>
}

/** Runs one command line. The clock goes one second per look, so that no progress is left out. */
export async function runFakeCli(argv: readonly string[], given: FakeWorld = {}): Promise<CliRun> {
  const written = { output: '', errors: '' }
  const orders: SessionOrder[] = []
  let closed = 0
  let clock = 0
  const isTTY = given.terminal ?? false
  const keyboard = Object.assign(new PassThrough(), { isTTY: given.typed ?? false, setRawMode: () => undefined })
  keyboard.end(given.input ?? '')
  const world: CliWorld = {
    keyboard,
    output: { isTTY, columns: given.columns ?? 80, write: (text) => (written.output += text) },
    errors: { isTTY, columns: 200, write: (text) => (written.errors += text) },
    environment: given.environment ?? {},
    cwd: given.cwd ?? '/somewhere',
    resources: path.resolve(import.meta.dirname, '../../../../resources'),
    defaultDataFolder: '/home/anna/.config/Sotto',
    version: () => '1.2.3',
    signal: (given.interrupt ?? new AbortController()).signal,
    now: () => (clock += 10_000),
    newId: () => 'fault-1',
    openSession: async (order) => {
      orders.push(order)
      return given.open === undefined ? openFake(given.handlers ?? {}, () => (closed += 1)) : given.open()
    },
  }
  const code = await runCli(argv, world)
  return { code, ...written, orders, closed }
}

async function openFake(handlers: Partial<Handlers>, onClose: () => void): Promise<Result<Session>> {
  const server = new RpcServer({
    handlers: createFakeHandlers(handlers),
    logger: createFakeLogger(),
    now: () => new Date(),
    checkOutputs: true,
  })
  const [near, far] = createMemoryPorts()
  server.attach(far, 'command-line')
  const client = createClient(near)
  return ok({
    client,
    close: async () => {
      client.close()
      onClose()
    },
  })
}
