// Starts the bare engine as a child and asks it one thing after another.
import { fork } from 'node:child_process'
import { join } from 'node:path'
import { defaultThreads } from '../../../main/inference/logic/threads.ts'
import { thisMachine } from '../../../main/inference/machine.ts'
import type { BareAnswer, BareOrder } from './bareProtocol.ts'

/** The bare engine with a model loaded. `close` ends its process. */
export type Bare = {
  /** Tokens per second of a plain loop, the first token left out. */
  write(prompt: string, tokens: number): Promise<number>
  /** Reads a prompt in one call. */
  read(prompt: string): Promise<{ readonly tokens: number; readonly milliseconds: number }>
  /** Prompt tokens evaluated per message of a conversation. */
  chat(order: Omit<Extract<BareOrder, { kind: 'chat' }>, 'kind'>): Promise<readonly number[]>
  close(): void
}

/** Loads a model with as many threads as Sotto takes by default. */
export async function startBare(path: string, contextTokens: number): Promise<Bare> {
  const child = fork(join(import.meta.dirname, 'bareEngine.ts'), [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const ask = <Kind extends BareAnswer['kind']>(order: BareOrder, kind: Kind) =>
    new Promise<Extract<BareAnswer, { kind: Kind }>>((resolve, reject) => {
      const onExit = () => reject(new Error('the bare engine ended'))
      child.once('exit', onExit)
      child.once('message', (answer: BareAnswer) => {
        child.off('exit', onExit)
        if (answer.kind === kind)
          resolve(answer as Extract<BareAnswer, { kind: Kind }>) // as: just compared
        else reject(new Error(`answered ${answer.kind}`))
      })
      child.send(order)
    })
  await ask({ kind: 'load', path, contextTokens, threads: defaultThreads(thisMachine().physicalCores) }, 'loaded')
  return {
    write: async (prompt, tokens) => (await ask({ kind: 'write', prompt, tokens }, 'wrote')).tokensPerSecond,
    read: (prompt) => ask({ kind: 'read', prompt }, 'read'),
    chat: async (order) => (await ask({ kind: 'chat', ...order }, 'chatted')).evaluated,
    close: () => void child.kill('SIGKILL'),
  }
}
